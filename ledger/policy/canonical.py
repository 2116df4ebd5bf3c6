"""The one text that stands for a policy, and back: what a ledger archives and replay reads.

A record is an object with its tag under `is` and those of its fields that differ from their
defaults, so that a field added later with a default changes no digest. Tags form a closed registry:
nothing is ever looked up by a Python name. Enumerations are written by value, exact fractions as
`{"fraction": [n, d]}`, days as `{"date": "2026-05-30"}`, `{"absent": true}`, `{"unknown": true}`.
"""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, cast

from ledger.errors import UnreadablePolicy
from ledger.policy.model import Policy
from ledger.policy.records import CLASSES, TAGS
from ledger.policy.sheet import ABSENT, UNKNOWN, Entry, Missing, Table, Value, value_data
from ledger.values import Json, canonical, digest, parse_json

FORMAT = 1
"""Version of the form; a reader refuses any other."""


def policy_text(policy: Policy) -> str:
    """Return the canonical text of a policy: rule, facts, parameters and words, whole.

    Raises `ValueError` naming what has no canonical form (a float, a rule nested too deeply).
    """
    return canonical({"format": FORMAT, "policy": encoded(policy)}).decode()


def policy_digest(policy: Policy) -> str:
    """Return the SHA-256 of a policy's canonical text."""
    return digest(policy_text(policy).encode())


def policy_from_text(text: str) -> Policy:
    """Read a policy from its canonical text.

    Raises `UnreadablePolicy` where the text uses a format, record or field this release does not
    know, or is not what `policy_text` would write.
    """
    try:
        raw = parse_json(text)
    except ValueError as error:
        raise UnreadablePolicy(f"the archived policy is not canonical JSON: {error}") from None
    if not isinstance(raw, Mapping) or set(raw) != {"format", "policy"}:
        raise UnreadablePolicy("an archived policy is an object of `format` and `policy`")
    if raw["format"] != FORMAT:
        raise UnreadablePolicy(f"the archived policy has format {raw['format']}; this release reads {FORMAT}")
    policy = decoded(raw["policy"], "policy")
    if not isinstance(policy, Policy):
        raise UnreadablePolicy("the archived text does not hold a policy")
    if policy_text(policy) != text:
        raise UnreadablePolicy("the archived policy is not in canonical form: its bytes were not written by a ledger")
    return policy


def value_text(value: Value) -> str:
    """Return the canonical text of one fact or parameter value, as events store it."""
    return canonical(value_data(value)).decode()


def value_from_text(text: str) -> Value:
    """Read a value from its canonical text; raise `ValueError` for anything else."""
    return _value(parse_json(text))


def _value(raw: Json) -> Value:
    if raw is None:
        return ABSENT
    if isinstance(raw, bool | int | str):
        return raw
    if isinstance(raw, Mapping):
        return _tagged_value(raw)
    if all(isinstance(part, str) for part in raw):
        return cast("tuple[str, ...]", tuple(raw))
    if all(isinstance(part, Mapping) for part in raw):
        sheets = cast("Sequence[Mapping[str, Json]]", raw)
        return tuple({name: _value(part) for name, part in sheet.items()} for sheet in sheets)
    raise ValueError("a list holds texts, or one object of facts for each member")


def _tagged_value(raw: Mapping[str, Json]) -> Value:
    if len(raw) == 1:
        ((tag, content),) = raw.items()
        if tag in _VALUES:
            try:
                return cast("Value", _VALUES[tag](content))
            except (TypeError, AttributeError) as error:
                raise ValueError(f"{tag!r} cannot be read: {error}") from None
    raise ValueError(
        'a value is true, false, a whole number, a text, null (none), {"fraction": [n, d]}, {"date": "2026-05-30"}, '
        '{"unknown": true}, {"table": ...} or a list'
    )


def encoded(part: object) -> Json:
    """Return the JSON form of a record or of anything that may stand in a field of one."""
    if isinstance(part, Missing):
        return {part.value: True}
    if isinstance(part, Enum):
        return cast("Json", part.value)
    if part is None or isinstance(part, bool | int | str):
        return part
    if isinstance(part, tuple):
        return [encoded(each) for each in part]
    if type(part) in TAGS:
        return _record(part)
    return _scalar(part)


def _scalar(part: object) -> Json:
    if isinstance(part, date):
        return {"date": part.isoformat()}
    if isinstance(part, Fraction):
        return {"fraction": [part.numerator, part.denominator]}
    raise ValueError(f"{part!r} is a {type(part).__name__}, which has no canonical form in a policy")


