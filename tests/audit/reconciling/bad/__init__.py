"""Transcripts with faults."""
