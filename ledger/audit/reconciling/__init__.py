"""What another system says held against what the ledger says: transcripts and rosters, row by row."""
