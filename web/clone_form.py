"""The form in which a policy is written from another: what was typed, what it comes to, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ledger.catalogue.writing import OWN, Place, Writing, source, written
from ledger.errors import Problem
from ledger.facts.methods.base import ArgumentWanted
from ledger.policy.model import Policy
from web.clone_reading import Reader

MOST = 6
"""Clauses of one's own in one policy."""

PLACES = MappingProxyType(
    {
        Place.ALL.value: "as well: asked together with what the rule asks",
        Place.ANY.value: "instead: enough in place of what the rule asks",
        Place.FINAL.value: "as well, and who fails it is denied for good",
        Place.ELIGIBLE.value: "before: who fails it may not be asked at all",
        Place.PERSON.value: "by people: a body votes, as well as what the rule asks",
    }
)
"""Where a clause stands, in words."""

LABELS = MappingProxyType(
    {
        "name": "Its name here",
        "title": "Its title",
        "first_day": "First day it may govern",
        "source": "What it rests on",
        "place": "Where it stands",
        "says": "The sentence",
        "cites": "What the sentence rests on",
        "fact": "What is looked at",
        "about": "What is measured, in words",
        "method": "How it is worked out",
        "measure": "Of what",
        "purposes": "Purposes that count",
        "kinds": "Kinds of work that count",
        "level": "Only work at this level or above",
        "compares": "It has to be",
        "value": "The value",
        "body": "The body that votes",
        "next": "What the learner does next",
    }
)
"""What each field is called; those of a clause stand behind its number."""


@dataclass(frozen=True, slots=True)
class ClauseForm:
    """One clause as it is typed: its number, and the arguments that the method chosen wants."""

    number: int
    arguments: tuple[ArgumentWanted, ...]

    @property
    def prefix(self) -> str:
        """Return what the names of its inputs begin with."""
        return f"c{self.number}."


@dataclass(frozen=True, slots=True)
class CloneForm:
    """A form as a person filled it in; `policy` is null where something keeps it from being built."""

    typed: Mapping[str, str]
    clauses: tuple[ClauseForm, ...] = ()
    policy: Policy | None = None
    problems: Mapping[str, str] = field(default_factory=dict)

    def errors(self) -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong: the input, what it is called, and a sentence."""
        for name, said in self.problems.items():
            clause, _, rest = name.partition(".")
            known = rest if clause[1:].isdigit() else name
            label = LABELS.get(known, known.removeprefix("arg.").replace("_", " "))
            yield name, f"Clause {clause[1:]}, {label[:1].lower()}{label[1:]}" if rest else label, said


def clauses_of(given: Mapping[str, str], more: int = 0) -> tuple[ClauseForm, ...]:
    """Return the clauses a form has, and some more of them."""
    text = given.get("clauses", "1")
    count = int(text) if text.isdigit() and len(text) < 3 else 1
    reader = Reader(given)
    return tuple(
        ClauseForm(number, reader.method(f"c{number}.").arguments)
        for number in range(1, max(1, min(MOST, count + more)) + 1)
    )


def read_clone(given: Mapping[str, str], policy: Policy, jurisdiction: str) -> CloneForm:
    """Read a form that writes a policy from another; nothing is raised, everything wrong is collected."""
    reader, forms = Reader(given), clauses_of(given)
    name, title = reader.slug(), reader.line("title")
    first_day = reader.day("first_day", policy.effective)
    cites = source(reader.line("source"), read=bool(given.get("read")))
    found = [reader.clause(one.prefix) for one in forms]
    clauses = [one for one in found if one is not None]
    if reader.problems:
        return CloneForm(given, forms, None, reader.problems)
    writing = Writing(f"{jurisdiction}/{name}", title, jurisdiction, first_day, cites, clauses)
    try:
        return CloneForm(given, forms, written(policy, writing))
    except (TypeError, ValueError) as error:
        return CloneForm(given, forms, None, {"name": str(error)})


def with_writing_problems(form: CloneForm, problems: tuple[Problem, ...]) -> CloneForm:
    """Return a form with what the checks found, each at the clause it is about."""
    beside: dict[str, str] = {}
    for one in problems:
        found = re.search(rf"\b{OWN}(\d+)", f"{one.where} {one.what}")
        said = f"{one.where}: {one.what}" if one.where else one.what
        beside.setdefault(f"c{found[1]}.says" if found else "name", said)
    return replace(form, problems=beside)
