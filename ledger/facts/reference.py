"""Every fact method as data for a reference: what it is called, what it computes, what it takes and reads."""

from dataclasses import dataclass
from enum import StrEnum

from ledger.facts.check import KIND_WORDS, AnyMethod
from ledger.facts.methods import ITEM_METHODS, METHODS
from ledger.facts.methods.base import ArgumentWanted, Better, Method
from ledger.facts.methods.lists import ItemMethod
from ledger.policy.sheet import value_words


class MethodKind(StrEnum):
    """Where a definition may name a method."""

    WHOLE = "whole"
    """A whole fact, folded over the items that count."""

    LOOK_UP = "look-up"
    """A whole fact, looked up in the record or beside it."""

    MEMBER = "member"
    """What each member of a list carries."""


@dataclass(frozen=True, slots=True)
class ArgumentReference:
    """An argument in words: what it means, of which kinds it is, what is allowed, and what holds without it.

    `allowed` is empty where every value of these kinds is; `default` where it must be given, and
    `optional` where the method does without it.
    """

    name: str
    says: str
    kinds: tuple[str, ...]
    allowed: str
    default: str
    optional: bool


@dataclass(frozen=True, slots=True)
class MethodReference:
    """One version of a method in words; `measures`, `better` and `ordered` say something of folds alone."""

    name: str
    title: str
    kind: MethodKind
    formula: str
    types: tuple[str, ...]
    measures: tuple[str, ...]
    reads: tuple[str, ...]
    arguments: tuple[ArgumentReference, ...]
    better: Better | None
    ordered: bool
    source: str


def method_references() -> tuple[MethodReference, ...]:
    """Return every method this release knows, those of whole facts first, as they are listed in the code."""
    return tuple(_reference(method) for method in (*METHODS.values(), *ITEM_METHODS.values()))


def _reference(method: AnyMethod) -> MethodReference:
    fold = method if isinstance(method, Method) else None
    member = isinstance(method, ItemMethod)
    return MethodReference(
        name=method.name,
        title=getattr(method, "title", "") or _title(method.name),
        kind=MethodKind.WHOLE if fold else MethodKind.MEMBER if member else MethodKind.LOOK_UP,
        formula=method.formula,
        types=tuple(sorted(each.value for each in method.types)),
        measures=tuple(sorted(fold.measures)) if fold else (),
        reads=() if isinstance(method, ItemMethod) else tuple(sorted(each.value for each in method.reads)),
        arguments=tuple(_argument(argument) for argument in method.arguments),
        better=fold.better if fold else None,
        ordered=fold is not None and fold.ordered,
        source=getattr(method, "source", ""),
    )


def _title(name: str) -> str:
    """Return a name without its version or the list it is a member of, in words."""
    return name.removeprefix("item.").partition(".")[0].replace("_", " ")


def _argument(argument: ArgumentWanted) -> ArgumentReference:
    limits = argument.limits.says if argument.limits else ""
    given = argument.default is None or argument.optional
    return ArgumentReference(
        name=argument.name,
        says=argument.says,
        kinds=tuple(KIND_WORDS[kind] for kind in argument.kinds),
        allowed=", ".join(argument.choices) or limits,
        default="" if given or argument.default is None else value_words(argument.default) or "empty",
        optional=argument.optional,
    )
