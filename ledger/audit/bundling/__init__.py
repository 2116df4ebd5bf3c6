"""Making an audit bundle: one file from which somebody who does not trust us can check some of a ledger.

What checks it shares no code with what stands here: `ledger.audit.verifier`.
"""
