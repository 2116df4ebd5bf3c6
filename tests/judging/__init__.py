"""Clauses that are judged by code: what may stand in it, where it runs, and what becomes of it in a ledger."""
