"""Files of other systems held against the ledger."""
