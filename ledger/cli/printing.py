"""Printing an answer: as text for people, or with `--json` the same data for programs."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, TypeVar

import click
import msgspec

Command = TypeVar("Command", bound=Callable[..., Any])
Answer = TypeVar("Answer")

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection)."""

SHAPE = "printed_shape"
"""The attribute of a command's function that names what it prints."""


def prints(shape: Any) -> Callable[[Command], Command]:
    """Give a command the option `--json`; `shape` is the dataclass whose fields are the keys it prints."""

    def decorated(command: Command) -> Command:
        setattr(command, SHAPE, shape)
        option = click.option("--json", "as_json", is_flag=True, help="Print the same as JSON.")
        return option(command)

    return decorated


def show(answer: Answer, as_json: bool, text: Callable[[Answer], Iterable[str]]) -> None:
    """Print an answer as JSON, or as the lines that `text` makes of it."""
    if as_json:
        show_json(msgspec.to_builtins(answer))
    else:
        for line in text(answer):
            click.echo(line)


def show_json(data: Any) -> None:
    """Print plain data as indented JSON."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def show_csv(rows: Iterable[Any], kind: type[Any]) -> None:
    """Print rows of one dataclass as CSV, under the names of its fields; no spreadsheet runs a cell of it."""
    names = [field.name for field in fields(kind)]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([safe_cell(getattr(row, name)) for name in names] for row in rows)


def safe_cell(cell: Any) -> str:
    """Return a cell of a CSV file as text that no spreadsheet runs."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(cell, int) else text


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield rows as aligned lines under their headings; nothing where there is no row."""
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        return
    widths = [max(len(row[place]) for row in (headings, *cells)) for place in range(len(headings))]
    for row in (headings, *cells):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def counted(count: int, one: str, several: str = "") -> str:
    """Write a count with its noun: 1 decision, 3 decisions."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
