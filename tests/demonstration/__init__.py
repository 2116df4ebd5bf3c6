"""The demonstration: what the generator makes, and what becomes of it in a ledger."""
