"""Reading the fields in which a clause of one's own is written; everything wrong is collected by its input."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from marshmallow import ValidationError, fields

from ledger.catalogue.writing import Compares, NewClause, NewFact, Place, offered_methods, source
from ledger.facts.methods.base import ArgumentWanted, Method
from ledger.policy.citation import Citation
from ledger.policy.facts import FactType
from ledger.policy.sheet import Value
from web.fields import Codes, Day, Line

MISSING = "It is missing."
NEW = "new"
"""Stands for a fact that the policy does not read yet."""

EXISTING = "fact:"
"""What a choice begins with that names a fact the policy reads already."""

_SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)
_METHODS: Mapping[str, Method] = {one.name: one for one in offered_methods()}


class Reader:
    """Reads the fields of one form, and collects what is wrong with them by the name of the input."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.problems: dict[str, str] = {}

    def slug(self) -> str:
        """Return the name by which a policy is known in its place."""
        text = self.given.get("name", "")
        if not _SLUG.fullmatch(text):
            self.refuse("name", "Give 2 to 40 small letters, digits and hyphens, such as mastery-by-conference.")
        return text

    def line(self, name: str) -> str:
        """Return a text of one line that must be there."""
        return str(self._field(name, Line()) or "")

    def day(self, name: str, otherwise: date) -> date:
        """Return a day that must be there."""
        found = self._field(name, Day())
        return found if isinstance(found, date) else otherwise

    def clause(self, prefix: str) -> NewClause | None:
        """Return a clause, nothing where something is wrong with it."""
        before = len(self.problems)
        place = self._choice(prefix + "place", Place, Place.ALL)
        says, cites = self.line(prefix + "says"), self._cited(prefix)
        step = str(self._field(prefix + "next", Line(), needed=False) or "")
        if place is Place.PERSON:
            body = self.line(prefix + "body")
            found = NewClause(place, says, cites, body=body, next=step)
        else:
            found = self._asking(prefix, NewClause(place, says, cites, next=step))
        return found if len(self.problems) == before else None

    def _asking(self, prefix: str, bare: NewClause) -> NewClause:
        chosen = self.given.get(prefix + "fact", NEW)
        fact = chosen.removeprefix(EXISTING) if chosen.startswith(EXISTING) else self._fact(prefix)
        compares = self._choice(prefix + "compares", Compares, Compares.AT_LEAST)
        value = None if compares is Compares.HOLDS else self._value(prefix + "value")
        return NewClause(bare.place, bare.says, bare.cites, fact, compares, value, next=bare.next)

    def method(self, prefix: str) -> Method:
        """Return the method chosen for a clause, the first where none is."""
        return _METHODS.get(self.given.get(prefix + "method", ""), next(iter(_METHODS.values())))

    def _fact(self, prefix: str) -> NewFact:
        method = self.method(prefix)
        level = self.given.get(prefix + "level")
        return NewFact(
            says=self.line(prefix + "about"),
            method=method.name,
            type=type_of(method, self.given.get(prefix + "compares", "")),
            measure=self.given.get(prefix + "measure", "") or min(method.measures),
            purposes=self._names(prefix + "purposes") or ("summative",),
            kinds=self._names(prefix + "kinds"),
            level=self._number(prefix + "level", level) if level else None,
            arguments=dict(self._arguments(prefix, method)),
        )

    def _arguments(self, prefix: str, method: Method) -> Iterator[tuple[str, Value]]:
        for wanted in method.arguments:
            name = f"{prefix}arg.{wanted.name}"
            text = self.given.get(name, "")
            if text:
                yield wanted.name, self._argument(name, text, wanted)
            elif wanted.default is None:
                self.refuse(name, f"It is missing: {wanted.says}.")

    def _argument(self, name: str, text: str, wanted: ArgumentWanted) -> Value:
        if str in wanted.kinds:
            return text
        if date in wanted.kinds:
            return self.day(name, date.max)
        number = self._number(name, text)
        return int(number) if int in wanted.kinds and number.denominator == 1 else number

    def _value(self, name: str) -> int | Fraction | date | None:
        """Return the value a clause asks for: a day, a whole number, or a decimal."""
        text = self.given.get(name, "")
        if not text:
            self.refuse(name, MISSING)
            return None
        if text.count("-") == 2:
            return self.day(name, date.max)
        return int(text) if _WHOLE.fullmatch(text) and self._counts(name) else self._number(name, text)

    def _counts(self, name: str) -> bool:
        prefix = name.removesuffix("value")
        if self.given.get(prefix + "fact", NEW) != NEW:
            return True
        return type_of(self.method(prefix), "") is FactType.INTEGER

    def _number(self, name: str, text: str) -> Fraction:
        if not _DECIMAL.fullmatch(text):
            self.refuse(name, f"{text[:40]!r} is not a plain decimal such as 2.5.")
            return Fraction(0)
        return Fraction(text)

    def _names(self, name: str) -> tuple[str, ...]:
        return tuple(self._field(name, Codes(), needed=False) or ())

    def _cited(self, prefix: str) -> Citation:
        return source(self.line(prefix + "cites"), read=bool(self.given.get(prefix + "read")))

    def _choice(self, name: str, kind: Any, otherwise: Any) -> Any:
        try:
            return kind(self.given.get(name, otherwise.value))
        except ValueError:
            self.refuse(name, "It is none of those offered.")
            return otherwise

    def _field(self, name: str, kind: fields.Field[Any], *, needed: bool = True) -> Any:
        text = self.given.get(name)
        if text is None:
            if needed:
                self.refuse(name, MISSING)
            return None
        try:
            return kind.deserialize(text)
        except ValidationError as error:
            self.refuse(name, str(error.messages[0]))
            return None

    def refuse(self, name: str, said: str) -> None:
        """Note what is wrong with an input; the first sentence stays."""
        self.problems.setdefault(name, said)


def type_of(method: Method, compares: str) -> FactType:
    """Return the type of what a method gives: yes or no where that is asked, else whole before exact numbers."""
    order = [FactType.BOOLEAN] if compares == Compares.HOLDS.value else []
    order += [FactType.DATE, FactType.FRACTION, FactType.INTEGER, FactType.BOOLEAN]
    if FactType.FRACTION in method.types and not {"level", "percent"} & method.measures:
        order = [FactType.INTEGER, *order]
    return next(one for one in order if one in method.types)
