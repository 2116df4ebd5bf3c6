"""One answer in three forms: a page for people, JSON for programs, CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from itertools import chain
from typing import Any

import msgspec
from flask import Response, render_template, request

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins so is run as a formula by spreadsheets, some of which read the wide signs too (OWASP)."""


def form_of(form: str) -> str:
    """Return the form asked for: by the end of the address, or by `?format=`."""
    return request.args.get("format", form) if form == "html" else form


def as_json(value: Any) -> Response:
    """Write any view as JSON."""
    encoded = msgspec.json.format(msgspec.json.encode(value), indent=2)
    return Response(encoded + b"\n", content_type="application/json")


def answer(form: str, template: str, view: Any, **more: Any) -> Response:
    """Answer with a view, as a page or as JSON; `more` is for the page alone."""
    if form_of(form) == "json":
        return as_json(view)
    return Response(render_template(template, view=view, **more))


def as_csv(rows: Iterable[Any], kind: type[Any], name: str) -> Response:
    """Write rows of one dataclass as CSV (RFC 4180), one after the other, under the names of its fields."""
    head = [field.name for field in fields(kind)]
    cells = (list(asdict(row).values()) for row in rows)
    response = Response(_lines(head, cells), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(head: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in chain([head], rows):
        writer.writerow([safe(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def safe(cell: Any) -> str:
    """Write a value so that no spreadsheet runs it."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(RISKY) and not isinstance(cell, int) else text
