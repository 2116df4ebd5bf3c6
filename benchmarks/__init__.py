"""How fast the ledger is, always beside something else that does the same work in the same run."""
