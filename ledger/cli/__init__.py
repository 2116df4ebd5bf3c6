"""The command line `mastery`: one small module for each noun, loaded when its command is asked for."""

from ledger.cli.root import main

__all__ = ["main"]
