"""A definition for every method of this release, read off the registry, so that one added later is covered too."""

from datetime import date
from fractions import Fraction
from typing import Any

from ledger.facts.methods import ITEM_METHODS, METHODS
from ledger.facts.methods.base import ArgumentWanted, Method
from ledger.facts.methods.lists import ItemMethod
from ledger.policy import FactDefinition, FactType, Reads
from tests.facts.support import fact

FOLDS = {name: method for name, method in METHODS.items() if isinstance(method, Method)}
"""Every method that folds items."""

BY_NAME: dict[str, Any] = {
    "n": 2, "m": 3, "cut": 2, "cuts": 2, "weight": 65, "months": 3, "code": "course",
    "field": "kind", "each": "kind", "same": "instrument",
}  # fmt: skip
BY_METHOD: dict[str, dict[str, Any]] = {"mode_of_last.1": {"n": 3}, "best_n_of_m.1": {"n": 1, "m": 2}}
BY_KIND: dict[type, Any] = {int: 1, Fraction: Fraction(1, 2), str: "kind", date: date(2026, 1, 4)}


def sample(method_name: str, /, given: bool = False, **more: Any) -> FactDefinition:
    """Define a fact with a method; `given` says to give arguments it could do without, and its last choices."""
    method = FOLDS[method_name]
    fields: dict[str, Any] = {
        "arguments": arguments_for(method, given),
        "measure": measures_for(method)[0],
        "members": MEMBERS if FactType.LIST in method.types else (),
    }
    return fact(method_name, type_for(method), **{**fields, **more})


def arguments_for(method: Method | ItemMethod, given: bool = False) -> tuple[tuple[str, Any], ...]:
    """Return arguments that a method takes: those it needs, or all of them."""
    return tuple(
        (wanted.name, _value(method.name, wanted, given))
        for wanted in method.arguments
        if given or wanted.default is None
    )


def measures_for(method: Method) -> list[str]:
    """Name the measures of a method, level first where it has that."""
    return sorted(method.measures, key=lambda name: (name != "level", name))


def type_for(method: Method | ItemMethod) -> FactType:
    """Return a type a method gives, a fraction where it can."""
    return FactType.FRACTION if FactType.FRACTION in method.types else min(method.types)


def _value(method: str, wanted: ArgumentWanted, given: bool) -> Any:
    known = {**BY_NAME, **BY_METHOD.get(method, {})}
    if wanted.name in known:
        return known[wanted.name]
    return wanted.choices[-1 if given else 0] if wanted.choices else BY_KIND[wanted.kinds[-1]]


MEMBERS = tuple(
    fact(name, type_for(method), name=name.removeprefix("item."), arguments=arguments_for(method))
    for name, method in ITEM_METHODS.items()
)
"""Everything a member of a list can carry."""

READINGS = tuple(
    sample(name, name=f"{name}-{reads.value}", reads=reads, measure=measures_for(method)[-1])
    for name, method in FOLDS.items()
    for reads in sorted(method.reads - {Reads.EVIDENCE})
)
"""Every fold of what is no evidence."""
