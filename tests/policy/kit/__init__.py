"""Tests of what the kit tells authors about their cases."""
