"""What a definition promises, read off its method: monotone or not, and which formulas a policy rests on."""

from collections.abc import Iterable, Iterator

from ledger.facts.methods import METHODS
from ledger.facts.methods.base import Better, Method
from ledger.facts.methods.tables import TableMethod
from ledger.facts.resolving import reads_levels, whole_facts
from ledger.policy.facts import AtLevel, FactDefinition, Ready
from ledger.policy.model import Policy
from ledger.values import canonical, digest

EVALUATOR = "1"
"""The version of everything around the methods: order, filters, tries, types; raised when any of it changes."""

_COUNTING = ("count.1", "distinct.1", "crowded.1", "exists_after.1", "span.1")
_BETTER_MEMBERS = ("item.level", "item.percent", "item.value", "item.passed")
"""What a member of a list carries of a result: more is better."""


def better_never_lowers(definition: FactDefinition) -> bool:
    """Say whether raising one score, all else equal, can never lower the fact."""
    method = METHODS[definition.method]
    if not isinstance(method, Method) or method.better is Better.MAY_LOWER:
        return False
    cut_off = any(
        isinstance(part, AtLevel) or (isinstance(part, Ready) and part.at_least is not None)
        for part in definition.where
    )
    return method.better is Better.NEVER_LOWERS or not cut_off


def claimed(policy: Policy) -> frozenset[str]:
    """Name the facts of a policy that better results can only raise, so that more of them is meant to be better."""
    return frozenset(definition.name for definition in _all(policy.sheet) if _claims(definition))


def _claims(definition: FactDefinition) -> bool:
    if definition.method in _BETTER_MEMBERS:
        return True
    method = METHODS.get(definition.method)
    counts = definition.measure == "presence" or definition.method in _COUNTING
    of_results = not counts or any(isinstance(part, AtLevel) for part in definition.where)
    return isinstance(method, Method) and of_results and better_never_lowers(definition)


def compares_levels(policy: Policy) -> bool:
    """Say whether any fact of a policy reads levels, which are those of one scale only."""
    return any(reads_levels(definition) for definition in whole_facts(policy.sheet))


def reads_day(policy: Policy) -> bool:
    """Say whether any fact of a policy may change with the day of decision though nothing is recorded."""
    methods = (METHODS[definition.method] for definition in whole_facts(policy.sheet))
    return any(isinstance(method, TableMethod) and method.reads_day for method in methods)


def methods_used(policy: Policy) -> tuple[str, ...]:
    """Name every method and version a policy's facts and their members use, sorted."""
    return tuple(sorted({definition.method for definition in _all(policy.sheet)}))


def evaluator_digest(policy: Policy) -> str:
    """Return the digest of the version of the evaluator and of every fact method a policy uses."""
    return digest(canonical({"evaluator": EVALUATOR, "methods": list(methods_used(policy))}))


def _all(definitions: Iterable[FactDefinition]) -> Iterator[FactDefinition]:
    for definition in definitions:
        yield definition
        yield from _all(definition.members)
