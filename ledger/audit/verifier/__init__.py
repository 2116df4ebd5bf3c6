"""Checks an audit bundle, offline: `python -m ledger.audit.verifier FILE.zip --trust POLICY`.

This folder shares no code with the program that made the bundle. It needs Python and the library
`cryptography`, and may be copied to another machine and run there as `python -m verifier`. Only the
third of its answers, the replay, asks for the rule language, the facts and the deciding of Mastery
Ledger, from the auditor's own copy.
"""
