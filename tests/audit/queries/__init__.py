"""Queries of an auditor: what each finds, and what looks alike and is left alone."""
