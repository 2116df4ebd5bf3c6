"""Fields of what is sent to the API: each says in a sentence what does not fit, and in OpenAPI what does."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from ledger.values import decimal_text, legal_date

LONGEST_LINE, LONGEST_TEXT, LARGEST = 300, 4000, 999_999_999_999_999
"""Characters of one line and of a reason; the largest number that stands for a position."""

VISIBLE = r"^[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
"""One line that begins with something to be seen."""

SEVERAL_LINES = r"^[^\s\x00-\x1f\x7f-\x9f][^\x00-\x09\x0b-\x1f\x7f-\x9f]*$"
DAY = r"^\d{4}-\d{2}-\d{2}$"

UNKNOWN = {"unknown": "There is no field of this name.", "type": "It is not an object."}
MESSAGES = {"required": "It is missing.", "null": "It may not be null; leave it out."}


UNSEEN = "It is blank, or holds signs that cannot be shown."
OTHERWISE = "It is not of the form that is asked for."


class Said(fields.String):
    """A text, kept in Unicode form NFC without blanks around it."""

    default_error_messages = {"invalid": "It is not text; write it in quotation marks."}  # noqa: RUF012 - as the library has it
    pattern, longest = VISIBLE, LONGEST_LINE

    def __init__(self, *, longest: int | None = None, pattern: str | None = None, **kwargs: Any) -> None:
        shape = Regexp(re.compile(pattern or self.pattern), error=OTHERWISE if pattern else UNSEEN)
        most = longest or self.longest
        size = Length(min=1, max=most, error=f"It may have 1 to {most:,} characters.")
        super().__init__(validate=[size, shape], **kwargs)

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **kwargs: Any) -> Any:
        """Read and check a text, then bring it into the form in which it is kept."""
        found = super().deserialize(value, attr, data, **kwargs)
        return unicodedata.normalize("NFC", found).strip() if isinstance(found, str) else found


class Text(Said):
    """A text of several lines, such as a reason."""

    pattern, longest = SEVERAL_LINES, LONGEST_TEXT


class Link(Said):
    """The address of a page."""

    pattern = r"^https?://[!-.0-~][!-~]*$"


class WholeNumber(fields.Field[int]):
    """A whole number as JSON has it: 4 and 4.0, neither true nor "4"."""

    default_error_messages = {"invalid": "It is not a whole number."}  # noqa: RUF012 - as the library has it

    def __init__(self, least: int = 1, most: int = LARGEST, **kwargs: Any) -> None:
        size = Range(least, most, error=f"It may be {least:,} to {most:,}.")
        super().__init__(validate=size, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if isinstance(value, Decimal) and value.adjusted() < 20 and value == value.to_integral_value():
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return value


class AskedNumber(WholeNumber):
    """A whole number in an address, where everything is text."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if not re.fullmatch(r"-?\d{1,15}", str(value), re.ASCII):
            raise self.make_error("invalid")
        return int(value)


class Truth(fields.Field[bool]):
    """True or false, as JSON has it."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("It is neither true nor false.")
        return value


class AskedTruth(Truth):
    """True or false in an address."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if value not in ("true", "false"):
            raise ValidationError("It is neither true nor false.")
        return bool(value == "true")


class Day(fields.Field[date]):
    """A day of the calendar."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        try:
            if not isinstance(value, str) or not re.fullmatch(DAY, value, re.ASCII):
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError("It is not a day such as 2026-05-30.") from None


class Moment(fields.Field[str]):
    """A legal date: a day, with a time and a zone where they are known."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        try:
            return legal_date(value if isinstance(value, str) else "")
        except ValueError:
            raise ValidationError("It is not a date such as 2026-05-30 or 2026-05-30T14:05.") from None


class Number(fields.Field[str]):
    """An exact decimal, written as text so that no digit of it is lost."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        try:
            return decimal_text(value if isinstance(value, str) else "")
        except ValueError:
            raise ValidationError('It is not a plain decimal written as text, such as "84.5".') from None


class Choice(fields.String):
    """One of some words."""

    default_error_messages = {"invalid": "It is not text; write it in quotation marks."}  # noqa: RUF012 - as the library has it

    def __init__(self, words: Any, **kwargs: Any) -> None:
        super().__init__(validate=OneOf(list(words), error="It is none of the words allowed."), **kwargs)


class Several(fields.List[Any]):
    """A list of at least one and at most some values."""

    default_error_messages = {"invalid": "It is not a list."}  # noqa: RUF012 - as the library has it

    def __init__(self, inside: Any, most: int = 100, **kwargs: Any) -> None:
        size = Length(min=1, max=most, error=f"It may hold 1 to {most:,} values.")
        super().__init__(inside, validate=size, **kwargs)


class Body(Schema):
    """What is sent: no field that is not known, and none that is null; what is not needed is left out.

    `one_of` names fields of which exactly one is sent, `any_of` those of which one at least is.
    """

    one_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()

    error_messages = UNKNOWN

    class Meta:
        """Say which fields are refused: all that are not declared."""

        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Let every field say in our words that it is missing."""
        field_obj.error_messages.update(MESSAGES)

    @validates_schema(skip_on_field_errors=False)
    def require_alternatives(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse what names none, or several, of fields that stand for one another."""
        sent = [name for name in self.one_of if name in given]
        if self.one_of and len(sent) != 1:
            words = f"Give exactly one of {', '.join(self.one_of)}."
            raise ValidationError({name: [words] for name in sent or self.one_of[:1]})
        if self.any_of and not any(name in given for name in self.any_of):
            raise ValidationError({self.any_of[0]: [f"Give one of {', '.join(self.any_of)}."]})

    @post_load
    def complete(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Give every field a value, null where nothing was sent."""
        return {name: given.get(name) for name in self.fields}


class Asked(Body):
    """What an address asks after its question mark."""


class Nothing(Asked):
    """Nothing can be asked here."""


class NoBody(Body):
    """An object that holds nothing."""
