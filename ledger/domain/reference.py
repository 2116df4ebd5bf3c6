"""docs/events.md, written from the payload classes themselves: `python -m ledger.domain.reference`."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec

from ledger.domain import framework, jurisdiction, learner, ledger, pilots, shapes
from ledger.domain.shapes import Payload, Shape
from ledger.domain.topics import TOPICS

PAGE = Path("docs/events.md")

INTRODUCTION = """# Events

Every event this version writes, with all its fields. Written by `python -m ledger.domain.reference` from the
code, and held against it by the tests.

Stored bytes are canonical JSON: `{"actor","at","behalf","cause","command","data","role","salt","v"}`, keys sorted,
no white space, text in NFC, whole numbers within 2^53, decimals as text. `data` is the payload below. A payload
never changes: a new need is a new field with a default, or a new topic. Null means that there is none, or that it
is not known; it never means zero.

| stream | holds |
|---|---|
| `ledger` | the opening, what came from upstream, the ticks of the calendar, the keys and checkpoints of the log |
| `jurisdiction/<id>` | archived policies, adoptions |
| `framework/<id>` | editions of frameworks and scales, designations, alignments |
| `pilot/<uuid>` | a pilot, and the figures about it |
| `learner/<uuid>` | all about one learner; no name, birth date or free text |
"""


def reference() -> str:
    """Write the page."""
    parts = [INTRODUCTION]
    parts += [f"## {topic}\n\n{_description(TOPICS[topic])}\n\n{_table(TOPICS[topic])}\n" for topic in sorted(TOPICS)]
    parts.append("# Parts\n\nWhat payloads are made of.\n")
    parts += [f"## {shape.__name__}\n\n{_description(shape)}\n\n{_table(shape)}\n" for shape in _shapes()]
    return "\n".join(parts)


def _shapes() -> Iterator[type[Shape]]:
    found = {
        member.__name__: member
        for module in (shapes, learner, jurisdiction, framework, ledger, pilots)
        for member in vars(module).values()
        if isinstance(member, type) and issubclass(member, Shape) and member is not Shape
    }
    yield from (found[name] for name in sorted(found))


def _description(kind: type[Payload] | type[Shape]) -> str:
    return inspect.cleandoc(kind.__doc__ or "")


def _table(kind: type[Payload] | type[Shape]) -> str:
    lines = ["| field | holds | may be null |", "|---|---|---|"]
    for field in msgspec.structs.fields(kind):
        null = type(None) in get_args(field.type)
        lines.append(f"| `{field.encode_name}` | {_words(field.type)} | {'yes' if null else 'no'} |")
    return "\n".join(lines)


def _words(kind: object) -> str:
    parts = [part for part in get_args(kind) if part is not type(None)]
    if isinstance(kind, type) and not parts:
        return {"str": "text", "int": "whole number", "bool": "true or false"}.get(kind.__name__, kind.__name__)
    if "Literal" in str(kind) and all(isinstance(part, str) for part in parts):
        return "one of " + ", ".join(f"`{part}`" for part in parts)
    if str(kind).startswith("tuple"):
        return f"list of {_words(parts[0])}"
    return " or ".join(_words(part) for part in parts if part is not Ellipsis)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{PAGE} is written\n")
