"""Pilots: their figures, and pilots side by side."""
