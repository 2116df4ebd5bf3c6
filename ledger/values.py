"""Values every part shares: canonical bytes, digests, exact numbers, legal dates, identifiers.

Standard library only, so that an auditor can recompute any digest without installing the product.
"""

import hashlib
import json
import os
import re
import time
import unicodedata
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

Json: TypeAlias = "None | bool | int | str | Sequence[Json] | Mapping[str, Json]"

LARGEST_INTEGER = 2**53 - 1
"""Beyond it other languages lose digits (RFC 8785, section 3.2.2.3)."""

DEEPEST = 32
"""How many lists and objects may stand inside one another."""

NAMESPACE = uuid.UUID("6f1b8f0e-6a0e-5e0f-9a55-3c8b5e3f2d11")
"""The name space of every identifier derived from content (RFC 9562, version 5)."""

_DECIMAL = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", re.ASCII)
_LOOSE_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_JURISDICTION = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_HAS_OFFSET = re.compile(r"T.*(Z|[+-]\d{2}:\d{2})$")
_LEGAL_DATE = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(T(?P<time>([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)"
    r"(?P<offset>Z|[+-]([01]\d|2[0-3]):[0-5]\d)?(\[(?P<zone>[A-Za-z0-9_+/-]+)\])?)?",
    re.ASCII,
)


def canonical(value: Json) -> bytes:
    """Return the one byte string that stands for a JSON value in this ledger.

    Keys are ASCII and sorted, nothing is indented, text is NFC, numbers are whole and within 2^53:
    a subset of RFC 8785. Raises `ValueError` naming what does not fit, and where.
    """
    _refuse_what_has_no_canonical_form(value, "", 0)
    return _encoder.encode(value).encode()


_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _refuse_what_has_no_canonical_form(value: Json, where: str, depth: int) -> None:
    if value is None or (value.__class__ is str and value.isascii()):
        return
    if depth > DEEPEST:
        raise ValueError(f"{where or '/'}: nested deeper than {DEEPEST} levels")
    if isinstance(value, str):
        _refuse_text(value, where)
    elif isinstance(value, dict):
        _refuse_keys(value, where)
        for key, part in value.items():
            _refuse_what_has_no_canonical_form(part, f"{where}/{key}", depth + 1)
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            _refuse_what_has_no_canonical_form(part, f"{where}/{index}", depth + 1)
    else:
        _refuse_number(value, where)


def _refuse_keys(value: Mapping[str, Json], where: str) -> None:
    for key in value:
        if not isinstance(key, str) or not key.isascii():
            raise ValueError(f"{where or '/'}: the key {key!r} is not ASCII text")


def _refuse_number(value: object, where: str) -> None:
    if not isinstance(value, int):
        raise ValueError(
            f"{where or '/'}: {value!r} is a {type(value).__name__}; "
            "use text, a whole number, true, false, null, a list or an object"
        )
    if abs(value) > LARGEST_INTEGER:
        raise ValueError(f"{where or '/'}: {value} is beyond 2^53; write it as text")


def _refuse_text(value: str, where: str) -> None:
    if not unicodedata.is_normalized("NFC", value):
        raise ValueError(f"{where or '/'}: the text {value!r} is not in Unicode form NFC")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{where or '/'}: the text {value!r} holds half of a surrogate pair") from None


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def parse_json(data: bytes | str) -> Json:
    """Read JSON from outside; raise `ValueError` on duplicate keys, NaN, infinities and broken text.

    Numbers with a fraction or an exponent are refused too: they have no canonical form here.
    """
    found: Json = _checked(data, _refuse_fraction)
    return found


def parse_foreign_json(data: bytes | str) -> Json:
    """Read JSON of a foreign standard, where a fraction is legal: it is kept as its own text."""
    found: Json = _checked(data, str)
    return found


def parse_json_exactly(data: bytes | str) -> object:
    """Read JSON from outside in which a number may have a fraction or an exponent: each such is a `Decimal`."""
    return _checked(data, Decimal)


def _checked(data: bytes | str, fraction: Callable[[str], Any]) -> Any:
    try:
        value = json.loads(
            data,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=fraction,
        )
    except RecursionError:
        raise ValueError("the JSON is nested too deeply to be read") from None
    return value


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice in one object")
        found[key] = value
    return found


def _refuse_constant(text: str) -> Json:
    raise ValueError(f"{text} is not a number")


def _refuse_fraction(text: str) -> Json:
    raise ValueError(f"{text} is not a whole number; write a decimal as text")


def decimal_text(text: str) -> str:
    """Return a decimal in the one form events store: no exponent, no trailing zero, no minus zero.

    Raises `ValueError` for anything but plain digits, such as NaN, 1e400 or 1,5.
    """
    found = _LOOSE_DECIMAL.fullmatch(text.strip())
    if not found or len(text) > 40:
        raise ValueError(f"{text.strip()[:40]!r} is not a plain decimal number such as 84 or 84.5")
    whole, _, part = text.strip().lstrip("+-").partition(".")
    plain = (whole.lstrip("0") or "0") + ("." + part).rstrip("0").rstrip(".")
    negative = text.strip().startswith("-") and plain != "0"
    return f"-{plain}" if negative else plain


def is_decimal_text(text: str) -> bool:
    """Say whether text is a decimal in stored form."""
    return text != "-0" and _DECIMAL.fullmatch(text) is not None


def exact(text: str) -> Fraction:
    """Return the exact number a stored decimal stands for."""
    return Fraction(text)


def plain_number(number: Fraction | int) -> str:
    """Write an exact number for people: 84.5 where a decimal is exact, else 2/3."""
    value = Fraction(number)
    rest, digits = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        digits = max(digits, count)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    scaled = abs(value.numerator) * 10**digits // value.denominator
    sign = "-" if value < 0 else ""
    whole = str(scaled).rjust(digits + 1, "0")
    return sign + (f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole)


def legal_date(text: str) -> str:
    """Return a legal date in stored form: a date, with optional local time, offset and zone.

    `2026-05-30`, `2026-05-30T14:05`, `2026-05-30T14:05-05:00[America/Chicago]` (RFC 9557).
    Raises `ValueError` for any other form and for days that do not exist.
    """
    found = _LEGAL_DATE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text.strip()[:40]!r} is not a date such as 2026-05-30 or 2026-05-30T14:05")
    try:
        date.fromisoformat(found["date"])
    except ValueError:
        raise ValueError(f"{found['date']} is not a day of the calendar") from None
    return text.strip()


def day_of(text: str) -> date:
    """Return the calendar day of a stored legal date."""
    return date.fromisoformat(text[:10])


def day_in_zone(text: str, zone: str) -> date:
    """Return the calendar day a stored legal date falls on in a zone; without an offset, the day as written."""
    moment = text.partition("[")[0]
    if not _HAS_OFFSET.search(moment):
        return day_of(text)
    try:
        return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date()
    except OverflowError:
        return day_of(text)


def identifier(*parts: str) -> str:
    """Return the UUID that follows from these parts, the same on every machine."""
    return str(uuid.uuid5(NAMESPACE, canonical(list(parts)).decode()))


def random_identifier() -> str:
    """Return a new random UUID as text."""
    return str(uuid.uuid4())


def ordered_identifier() -> str:
    """Return a new UUID as text that sorts after those made before: version 7 (RFC 9562, section 5.7).

    It begins with the milliseconds since 1970, so an index of such ids grows at its end.
    """
    made = (time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")) & ~(0xF << 76 | 0x3 << 62)
    return str(uuid.UUID(int=made | 0x7 << 76 | 0x2 << 62))


def is_jurisdiction(text: str) -> bool:
    """Say whether text may name a jurisdiction or a school: `us-tx/pine-valley/north-high`."""
    return _JURISDICTION.fullmatch(text) is not None


def is_identifier(text: str) -> bool:
    """Say whether text is a UUID in its usual lower-case form."""
    return _IDENTIFIER.fullmatch(text) is not None
