"""Certification in career and technical education, by the law that governs the credential."""
