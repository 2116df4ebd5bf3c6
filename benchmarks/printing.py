"""The table a run prints, and the same as data."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from statistics import median
from typing import Any

from benchmarks.measuring import Measure, Rates, Report

HEADINGS = ("measure", "unit", "ours", "bare", "textbook", "ratio", "target", "verdict")
LEFT = (0, 1, 7)
"""Columns of words; the others are numbers."""


def machine() -> dict[str, Any]:
    """Say on what a run was made, without naming the machine."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "eventsourcing": version("eventsourcing"),
        "msgspec": version("msgspec"),
    }


def table(reports: Sequence[Report]) -> str:
    """Return every measure as one table in Markdown."""
    lines = [HEADINGS, *(_line(measure) for report in reports for measure in report.measures)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    rules = ["-" * width if place in LEFT else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    return "\n".join(_joined(line, widths) for line in (lines[0], rules, *lines[1:]))


def _joined(line: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.ljust(width) if place in LEFT else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
    return f"| {' | '.join(cells)} |"


def _line(measure: Measure) -> tuple[str, ...]:
    ratio = "" if measure.ratio is None else f"{measure.ratio:.2f} of {measure.against}"
    target = "" if measure.target is None else str(measure.target)
    rates = [_rate(rates) for rates in (measure.ours, measure.bare, measure.textbook)]
    return (measure.name, measure.unit, *rates, ratio, target, measure.verdict)


def _rate(rates: Rates | None) -> str:
    return "" if rates is None else f"{median(rates):,.0f}"


def data(reports: Sequence[Report]) -> dict[str, Any]:
    """Return a run as JSON data: the machine, every measure, every check, every note."""
    return {
        "machine": machine(),
        "measures": [_measure(measure) for report in reports for measure in report.measures],
        "checks": [{"what": check.what, "same": check.same} for report in reports for check in report.checks],
        "notes": [note for report in reports for note in report.notes],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "name": measure.name,
        "unit": measure.unit,
        "ours": list(measure.ours),
        "bare": list(measure.bare or ()),
        "textbook": list(measure.textbook or ()),
        "ratio": measure.ratio,
        "against": measure.against,
        "target": str(measure.target or ""),
        "verdict": measure.verdict,
    }
