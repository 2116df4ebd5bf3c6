"""Bundles: made, checked, and tampered with."""
