"""Tests of ledger.importing."""
