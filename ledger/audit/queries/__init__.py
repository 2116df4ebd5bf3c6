"""What an auditor asks of a whole ledger: twelve questions, each a pure function over its events.

A finding is something a person should look at, never a verdict. Each query says what it leaves alone and why.
"""
