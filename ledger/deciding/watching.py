"""Which rules look beyond their own subject, and at what: so that they are asked when that changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ledger.deciding.agenda import Touched
from ledger.deciding.answer import Ruling
from ledger.facts.methods.awards import ACROSS
from ledger.facts.resolving import resolved, whole_facts
from ledger.policy.facts import FactDefinition, Reads
from ledger.policy.model import Policy
from ledger.policy.sheet import Table, Value
from ledger.policy.terms import ParamTerm


@dataclass(frozen=True, slots=True)
class Watching:
    """One adopted rule that looks beyond the subjects it decides.

    `everywhere` are the subject keys it reads whichever subject it decides, `beside` those it reads
    for one subject, by that subject's id; `awards` says that it reads what was awarded of an earlier
    question about any subject.
    """

    ruling: Ruling
    everywhere: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    awards: bool

    @property
    def looks_away(self) -> bool:
        """Say whether it looks beyond its own subject at all."""
        return bool(self.everywhere or self.beside or self.awards)

    def concerned(self, touched: Touched, known: Iterable[str]) -> Iterator[str]:
        """Yield the subjects whose answer may change; `known` are those the learner's record names."""
        if touched.subject is None or touched.reads not in self.ruling.shelved.reads:
            return
        selector = self.ruling.governing.adoption.selector
        if touched.subject in self.everywhere or (self.awards and touched.reads is Reads.DECISION):
            yield from (f"{selector.kind}/{one}" for one in selector.ids or ())
            yield from (key for key in known if key.startswith(f"{selector.kind}/"))
        for identity, keys in self.beside.items():
            if touched.subject in keys:
                yield f"{selector.kind}/{identity}"


def watching(ruling: Ruling) -> Watching:
    """Return what a rule looks at beyond its own subject, under the values in force."""
    policy = ruling.shelved.policy
    everywhere: set[str] = set()
    beside: dict[str, set[str]] = {}
    for definition in whole_facts(policy.sheet):
        for term in _elsewhere(definition):
            if isinstance(term, ParamTerm) and term.keys:
                _by_subject(ruling.parameters.get(term.name), beside)
            else:
                everywhere.update(_keys(resolved(term, ruling.parameters)))
    own = (policy.question.value, policy.award)
    awards = any(definition.method in ACROSS and _pair(definition) != own for definition in policy.sheet)
    return Watching(ruling, frozenset(everywhere), {one: frozenset(keys) for one, keys in beside.items()}, awards)


def decisions_read(policy: Policy) -> frozenset[tuple[str, str]]:
    """Name the questions and awards whose decisions a rule reads, its own left out."""
    found = {_pair(definition) for definition in whole_facts(policy.sheet) if definition.reads is Reads.DECISION}
    return frozenset(found - {(policy.question.value, policy.award), ("", "standard")})


def levels_of_questions(policies: Iterable[Policy]) -> dict[tuple[str, str], int]:
    """Return for each question and award how many others, one upon the other, have to be answered before it.

    Where rules read one another's decisions in a circle, the circle is cut where it closes.
    """
    read: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for policy in policies:
        read.setdefault((policy.question.value, policy.award), set()).update(decisions_read(policy))
    found: dict[tuple[str, str], int] = {}
    for pair in sorted(read):
        _level(pair, read, found, frozenset())
    return found


def _level(
    pair: tuple[str, str],
    read: Mapping[tuple[str, str], set[tuple[str, str]]],
    found: dict[tuple[str, str], int],
    above: frozenset[tuple[str, str]],
) -> int:
    if pair not in found and pair not in above and pair in read:
        below = [_level(each, read, found, above | {pair}) for each in sorted(read[pair])]
        found[pair] = 1 + max(below, default=-1)
    return found.get(pair, 0)


def _pair(definition: FactDefinition) -> tuple[str, str]:
    arguments = dict(definition.arguments)
    return str(arguments.get("question", "")), str(arguments.get("award", "standard"))


def _elsewhere(definition: FactDefinition) -> Iterator[object]:
    if definition.about != "":
        yield definition.about
    arguments = dict(definition.arguments)
    if "of" in arguments:
        yield arguments["of"]


def _by_subject(table: Value | None, beside: dict[str, set[str]]) -> None:
    for entry in table.entries if isinstance(table, Table) else ():
        beside.setdefault(str(entry.keys[0]), set()).update(_keys(entry.value))


def _keys(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(key) for key in value) if isinstance(value, tuple) else ()
