"""What a ledger publishes, checked by programs that nobody wrote for it."""
