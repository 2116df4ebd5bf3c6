"""Tests of ledger.storage."""
