"""Reading fact sheets for a what-if: each record is folded once, and asked under rules nobody adopted.

A rule is read from the text an adoption would archive, on top of a copy of what governs; nothing is
written, and of earlier decisions a sheet sees those that stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ledger.bounds import Governing
from ledger.deciding import Decider, Shelf
from ledger.deciding.answer import Ruling
from ledger.deciding.supposing import Supposition, suppose
from ledger.domain.framework import ScaleDefined
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import Override, PolicyAdopted, PolicyArchived, Selector
from ledger.domain.shapes import Authority
from ledger.errors import UnknownName, UsageError
from ledger.facts.claims import compares_levels
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import folding_of, resolved
from ledger.policy.canonical import policy_text, value_text
from ledger.policy.facts import Counted, FactDefinition, FieldIn, FieldIs
from ledger.policy.model import Policy
from ledger.policy.sheet import Missing, Sheet, Value
from ledger.simulation.opportunity import BASELINE, CANDIDATE, distinct_facts
from ledger.simulation.population import Case, Offer, Side, shared
from ledger.values import digest

REASON = "what-if"
KEEPS_WHAT_WAS_OFFERED = (FieldIs, FieldIn, Counted)
"""Filters by what a piece of work is; all others look at how well it went, or when."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule as a what-if names it: a policy, values of its own, and a scale by id, title or digest, null for none."""

    policy: Policy
    overrides: Mapping[str, Value] = field(default_factory=dict)
    scale: str | None = None

    def side(self, on: date) -> Side:
        """Return how the engine asks it on a day."""
        return Side(self.policy, on, self.overrides, on)


@dataclass(slots=True)
class Reading:
    """Reads the cases of one ledger's learners; it remembers only what follows from the rules."""

    ledger: str
    on: date
    decider: Decider
    rulings: tuple[tuple[str, Ruling], tuple[str, Ruling]]
    _pool: dict[object, Sheet] = field(default_factory=dict)

    def cases(self, record: LearnerRecord) -> Iterator[Case]:
        """Yield every case of a learner; none where payloads were erased."""
        for subject in () if record.erased else self._subjects(record):
            (_, before), (_, after) = self.rulings
            yield Case(
                record.learner,
                subject,
                self._sheet(before, record, subject),
                self._sheet(after, record, subject),
                self._place(record, subject),
                tuple(self._offers(record, subject)),
            )

    def _place(self, record: LearnerRecord, subject: str) -> str:
        """Name the class: school and subject, with the section of a course where that is known."""
        day = self.on.isoformat()
        kind, _, identity = subject.partition("/")
        school, parts = record.organisation_on(day), [] if kind == "learner" else [subject]
        if kind == "course" and (taken := record.belonging.course_on(identity, day)) is not None:
            school, parts = taken.organisation or school, [*parts, taken.section or ""]
        return " ".join([school or self.ledger, *filter(None, parts)])

    def _sheet(self, ruling: Ruling, record: LearnerRecord, subject: str) -> Sheet:
        read = ruling.shelved.reader.sheet(
            record, subject, self.on, ruling.parameters, self.decider.surroundings(subject, ruling)
        )
        return shared(read.values, self._pool)

    def _subjects(self, record: LearnerRecord) -> tuple[str, ...]:
        """Name what of a learner is asked about: what is on record, and what follows from it or is named by a rule."""
        policy = self.rulings[0][1].shelved.policy
        if policy.subject == "learner":
            return (f"learner/{record.learner}",)
        known = record.subjects
        found = {*known, *(each for subject in known for each in self.decider.followers_of(subject))}
        if policy.subject != "competency":
            found |= {f"{policy.subject}/{one}" for one in self._named(policy)}
        else:
            found = set(known)
        return tuple(sorted(one for one in found if one.startswith(f"{policy.subject}/")))

    def _named(self, policy: Policy) -> Iterator[str]:
        for placed in self.decider.governance.adoptions:
            adopted: PolicyAdopted = placed.payload
            if (adopted.question, adopted.award) == (policy.question.value, policy.award):
                yield from adopted.selector.ids or ()

    def _offers(self, record: LearnerRecord, subject: str) -> Iterator[Offer]:
        for name, ruling in self.rulings:
            for fact in distinct_facts(ruling.shelved.policy).values():
                values = _values_given(fact, ruling, record, subject)
                if values:
                    yield Offer(name, fact.name, values)


