"""A policy in plain words as plain text, laid out like the paraphrase of a statute."""

import re
from collections.abc import Iterator
from textwrap import wrap

from ledger.policy.citation import Confidence
from ledger.policy.plain import NumberWords, Outline, PolicyWords, days_in_words
from ledger.policy.wording import said_day

WIDTH = 100

SURE = {
    Confidence.VERBATIM: "read in the source",
    Confidence.SECONDARY: "read in secondary sources",
    Confidence.MEMORY: "UNVERIFIED",
}
"""How sure we are of a source, in words."""

KEEPS = {
    "exact": "nobody below may change it",
    "at_least": "a district may ask for more",
    "at_most": "a district may ask for less",
    "local": "set locally",
}
"""Who may change a value, in words."""


def policy_text_in_words(policy: PolicyWords) -> str:
    """Lay a policy in words out as plain text."""
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: PolicyWords) -> Iterator[str]:
    yield policy.title
    yield from _heading(policy)
    for heading, part in (
        ("Whom it is about", policy.applies),
        ("Who may ask", policy.eligible),
        (f"{policy.met[:1].upper()}{policy.met[1:]} when", policy.requires),
    ):
        if part is not None:
            yield from ("", heading)
            yield from _outline(part, 1, policy.confidence)
    if policy.gives:
        yield from ("", "What it gives")
        for line in policy.gives:
            yield from _wrapped(line, 1)
    if policy.numbers:
        yield from ("", "The numbers, and where they come from")
        for number in policy.numbers:
            yield from _number(number)
    yield from _code_and_notes(policy)


def _code_and_notes(policy: PolicyWords) -> Iterator[str]:
    for code in policy.code:
        yield from ("", f"The code that judges {code.clause!r}, of which nothing is proved (SHA-256 {code.digest})")
        yield from (f"  {line}" for line in code.source.splitlines())
    for heading, text in policy.notes:
        yield from ("", heading, *_paragraphs(text))


def _heading(policy: PolicyWords) -> Iterator[str]:
    award = "" if policy.award == "standard" else f" (award: {policy.award})"
    where = f"in {policy.jurisdiction}" if policy.jurisdiction else "in any jurisdiction that adopts it"
    last = f" to {said_day(policy.last_day)}" if policy.last_day else ""
    yield f"Decides {policy.question}{award} of a {policy.subject} {where}."
    yield f"In force from {said_day(policy.first_day)}{last}."
    yield f"Edition {policy.edition}; the values of {said_day(policy.on)}."
    yield f"Source: {policy.cites}, {SURE[policy.confidence]}."
    if policy.unverified:
        yield "UNVERIFIED: something in it was never seen in its source. Read what is so marked there first."
    if policy.code:
        clauses = ", ".join(code.clause for code in policy.code)
        yield f"JUDGED BY CODE: {clauses}. Nothing is proved of it: read the code."


def _outline(part: Outline, depth: int, usual: Confidence) -> Iterator[str]:
    mark = f"{part.mark} " if part.mark else ""
    final = " A failure is final." if part.final else ""
    yield from _wrapped(f"{part.text}{final}{_source(part, usual)}", depth, mark)
    for line in part.history:
        yield from _wrapped(f"{line}.", depth, " " * len(mark))
    for below in part.parts:
        yield from _outline(below, depth + 1, usual)


def _source(part: Outline, usual: Confidence) -> str:
    """Write a clause's source; how sure it is, where that is not as with the policy's own, or not at all."""
    if not part.cites or part.confidence is None:
        return ""
    sure = "" if part.confidence is usual is not Confidence.MEMORY else f", {SURE[part.confidence]}"
    return f"  [{part.cites}{sure}]"


def _number(number: NumberWords) -> Iterator[str]:
    yield from _wrapped(f"{number.says} ({number.name}): {number.value}{_unit(number)}", 1)
    yield from _wrapped(f"{KEEPS[number.keep]}; it goes by the {number.by}", 2)
    for dated in number.values:
        days = days_in_words(dated.first_day, dated.last_day)
        yield from _wrapped(f"{dated.value} {days}  [{dated.cites}, {SURE[dated.confidence]}]", 2)


def _unit(number: NumberWords) -> str:
    if not number.unit or number.unit == number.name or not number.value[:1].isdigit():
        return ""
    return f" {number.unit.removesuffix('s') if number.value == '1' else number.unit}"


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\n|\n(?=- )", text):
        yield from _wrapped(" ".join(paragraph.split()), 1)


def _wrapped(text: str, depth: int, mark: str = "") -> Iterator[str]:
    before = "  " * depth
    hanging = before + " " * len(mark)
    options = {"width": WIDTH, "break_long_words": False, "break_on_hyphens": False}
    yield from wrap(text, initial_indent=before + mark, subsequent_indent=hanging, **options)  # type: ignore[arg-type]
