"""Holding a ledger as it lies on the disk against what it must be: rows, leaves, tree, checkpoints, what derives."""
