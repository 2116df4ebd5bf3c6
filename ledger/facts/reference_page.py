"""docs/authors/facts.md, written from the fact methods themselves: `python -m ledger.facts.reference_page`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from ledger.facts.reference import ArgumentReference, MethodKind, MethodReference, method_references

PAGE = Path("docs/authors/facts.md")

INTRODUCTION = """# Facts

Every way to sum up a record, written by `python -m ledger.facts.reference_page` from the code, and held against it by
the tests. A fact says what happened and names no threshold whose crossing is the decision; a rule says what is enough.

A definition names a method with its version, what it reads, the type of the result, and what the fold of nothing
gives, `when_none`: ABSENT, there is none, which no comparison meets; UNKNOWN, the ledger cannot tell, which leaves a
comparison open; or a value. Fields and filters are in [words.md](words.md). A method never changes once it is released:
a better one gets the next number.
"""

SECTIONS = {
    MethodKind.WHOLE: ("Folds", "Whole facts folded over the items that count, in the order the definition names."),
    MethodKind.LOOK_UP: ("Look-ups", "Whole facts looked up in the record or beside it; they take no filters."),
    MethodKind.MEMBER: ("Members of lists", "What each member of a list may carry, as `members` of its definition."),
}


def reference() -> str:
    """Write the page."""
    every = method_references()
    parts = [INTRODUCTION]
    for kind, (title, says) in SECTIONS.items():
        parts.append(f"# {title}\n\n{says}\n")
        parts += [_section(method) for method in every if method.kind is kind]
    return "\n".join(parts)


def _section(method: MethodReference) -> str:
    lines = [f"## {method.name}", "", method.formula, ""]
    lines += [f"- {line}" for line in _properties(method)]
    if method.arguments:
        lines += ["", "| argument | means | is | if left out |", "|---|---|---|---|"]
        lines += [_row(argument) for argument in method.arguments]
    return "\n".join(lines) + "\n"


def _properties(method: MethodReference) -> Iterator[str]:
    yield f"gives: {' or '.join(method.types)}"
    if method.reads:
        yield f"reads: {', '.join(method.reads)}"
    if method.measures:
        yield f"measures: {', '.join(method.measures)}"
    if method.better:
        verb, _, condition = method.better.value.partition(" where ")
        yield f"a better score, all else equal, {verb} the result" + (f" where {condition}" if condition else "")
    if method.source:
        yield f"source: {method.source}"


def _row(argument: ArgumentReference) -> str:
    kinds = " or ".join(argument.kinds) + (f": {argument.allowed}" if argument.allowed else "")
    without = "nothing" if argument.optional else argument.default or "must be given"
    return f"| `{argument.name}` | {argument.says} | {kinds} | {without} |"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{PAGE} is written\n")
