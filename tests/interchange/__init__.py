"""Tests of ledger.interchange."""
