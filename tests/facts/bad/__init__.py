"""Streams and definitions that are refused, with the sentence that says why."""
