"""Erasing a learner, documents, and what the store keeps in clear."""
