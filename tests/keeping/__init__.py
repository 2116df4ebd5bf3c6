"""Tests of what keeps a ledger for later: closed books, backups."""
