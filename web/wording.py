"""How pages write outcomes, marks, days and times; a word and a mark always, never a colour alone."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, g
from markupsafe import Markup

from ledger.inquiry.views import SubjectView
from ledger.policy.explaining import Line, Mark
from ledger.policy.layout import KEEPS
from ledger.policy.model import Question
from ledger.policy.plain import days_in_words
from ledger.policy.wording import said_day
from ledger.values import is_identifier

OUTCOMES = {
    "met": ("good", "✓", "met"),
    "not_yet": ("open", "○", "not yet"),
    "denied": ("bad", "✗", "denied"),
    "needs_panel": ("ask", "◐", "needs a panel"),
    "ineligible": ("bad", "⊘", "ineligible"),
    "not_applicable": ("none", "–", "not applicable"),
    "undetermined": ("ask", "?", "undetermined"),
}
"""For each outcome: the tone, the mark, and the word where no jurisdiction's own is known."""

MARKS = {
    Mark.MET: ("good", "✓"),
    Mark.NOT_YET: ("open", "○"),
    Mark.DENIED: ("bad", "✗"),
    Mark.NEEDS_PANEL: ("ask", "◐"),
    Mark.OPEN: ("ask", "?"),
}

CONFIDENCE = {"V": "read in the source", "S": "read in a summary", "M": "unverified"}

STAGES = {"in-force": "In force", "applies": "Applies to", "eligible": "Open to", "requires": "Requires"}

CUT = "…"
"""How a label ends that is only the beginning of a statement."""

_BETWEEN = {"READINESS": "for", "SUPPORT": "for", "CREDIT": "for", "ADVANCEMENT": "from", "CERTIFICATION": "in"}
_PIECES = re.compile(r"(\d+)")
_DATE = re.compile(r"(?<![\w@-])\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w-])", re.ASCII)
_ASKED = re.compile(rf"\b({'|'.join(Question)})\b( of)?")
_COMPETENCY = re.compile(r"(?:competency/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.ASCII)
_LEVEL = re.compile(r"level (\S+)")


def register(app: Flask) -> None:
    """Teach an application's templates to write all this."""
    for written in (
        day,
        dated,
        plainly,
        moment,
        grouped,
        tone,
        mark,
        question,
        about,
        sentence,
        plain,
        members,
        whole_label,
    ):
        app.add_template_filter(written)
    app.jinja_env.tests["identifier"] = is_identifier
    app.jinja_env.globals.update(
        MARKS=MARKS,
        CONFIDENCE=CONFIDENCE,
        STAGES=STAGES,
        KEEPS=KEEPS,
        days_in_words=days_in_words,
        OUTCOMES=OUTCOMES,
        OUTCOME_CHOICES=[(outcome, words) for outcome, (_, _, words) in OUTCOMES.items()],
        QUESTIONS=[(one.value, question(one.value)) for one in Question],
    )


def day(value: str | date | None) -> str:
    """Write a legal date for people: 30 May 2026; "not dated" where there is none."""
    if not value:
        return "not dated"
    found = value if isinstance(value, date) else date.fromisoformat(value[:10])
    rest = "" if isinstance(value, date) or len(value) < 16 else f", {value[11:16]}"
    return f"{said_day(found)}{rest}"


def dated(text: str) -> str:
    """Write the legal dates in a sentence of ours for people; the date in the name of an edition stays."""
    return _DATE.sub(_said, text)


def _said(found: re.Match[str]) -> str:
    try:
        return said_day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def plainly(text: str) -> str:
    """Write a sentence of the ledger for people: Mastery of A1.2, not of a key."""
    naming = g.opened.naming()
    named = _COMPETENCY.sub(lambda found: naming.label(found[1]) or found[0], _ASKED.sub(_spoken, text))
    return named.replace(" of course/", " of ")


def _spoken(found: re.Match[str]) -> str:
    """Write a question: Mastery of something, and what governs mastery."""
    return found[0].capitalize() if found[2] else found[0].lower()


def moment(at: str) -> Markup:
    """Write an instant in the zone of the ledger, with the instant itself for machines."""
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(g.opened.ledger.opened.zone))
    words = f"{said_day(local)}, {local:%H:%M}"
    return Markup('<time datetime="{at}">{words}</time>').format(at=at, words=words)


def grouped(number: int) -> str:
    """Write a whole number with thousands apart."""
    return f"{number:,}"


def tone(outcome: str) -> str:
    """Return the tone of an outcome."""
    return OUTCOMES[outcome][0]


def mark(outcome: str) -> str:
    """Return the mark of an outcome."""
    return OUTCOMES[outcome][1]


def question(name: str) -> str:
    """Write a question: Mastery."""
    return name.capitalize()


def about(name: str, target: str) -> str:
    """Write a question about a target: Mastery of A1.2, Credit for ALG1."""
    return f"{question(name)} {_BETWEEN.get(name, 'of')} {target}"


def members(line: Line) -> tuple[Line, ...]:
    """Return the lines below one that goes through a list, in the order of the members' names.

    There are none unless each holds one and the same clause, about one member.
    """
    parts = line.parts
    clauses = {part.parts[0].key.partition("[")[0] for part in parts if len(part.parts) == 1 and not part.key}
    if len(clauses) != 1 or not all(len(part.parts) == 1 and part.parts[0].key.endswith("]") for part in parts):
        return ()
    return tuple(sorted(parts, key=lambda part: natural(part.text)))


def short_result(words: str) -> str:
    """Return the number at the heart of a result in words: 3 of "level 3 (Meeting)", 84.5 of "84.5 of 100"."""
    found = _LEVEL.match(words)
    return found[1] if found else words.partition(" of ")[0]


def sentence(text: str) -> str:
    """Begin with a capital letter, where no file is named first, and end with a full stop."""
    first = text.partition(" ")[0]
    begun = text if "." in first.rstrip(".") else text[:1].upper() + text[1:]
    return begun + ("" if text.endswith((".", ":", "?")) else ".")


def whole_label(subject: SubjectView) -> str:
    """Return the label of a subject, or its statement where the label is only the beginning of it."""
    begins = subject.label.endswith(CUT) and subject.statement.startswith(subject.label.removesuffix(CUT).rstrip())
    return subject.statement if begins else subject.label


def plain(name: str) -> str:
    """Write a name of the machine for people: not_yet becomes not yet."""
    return name.replace("_", " ")


def natural(text: str) -> list[tuple[int, str]]:
    """Return what to sort by so that A1.2 stands before A1.10."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in _PIECES.split(text)]
