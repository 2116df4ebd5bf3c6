"""Reading the file of another system that is to be held against the ledger: whole, or with every fault of it."""

from collections.abc import Callable
from typing import TypeVar

from ledger.errors import InputFaults
from ledger.interchange.report import Report
from ledger.interchange.roster_csv import RosterRow, read_roster
from ledger.interchange.transcript_csv import TranscriptRow, read_transcript

MOST_FAULTS = 1_000
"""Faults that are told; the rest is counted."""

Row = TypeVar("Row")


def transcript_rows(name: str, data: bytes) -> list[TranscriptRow]:
    """Read a transcript; raise `InputFaults` with the line of each where it has any."""
    return _read(name, data, read_transcript)


def roster_rows(name: str, data: bytes) -> list[RosterRow]:
    """Read a roster; raise `InputFaults` with the line of each where it has any."""
    return _read(name, data, read_roster)


def _read(name: str, data: bytes, read: Callable[[bytes, Report], list[Row]]) -> list[Row]:
    report = Report(name)
    rows = read(data, report)
    if faults := sorted(report.faults, key=lambda fault: fault.line):
        raise InputFaults(faults[:MOST_FAULTS], max(len(faults) - MOST_FAULTS, 0))
    return rows
