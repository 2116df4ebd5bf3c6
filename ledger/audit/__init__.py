"""For the person who does not trust us: decisions made again from the ledger alone."""
