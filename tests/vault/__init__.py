"""Tests of ledger.vault, ledger.keys and ledger.storage.vault_store."""
