"""Fields of our forms: marshmallow types that read what a person types, and say in a sentence what does not fit."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields

LONGEST_LINE, LONGEST_TEXT = 300, 4000
"""Characters in one line, and in a reason."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_LINK = re.compile(r"https?://[^\s/]+(/\S*)?", re.ASCII | re.IGNORECASE)


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed: in Unicode form NFC, without blanks around it; a blank field is left out."""
    plain = {name: unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip() for name, text in form.items()}
    return {name: text for name, text in plain.items() if text}


class Line(fields.String):
    """A text of one line."""

    longest = LONGEST_LINE

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = str(value)
        if len(text) > self.longest:
            raise ValidationError(f"It has {len(text):,} characters; at most {self.longest:,} fit.")
        if not self._fits(text):
            raise ValidationError("It holds signs that cannot be shown; type it again.")
        return text

    def _fits(self, text: str) -> bool:
        return text.isprintable()


class Text(Line):
    """A text of several lines."""

    longest = LONGEST_TEXT

    def _fits(self, text: str) -> bool:
        return text.replace("\n", "").isprintable()


class Link(Line):
    """The address of a page."""

    def _fits(self, text: str) -> bool:
        if not _LINK.fullmatch(text):
            raise ValidationError("It is not an address that begins with https:// or http://.")
        return super()._fits(text)


class Codes(fields.Field[tuple[str, ...]]):
    """Codes with commas between them."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(part.strip() for part in str(value).split(",") if part.strip()))
        if not found or not str(value).isprintable():
            raise ValidationError("Name them with commas between, such as ALG1, GEO1.")
        return found


class Day(fields.Field[date]):
    """A day of the calendar."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        try:
            if not _DAY.fullmatch(str(value)):
                raise ValueError(value)
            return date.fromisoformat(str(value))
        except ValueError:
            raise ValidationError(f"{str(value)[:40]!r} is not a day such as 2026-05-30.") from None


class Year(fields.Field[int]):
    """A year of four digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if not _YEAR.fullmatch(str(value)):
            raise ValidationError(f"{str(value)[:40]!r} is not a year such as 2030.")
        return int(value)


class Ticked(fields.Field[bool]):
    """A box: ticked, or not sent at all."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if value != "yes":
            raise ValidationError("Tick it, or leave it.")
        return True
