"""Tests of ledger.audit."""
