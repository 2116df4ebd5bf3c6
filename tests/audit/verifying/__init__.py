"""Tests of ledger.audit.verifying."""
