"""Clauses in words, for lists that name them: with the values of the adoption they were answered under."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from ledger.domain.jurisdiction import Override
from ledger.errors import LedgerError
from ledger.inquiry.naming import Naming
from ledger.policy.canonical import value_from_text
from ledger.policy.checks.places import definitions
from ledger.policy.model import Policy, Words
from ledger.policy.terms import needed_facts, walk
from ledger.policy.wording import wording_on
from web.ledgers import Opened
from web.wording import natural


class Adopted(Protocol):
    """What of an adoption, or of what a change would adopt, says how its clauses read."""

    @property
    def digest(self) -> str:
        """Return the digest of the policy."""

    @property
    def overrides(self) -> tuple[Override, ...]:
        """Return the values set locally."""


class Clauses:
    """Says the clauses of policies archived here, with the values of a day and those set locally.

    Without `entitlements` a clause that reads a legal entitlement is not said.
    """

    def __init__(self, opened: Opened, on: date, *, entitlements: bool = True) -> None:
        self._shelf, self._on, self._naming = opened.ledger.shelf(), on, opened.naming()
        self._entitlements = entitlements
        self._read: dict[tuple[str, tuple[Override, ...]], _Edition | None] = {}

    def words(self, adopted: Adopted | None) -> Words:
        """Return the words a policy has for its outcomes."""
        found = self._edition(adopted)
        return found.policy.words if found else Words()

    def sentences(self, adopted: Adopted | None, keys: Sequence[str]) -> str:
        """Return the sentences of clauses, each once, with the members they concern."""
        found = self._edition(adopted)
        return found.sentences(keys, self._naming) if found else ""

    def _edition(self, adopted: Adopted | None) -> "_Edition | None":
        if adopted is None:
            return None
        key = (adopted.digest, adopted.overrides)
        if key not in self._read:
            self._read[key] = self._opened(*key)
        return self._read[key]

    def _opened(self, digest: str, overrides: tuple[Override, ...]) -> "_Edition | None":
        try:
            return _Edition(self._shelf.find(digest).policy, self._on, overrides, entitlements=self._entitlements)
        except LedgerError:
            return None


class _Edition:
    """The sentences of one policy under one adoption."""

    def __init__(self, policy: Policy, on: date, overrides: tuple[Override, ...], *, entitlements: bool) -> None:
        self.policy = policy
        self._cut = frozenset() if entitlements else frozenset(_sensitive(policy))
        self._wording = wording_on(policy, on, {one.name: value_from_text(one.value) for one in overrides})
        self._templates = dict(_sentences(policy))

    def sentences(self, keys: Sequence[str], naming: Naming) -> str:
        said: dict[str, list[str]] = {}
        for key in keys:
            clause, _, member = key.partition("[")
            if clause in self._cut:
                continue
            known = self._templates.get(clause)
            text = self._wording.sentence(known) if known is not None else self._wording.fact(clause)
            said.setdefault(text, []).extend([naming.label(member.rstrip("]"))] if member else [])
        return " ".join(_with_members(text, members) for text, members in said.items())


def _with_members(text: str, members: list[str]) -> str:
    return f"{text} ({', '.join(sorted(members, key=natural))})" if members else text


def _sentences(policy: Policy) -> Iterator[tuple[str, str]]:
    for rule in (policy.applies, policy.eligible, policy.requires):
        for node in walk(rule):
            if isinstance(identity := getattr(node, "id", None), str) and hasattr(node, "says"):
                yield identity, str(node.says)


def _sensitive(policy: Policy) -> Iterator[str]:
    """Name the clauses and the facts that read a legal entitlement."""
    facts = {fact.name for fact, _ in definitions(policy.sheet) if fact.sensitive}
    yield from facts
    for rule in (policy.applies, policy.eligible, policy.requires):
        for node in walk(rule):
            if isinstance(identity := getattr(node, "id", None), str) and facts.intersection(needed_facts(node)):
                yield identity
