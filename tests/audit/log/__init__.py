"""Tests of the signed log."""
