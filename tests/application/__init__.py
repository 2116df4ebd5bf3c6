"""Tests of ledger.application."""
