"""What is asked of a ledger."""