def _values_given(fact: FactDefinition, ruling: Ruling, record: LearnerRecord, subject: str) -> tuple[str, ...]:
    """Return the values of a fact's field in a learner's work, however well that went."""
    kept = tuple(part for part in fact.where if isinstance(part, KEEPS_WHAT_WAS_OFFERED))
    folding = folding_of(replace(fact, where=kept, measure="presence"), ruling.parameters, ruling.levels)
    about = resolved(fact.about, ruling.parameters) if fact.about != "" else subject
    if isinstance(folding, Missing) or not isinstance(about, str):
        return ()
    state = record.subject(about).state_for(folding, ()).state
    return tuple(state[0]) if state else ()


def reading(ledger: str, governance: Governance, on: date, baseline: Tried, candidate: Tried) -> Reading:
    """Make ready to read one ledger's learners under two rules, neither of which need govern there."""
    supposed = suppose(governance, adopting(ledger, governance, on, (baseline, candidate)))
    decider = Decider(supposed, Shelf(supposed), on, supposed.position)
    before, after = (decider.ruling(Governing(one.position, one.payload, None)) for one in supposed.adoptions[-2:])
    return Reading(ledger, on, decider, ((BASELINE, before), (CANDIDATE, after)))


def adopting(ledger: str, governance: Governance, on: date, rules: Sequence[Tried]) -> Supposition:
    """Return what would be written if these rules were archived and adopted here, from a day on, in this order."""
    texts = [(tried.policy, policy_text(tried.policy)) for tried in rules]
    return Supposition(
        adopted=tuple(_adopted(ledger, governance, on, tried) for tried in rules),
        archived=tuple(
            PolicyArchived(policy=each.id, edition=each.edition, digest=digest(text.encode()), canonical=text)
            for each, text in texts
        ),
    )


def _adopted(ledger: str, governance: Governance, on: date, tried: Tried) -> PolicyAdopted:
    policy, scale = tried.policy, scale_for(governance, tried)
    return PolicyAdopted(
        jurisdiction=ledger,
        question=policy.question.value,
        award=policy.award,
        selector=Selector(kind=policy.subject),
        policy=policy.id,
        edition=policy.edition,
        digest=digest(policy_text(policy).encode()),
        overrides=tuple(
            Override(name=name, value=value_text(value)) for name, value in sorted(tried.overrides.items())
        ),
        first_day=on.isoformat(),
        last_day=None,
        authority=Authority(body=REASON),
        reason=REASON,
        scale=scale.digest if scale else None,
    )


def scale_for(governance: Governance, tried: Tried) -> ScaleDefined | None:
    """Return the scale a rule would read levels with.

    The one named, in its latest edition; else the one of the adoption of that question made last; else
    the only one held. Raises `UnknownName` for one that is not held, `UsageError` where levels are
    read and several scales are held.
    """
    held: list[ScaleDefined] = [placed.payload for placed in governance.scales]
    if tried.scale is not None:
        named = [one for one in held if tried.scale in (one.scale, one.title, one.digest)]
        if not named:
            titles = ", ".join(dict.fromkeys(one.title for one in held)) or "none"
            raise UnknownName(f"no scale is called {tried.scale!r} here; there is {titles}")
        return named[-1]
    policy = tried.policy
    adopted = [one.payload for one in governance.adoptions if one.payload.scale]
    for one in reversed(adopted):
        if (one.question, one.award, one.selector.kind) == (policy.question.value, policy.award, policy.subject):
            return governance.scale(one.scale)
    if len({one.scale for one in held}) > 1 and compares_levels(policy):
        titles = ", ".join(dict.fromkeys(one.title for one in held))
        raise UsageError(
            f"{policy.edition} reads levels, and there are several scales: name one of {titles} with --scale"
        )
    return held[-1] if held else None
