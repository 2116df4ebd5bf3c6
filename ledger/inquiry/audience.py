"""To whom something is shown, and what is cut from it for them.

What hangs on a legal entitlement is what a policy marks as such: facts, the clauses and grants that read
them, the evidence and votes they are read from; and every status on record, marked or not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from operator import or_
from typing import TypeVar

from ledger.audit.comparing import Parting
from ledger.deciding.shelf import Shelf, Shelved
from ledger.domain.governance import Governance
from ledger.errors import LedgerError
from ledger.inquiry.views import DecisionSummary, DecisionView, EntryView, LearnerView, TargetView
from ledger.policy.checks.places import definitions
from ledger.policy.explaining import read_by
from ledger.policy.facts import FactDefinition, FieldIn, FieldIs
from ledger.policy.model import Policy
from ledger.policy.terms import needed_facts, walk
from ledger.vault import pseudonym

View = TypeVar("View", LearnerView, DecisionView)

TELLING = frozenset({"facts", "finding"})
"""Digests over so little that what they are of could be found by trying: cut with it."""


NAMING = frozenset({"grants", "decisive", "needs"})
"""Fields of a decision that name clauses, facts and grants."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whether somebody sees names in place of pseudonyms, and what hangs on a learner's legal entitlements."""

    names: bool = True
    entitlements: bool = True


WHOLE = Audience()
"""Whoever sees everything."""


@dataclass(frozen=True, slots=True)
class Sensitive:
    """What hangs on an entitlement: names of facts, clauses and grants, and the evidence and votes it is read from."""

    facts: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()

    def about(self, name: str) -> bool:
        """Say whether a fact or a clause, with or without its list member, is one of them."""
        bare = name.partition("[")[0]
        return bare in self.facts or bare in self.clauses

    def __or__(self, other: "Sensitive") -> "Sensitive":
        """Return what hangs on an entitlement in either."""
        return Sensitive(*(getattr(self, name) | getattr(other, name) for name in Sensitive.__slots__))


def sensitive_in(policy: Policy) -> Sensitive:
    """Return what hangs on a legal entitlement in a policy."""
    marked = [one for one, _ in definitions(policy.sheet) if one.sensitive]
    facts = frozenset(one.name for one in marked)
    return Sensitive(
        facts,
        frozenset(_clauses(policy, facts)),
        frozenset(grant.key for grant in policy.grants if facts.intersection(read_by(grant, policy))),
        frozenset(_named(marked, "instrument")),
        frozenset(str(said) for one in marked for name, said in one.arguments if name == "body"),
    )


def _clauses(policy: Policy, facts: frozenset[str]) -> Iterator[str]:
    for rule in policy.rules:
        for node in walk(rule):
            identity = getattr(node, "id", None)
            if isinstance(identity, str) and facts.intersection(needed_facts(node)):
                yield identity


def _named(marked: Iterable[FactDefinition], what: str) -> Iterator[str]:
    for part in (part for one in marked for part in one.where):
        if isinstance(part, FieldIs) and part.field == what:
            yield str(part.value)
        elif isinstance(part, FieldIn) and part.field == what and isinstance(part.values, tuple):
            yield from part.values


@lru_cache(maxsize=256)
def _sensitive_on_shelf(shelved: Shelved) -> Sensitive:
    return sensitive_in(shelved.policy)


@dataclass(frozen=True, slots=True)
class Cut:
    """Takes out of views what hangs on a legal entitlement, by the policies a ledger has archived."""

    governance: Governance
    shelf: Shelf

    def under(self, edition: str) -> Sensitive | None:
        """Return what is sensitive under an edition; nothing where that cannot be told, so that everything is."""
        digests = [digest for digest, placed in self.governance.archived.items() if placed.payload.edition == edition]
        return self._together(digests) if digests else None

    def _together(self, digests: Iterable[str]) -> Sensitive | None:
        try:
            found = [_sensitive_on_shelf(self.shelf.find(digest)) for digest in digests]
        except LedgerError:
            return None
        return reduce(or_, found, Sensitive())

    def anywhere(self) -> Sensitive:
        """Return what is sensitive under any policy archived that can be read."""
        found = (self._together([digest]) for digest in self.governance.archived)
        return reduce(or_, (one for one in found if one is not None), Sensitive())

    def decision(self, view: DecisionView) -> DecisionView:
        """Return a decision without it."""
        under, anywhere = self.under(view.summary.edition), self.anywhere()
        evidence = tuple(one for one in view.evidence if one.instrument not in anywhere.instruments)
        kept = {view.summary.version, *(one.version for one in evidence)}
        tells = under is None or bool(under.facts)
        return replace(
            view,
            summary=self.summary(view.summary),
            detail="" if tells else view.detail,
            facts=tuple(one for one in view.facts if under is not None and not under.about(one.name)),
            evidence=evidence,
            stored=tuple(one for one in view.stored if one[0] in kept),
            digests=tuple(one for one in view.digests if one[0] not in TELLING),
            history=tuple(map(self.summary, view.history)),
            partings=tuple(one for one in view.partings if under is not None and not _parts(one, under)),
        )

    def learner(self, view: LearnerView) -> LearnerView:
        """Return a learner's record without it."""
        anywhere = self.anywhere()
        return replace(
            view,
            targets=tuple(filter(None, (self._target(one, anywhere) for one in view.targets))),
            evidence=tuple(one for one in view.evidence if one.instrument not in anywhere.instruments),
            entries=tuple(one for one in view.entries if not _tells(one, anywhere)),
            differences=tuple(replace(one, standing=self.summary(one.standing)) for one in view.differences),
        )

    def _target(self, view: TargetView, anywhere: Sensitive) -> TargetView | None:
        """Return a target without it, nothing where the target is known by it alone."""
        evidence = tuple(one for one in view.evidence if one.instrument not in anywhere.instruments)
        found = replace(view, decisions=tuple(map(self.summary, view.decisions)), evidence=evidence)
        return found if view.decisions or evidence else None

    def summary(self, one: DecisionSummary) -> DecisionSummary:
        """Return a decision in a line without it."""
        under = self.under(one.edition)
        if under is None:
            return replace(one, decisive=(), grants=())
        return replace(
            one,
            decisive=tuple(name for name in one.decisive if not under.about(name)),
            grants=tuple(grant for grant in one.grants if grant[0] not in under.grants),
        )


def _parts(parting: Parting, under: Sensitive) -> bool:
    """Say whether what two makings of a decision part on tells of an entitlement; a field may name any clause."""
    return under.about(parting.name) or (bool(under.facts) and parting.kind == "field" and parting.name in NAMING)


def _tells(entry: EntryView, anywhere: Sensitive) -> bool:
    """Say whether an entry tells of an entitlement: every status does, and the votes of some bodies."""
    return entry.what == "status" or (entry.what == "panel" and entry.words.partition(":")[0] in anywhere.bodies)


def cut_for(view: View, audience: Audience, cut: Cut) -> View:
    """Return a view without what its audience is not to see; its explanations were cut where they were made."""
    if not audience.names:
        learner = view.summary.learner if isinstance(view, DecisionView) else view.learner
        view = replace(view, name=pseudonym(learner))
    if audience.entitlements:
        return view
    return cut.decision(view) if isinstance(view, DecisionView) else cut.learner(view)
