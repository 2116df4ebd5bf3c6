"""TOML read exactly: no floating-point numbers, and members taken from its tables one by one."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger import values
from ledger.interchange import sentences
from ledger.interchange.csv_text import clean
from ledger.interchange.report import Report


@dataclass(frozen=True, slots=True)
class _Inexact:
    text: str


def parsed_toml(data: bytes, report: Report) -> dict[str, Any]:
    """Return a TOML document; empty, and a fault in the report, where it cannot be read."""
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"), parse_float=_Inexact)
    except UnicodeDecodeError as error:
        byte = error.start
        report.fault(sentences.NOT_UTF_8_AT.format(byte=byte + 1, value=data[byte]))
    except (ValueError, RecursionError) as error:
        report.fault(sentences.NOT_TOML.format(reason=error))
    return {}


class Table:
    """One table: keys are taken by name, and what is left at the end is a fault."""

    def __init__(self, found: Any, pointer: str, report: Report) -> None:
        """Begin with all keys; a value that is no table is one fault, and what it lacks is none."""
        if not isinstance(found, dict):
            report.fault(sentences.NOT_A_TABLE, pointer=pointer)
            found, report = {}, Report(report.file)
        self._left: dict[str, Any] = dict(found)
        self._known: list[str] = []
        self.pointer = pointer
        self.report = report

    def at(self, name: str) -> str:
        """Return the pointer of a key."""
        return f"{self.pointer}/{name}"

    def fault(self, name: str, why: str) -> None:
        """Note a fault of one key."""
        self.report.fault(why, pointer=self.at(name))

    def take(self, name: str) -> Any:
        """Take a value as it is; null where absent."""
        self._known.append(name)
        return self._left.pop(name, None)

    def names(self) -> tuple[str, ...]:
        """Return the keys nobody took yet."""
        return tuple(self._left)

    def text(self, name: str, *, needed: bool = False) -> str | None:
        """Take a text, or a whole number or day as its text; null where absent or wrong."""
        value = self.take(name)
        if value is None or value == "":
            if needed:
                self.fault(name, sentences.MISSING_KEY.format(name=name))
            return None
        return text_of(value, self.at(name), self.report)

    def decimal(self, name: str) -> str | None:
        """Take a needed exact decimal, as text or a whole number; null where absent or wrong."""
        text = self.text(name, needed=True)
        try:
            return None if text is None else values.decimal_text(text)
        except ValueError as error:
            self.fault(name, str(error))
        return None

    def day(self, name: str, *, needed: bool = False) -> str | None:
        """Take a calendar day; null where absent or wrong."""
        text = self.text(name, needed=needed)
        if text is None:
            return None
        if is_day(text):
            return text
        self.fault(name, sentences.NOT_A_DAY.format(text=text))
        return None

    def tables(self, name: str) -> "list[Table]":
        """Take a list of tables, written `[[name]]`."""
        found = self.take(name)
        if found is None:
            return []
        if not isinstance(found, list):
            self.fault(name, sentences.NOT_TABLES.format(name=name))
            return []
        return [Table(part, f"{self.at(name)}/{index}", self.report) for index, part in enumerate(found)]

    def table(self, name: str) -> "Table":
        """Take a table; an empty one where absent."""
        found = self.take(name)
        return Table({} if found is None else found, self.at(name), self.report)

    def done(self) -> None:
        """Note a fault for each key nobody asked for."""
        for name in self._left:
            allowed = ", ".join(self._known)
            self.fault(name, sentences.UNKNOWN_KEY.format(name=name, allowed=allowed))


def text_of(value: Any, pointer: str, report: Report) -> str | None:
    """Return a TOML text, whole number, true, false or day as text; else a fault and null."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, _Inexact):
        report.fault(sentences.FLOAT.format(text=value.text), pointer=pointer)
    else:
        report.fault(sentences.NOT_TEXT.format(found=kind_of(value)), pointer=pointer)
    return None


def kind_of(value: Any) -> str:
    """Name the kind of a TOML value for a sentence."""
    for kind, word in ((str, "text"), (bool, "true or false"), (list, "a list"), (dict, "a table")):
        if isinstance(value, kind):
            return word
    return "a number" if isinstance(value, int | _Inexact) else "a time"


def is_day(text: str) -> bool:
    """Say whether text is a day of the calendar in ISO form."""
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def texts_of(found: list[Any], pointer: str, report: Report) -> tuple[str, ...]:
    """Return the texts of a list; a fault for each part that is none."""
    parts = (text_of(part, f"{pointer}/{index}", report) for index, part in enumerate(found))
    return tuple(part for part in parts if part)
