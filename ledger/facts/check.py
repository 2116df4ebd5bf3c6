"""What is wrong with a fact definition, found before anything is folded: one sentence for each problem.

Constants are checked here; a parameter is checked against its own declared type by the rule language.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias, get_args

from ledger.domain.shapes import SubjectKind
from ledger.facts.filters import STATUS_PREFIX
from ledger.facts.methods import ITEM_METHODS, METHODS
from ledger.facts.methods.base import MEASURES, ArgumentWanted, Method
from ledger.facts.methods.gathering import IDENTITY, GatheringMethod
from ledger.facts.methods.lists import ItemMethod
from ledger.facts.methods.tables import TableMethod
from ledger.policy.facts import (
    AtLevel,
    DatedBefore,
    DatedFrom,
    FactDefinition,
    FactType,
    FieldIn,
    FieldIs,
    Filter,
    Ready,
)
from ledger.policy.sheet import Table
from ledger.policy.terms import ParamTerm

FILTER_FIELDS = (
    "kind", "purpose", "instrument", "task", "item", "setting", "form", "organisation", "passed", "stage", "capacity",
)  # fmt: skip

KIND_WORDS = MappingProxyType(
    {
        tuple: "a list of texts",
        int: "a whole number",
        Fraction: "a fraction",
        Table: "a table",
        str: "a text",
        date: "a date",
        bool: "true or false",
    }
)
SURROUNDED = ("prerequisites.1", "designated.1")
"""Methods that look at what surrounds the subject of the policy, which is not known of others."""

AnyMethod: TypeAlias = "Method | TableMethod | GatheringMethod | ItemMethod"


def definition_problems(definition: FactDefinition) -> tuple[str, ...]:
    """Return what is wrong with a definition, its members included; nothing where it can be folded."""
    method = METHODS.get(definition.method)
    if method is None:
        return (f"there is no fact method {definition.method!r}: use one of {_listed(METHODS)}",)
    return (
        *_typed(definition, method),
        *_argued(definition, method.arguments),
        *(_folded(definition, method) if isinstance(method, Method) else _looked_up(definition)),
        *_about(definition),
        *(_gathered(definition) if isinstance(method, GatheringMethod) else _members(definition)),
    )


def _about(definition: FactDefinition) -> Iterator[str]:
    if definition.about == "":
        return
    if definition.method in SURROUNDED:
        yield f"{definition.method} looks at the framework around the policy's own subject: leave `about` out"
    if isinstance(definition.about, str) and not is_key(definition.about):
        yield f"`about` is {definition.about!r}, not the key of a subject such as 'requirement/us-xx/reading'"


def is_key(text: str) -> bool:
    """Say whether a text is the key of a subject: its kind, a slash, its id."""
    kind, slash, identity = text.partition("/")
    return kind in get_args(SubjectKind) and bool(slash and identity)


def _gathered(definition: FactDefinition) -> Iterator[str]:
    keys = dict(definition.arguments).get("of")
    for key in keys if isinstance(keys, tuple) else ():
        if not is_key(key):
            yield f"{definition.method}: {key!r} is not the key of a subject such as 'requirement/us-xx/reading'"
    if not definition.members:
        yield f"{definition.method} gives a list: say in `members` what each member carries"
    for member in definition.members:
        yield from (f"member {member.name!r}: {problem}" for problem in _of_gathered(member))


def _of_gathered(member: FactDefinition) -> Iterator[str]:
    if member.method == IDENTITY:
        yield from _typed(member, ITEM_METHODS[IDENTITY])
    elif member.type is FactType.LIST or member.about != "":
        yield "a member of gathered subjects is one value about that subject: neither a list, nor about another"
    else:
        yield from definition_problems(member)


def _typed(definition: FactDefinition, method: AnyMethod) -> Iterator[str]:
    if definition.type not in method.types:
        allowed = _listed(sorted(each.value for each in method.types))
        yield f"{definition.method} gives no {definition.type.value}: declare the fact as {allowed}"


def _folded(definition: FactDefinition, method: Method) -> Iterator[str]:
    if definition.reads not in method.reads:
        allowed = _listed(sorted(each.value for each in method.reads))
        yield f"{definition.method} does not read {definition.reads.value}: let it read {allowed}"
    if definition.measure not in method.measures:
        allowed = _listed(sorted(method.measures & MEASURES))
        yield f"{definition.method} has no measure {definition.measure!r}: use {allowed}"
    for part in definition.where:
        yield from _filtered(part)


def _looked_up(definition: FactDefinition) -> Iterator[str]:
    if definition.where:
        yield f"{definition.method} looks one thing up and takes no filters: leave `where` out"


def _argued(definition: FactDefinition, wanted: Sequence[ArgumentWanted]) -> Iterator[str]:
    given = dict(definition.arguments)
    names = [argument.name for argument in wanted]
    if len(given) != len(definition.arguments):
        yield f"{definition.method}: an argument is given twice"
    for name in given:
        if name not in names:
            yield f"{definition.method} takes no argument {name!r}: it takes {_listed(names) or 'none'}"
    for argument in wanted:
        if argument.name in given:
            yield from _argument(definition.method, argument, given[argument.name])
        elif argument.default is None:
            yield f"{definition.method} needs the argument {argument.name!r}: {argument.says}"


def _argument(method: str, argument: ArgumentWanted, value: object) -> Iterator[str]:
    if isinstance(value, ParamTerm):
        return
    if isinstance(value, bool) or not isinstance(value, argument.kinds):
        kinds = " or ".join(KIND_WORDS[kind] for kind in argument.kinds)
        yield f"{method}, argument {argument.name!r}: {value!r} is not {kinds}"
    elif argument.choices and value not in argument.choices:
        yield f"{method}, argument {argument.name!r}: {value!r} is not one of {_listed(argument.choices)}"
    elif argument.limits and not argument.within(value):
        yield f"{method}, argument {argument.name!r}: {value} is out of range; give {argument.limits.says}"


def _filtered(part: Filter) -> Iterator[str]:
    if isinstance(part, FieldIs | FieldIn) and part.field not in FILTER_FIELDS:
        yield f"{type(part).__name__}: there is no field {part.field!r}; use one of {_listed(FILTER_FIELDS)}"
    if isinstance(part, DatedFrom | DatedBefore):
        yield from _bound(type(part).__name__, part.bound)
    if isinstance(part, Ready):
        yield from _shown(part)
    if isinstance(part, AtLevel) and not _number_or_parameter(part.at_least):
        yield f"AtLevel: {part.at_least!r} is not a whole number or a fraction"


def _shown(part: Ready) -> Iterator[str]:
    if part.at_least is not None and not _number_or_parameter(part.at_least):
        yield f"Ready: {part.at_least!r} is not a whole number or a fraction"
    if part.at_least is not None and not part.purposes:
        yield "Ready: a level without purposes shows nothing; name the purposes of the evidence"


def _number_or_parameter(value: object) -> bool:
    return isinstance(value, int | Fraction | ParamTerm) and not isinstance(value, bool)


def _bound(name: str, bound: object) -> Iterator[str]:
    named = isinstance(bound, str) and bound.startswith(STATUS_PREFIX) and len(bound) > len(STATUS_PREFIX)
    if not named and not isinstance(bound, date | ParamTerm):
        yield f"{name}: {bound!r} is neither a date, nor a date parameter, nor 'status:' and the code of a status"


def _members(definition: FactDefinition) -> Iterator[str]:
    if definition.type is not FactType.LIST:
        if definition.members:
            yield f"{definition.method} gives no list: leave `members` out"
        return
    if not definition.members:
        yield f"{definition.method} gives a list: say in `members` what each member carries"
    for member in definition.members:
        method = ITEM_METHODS.get(member.method)
        if method is None:
            yield f"member {member.name!r}: there is no {member.method!r}; use one of {_listed(ITEM_METHODS)}"
        else:
            found = (*_typed(member, method), *_argued(member, method.arguments))
            yield from (f"member {member.name!r}: {problem}" for problem in found)


def _listed(names: "Sequence[str] | Mapping[str, object]") -> str:
    return ", ".join(names)