def _record(part: object) -> Json:
    found: dict[str, Json] = {"is": TAGS[type(part)]}
    for field in fields(cast("Any", part)):
        written = encoded(getattr(part, field.name))
        if not _has_default(field) or written != encoded(_default(field)):
            found[field.name] = written
    return found


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def decoded(raw: Json, where: str, choices: type[Enum] | None = None) -> Any:
    """Return what a JSON form stands for; `where` names the place, `choices` the enumeration expected there."""
    if isinstance(raw, str) and choices is not None:
        return _choice(raw, where, choices)
    if raw is None or isinstance(raw, bool | int | str):
        return raw
    if isinstance(raw, Mapping):
        return _record_read(raw, where) if "is" in raw else _tagged(raw, where)
    return tuple(decoded(part, f"{where}/{index}", choices) for index, part in enumerate(raw))


def _choice(raw: str, where: str, choices: type[Enum]) -> Enum:
    try:
        return choices(raw)
    except ValueError:
        allowed = ", ".join(str(choice.value) for choice in choices)
        raise UnreadablePolicy(f"{where}: {raw!r} is not one of {allowed}") from None


def _record_read(raw: Mapping[str, Json], where: str) -> object:
    tag = raw["is"]
    kind = CLASSES.get(tag) if isinstance(tag, str) else None
    if kind is None:
        raise UnreadablePolicy(f"{where}: this release knows no record {tag!r}")
    known = {field.name: field for field in fields(kind)}
    if unknown := sorted(set(raw) - set(known) - {"is"}):
        raise UnreadablePolicy(f"{where}: this release knows no field {unknown[0]!r} of record {tag!r}")
    if missing := sorted(n for n, field in known.items() if n not in raw and not _has_default(field)):
        raise UnreadablePolicy(f"{where}: record {tag!r} lacks its field {missing[0]!r}")
    parts = {
        name: decoded(part, f"{where}/{name}", _choices(known[name])) for name, part in raw.items() if name != "is"
    }
    try:
        return kind(**parts)
    except (TypeError, ValueError) as error:
        raise UnreadablePolicy(f"{where}: record {tag!r} cannot be read: {error}") from None


def _choices(field: Field[Any]) -> type[Enum] | None:
    return field.type if isinstance(field.type, type) and issubclass(field.type, Enum) else None


def _tagged(raw: Mapping[str, Json], where: str) -> object:
    if len(raw) == 1:
        ((tag, content),) = raw.items()
        if tag in _READERS:
            try:
                return _READERS[tag](content)
            except (TypeError, ValueError, AttributeError) as error:
                raise UnreadablePolicy(f"{where}: {tag!r} cannot be read: {error}") from None
    raise UnreadablePolicy(f"{where}: this release knows no value with {', '.join(sorted(raw)) or 'nothing'} in it")


def _fraction(content: Json) -> Fraction:
    numerator, denominator = cast("list[int]", content)
    if isinstance(numerator, bool) or isinstance(denominator, bool) or denominator == 0:
        raise ValueError(f"{content} is not a numerator and a denominator")
    found = Fraction(numerator, denominator)
    if [found.numerator, found.denominator] != [numerator, denominator]:
        raise ValueError(f"{numerator}/{denominator} is not in lowest terms")
    return found


def _date(content: Json) -> date:
    found = date.fromisoformat(cast("str", content))
    if found.isoformat() != content:
        raise ValueError(f"{content!r} is not a day such as 2026-05-30")
    return found


def _only_true(missing: Missing) -> Callable[[Json], Missing]:
    def read(content: Json) -> Missing:
        if content is not True:
            raise ValueError(f"{content!r} is not true")
        return missing

    return read


def _scalar_read(raw: Json) -> Any:
    return _value(raw)


def _table(content: Json) -> Table:
    lines = cast("Sequence[Sequence[Any]]", content)
    return Table(tuple(Entry(tuple(map(_scalar_read, keys)), _scalar_read(value)) for keys, value in lines))


_SCALARS: Mapping[str, Callable[[Json], Any]] = types.MappingProxyType({"fraction": _fraction, "date": _date})
_READERS = types.MappingProxyType({**_SCALARS, "absent": _only_true(ABSENT), "unknown": _only_true(UNKNOWN)})
_VALUES = types.MappingProxyType({**_SCALARS, "unknown": _only_true(UNKNOWN), "table": _table})
