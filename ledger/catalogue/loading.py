"""Building a catalogue, whole or not at all."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import metadata
from types import MappingProxyType

from ledger.catalogue.building import Building
from ledger.catalogue.contents import Catalogue, near
from ledger.catalogue.drafts import GROUP
from ledger.catalogue.plugins import BUILT_IN, PluginFound, ask, register
from ledger.errors import PolicyProblems, Problem
from ledger.facts.methods import METHOD_NAMES
from ledger.policy.canonical import policy_digest
from ledger.values import Json, canonical, digest


def load(
    enabled: Sequence[str] = (),
    *,
    found: Iterable[PluginFound] | None = None,
    method_names: Collection[str] = METHOD_NAMES,
) -> Catalogue:
    """Build a catalogue from the built-in policies and the plugins enabled by name.

    `found` stands in for the installed entry points, `method_names` for this release's fact methods.
    Raises `PolicyProblems` with every problem of every plugin.
    """
    building = Building(frozenset(method_names))
    register(building, {BUILT_IN, *enabled}, metadata.entry_points(group=GROUP) if found is None else found)
    ask(building)
    _hold_against_one_another(building)
    if building.problems:
        raise PolicyProblems(building.problems)
    return _frozen(building)


def reload(
    old: Catalogue,
    enabled: Sequence[str] = (),
    *,
    found: Iterable[PluginFound] | None = None,
    method_names: Collection[str] = METHOD_NAMES,
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Build a catalogue anew; return it, or the old one with every problem of the new."""
    try:
        return load(enabled, found=found, method_names=method_names), ()
    except PolicyProblems as error:
        return old, error.problems


def _hold_against_one_another(building: Building) -> None:
    """Note what is given twice, and jurisdictions that are named and not there."""
    givers: dict[str, str] = {}
    for policy, beside in building.policies:
        if policy.edition in givers:
            what = f"this edition is given twice, by {givers[policy.edition]} and by {beside.plugin}; a correction "
            building.problems.append(
                Problem(beside.plugin, policy.edition, "", f"{what}is an edition with a first day of its own.")
            )
        givers.setdefault(policy.edition, beside.plugin)
    for plugin, name in _repeated(building):
        building.refuse(plugin, "", f"{name} is given twice.")
    places = {place.id for _, place in building.jurisdictions}
    for plugin, place in building.jurisdictions:
        if place.parent and place.parent not in places:
            what = f"its parent {place.parent!r} is not known ({near(place.parent, places)})."
            building.refuse(plugin, f"jurisdiction {place.id!r}", what)
    for policy, beside in building.policies:
        if policy.jurisdiction and policy.jurisdiction not in places:
            what = f"its jurisdiction {policy.jurisdiction!r} is not known ({near(policy.jurisdiction, places)})."
            building.problems.append(Problem(beside.plugin, policy.id, "", what))


def _repeated(building: Building) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    named = [(plugin, f"jurisdiction {each.id!r}") for plugin, each in building.jurisdictions]
    named += [(plugin, f"fact {each.name!r}") for plugin, each in building.facts]
    for plugin, name in named:
        if name in seen:
            yield plugin, name
        seen.add(name)


def _frozen(building: Building) -> Catalogue:
    """Return the finished catalogue."""
    pairs = sorted(building.policies, key=lambda pair: (pair[0].id, pair[0].effective))
    policies = tuple(policy for policy, _ in pairs)
    places = {place.id: place for _, place in sorted(building.jurisdictions, key=lambda pair: pair[1].id)}
    identity: Json = {
        "policies": [[policy.edition, policy_digest(policy)] for policy in policies],
        "jurisdictions": [[place.id, place.name, place.kind, place.parent, place.zone] for place in places.values()],
        "facts": sorted(repr(each) for _, each in building.facts),
    }
    return Catalogue(
        policies,
        MappingProxyType(places),
        MappingProxyType({each.name: each for _, each in building.facts}),
        MappingProxyType({policy.edition: beside for policy, beside in pairs}),
        digest(canonical(identity)),
    )
