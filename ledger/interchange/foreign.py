"""Foreign JSON made fit for canonical text, and members taken from its objects one by one."""

import re
import unicodedata
from typing import Any

from ledger import values
from ledger.domain.competencies import kept
from ledger.interchange import sentences
from ledger.interchange.report import Report

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WORDS = {bool: "true or false", int: "a number", str: "text", list: "a list", dict: "an object"}


def parsed(data: bytes, report: Report) -> Any:
    """Return JSON as plain values with text in NFC; null, and faults in the report, where it is broken.

    Numbers with a fraction, and whole numbers beyond 2^53, are kept as their own text.
    """
    try:
        value = values.parse_foreign_json(data)
    except UnicodeDecodeError as error:
        byte = error.start
        report.fault(sentences.NOT_UTF_8_AT.format(byte=byte + 1, value=data[byte]))
        return None
    except ValueError as error:
        report.fault(sentences.NOT_JSON.format(reason=error))
        return None
    return _fit(value, "", 0, report)


def _fit(value: Any, pointer: str, depth: int, report: Report) -> Any:
    if depth > values.DEEPEST:
        report.fault(sentences.TOO_DEEP.format(deepest=values.DEEPEST), pointer=pointer)
        return None
    if isinstance(value, str):
        return _fit_text(value, pointer, report)
    if isinstance(value, list):
        return [_fit(part, f"{pointer}/{index}", depth + 1, report) for index, part in enumerate(value)]
    if isinstance(value, dict):
        return {
            _fit_text(name, pointer, report): _fit(part, f"{pointer}/{escaped(name)}", depth + 1, report)
            for name, part in value.items()
        }
    if isinstance(value, int) and abs(value) > values.LARGEST_INTEGER:
        return str(value)
    return value


def _fit_text(text: str, pointer: str, report: Report) -> str:
    if text.isascii():
        return text
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        report.fault(sentences.SURROGATE, pointer=pointer.encode("utf-8", "replace").decode())
    return unicodedata.normalize("NFC", text)


def escaped(name: str) -> str:
    """Write a member's name as a step of an RFC 6901 pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def described(value: object) -> str:
    """Name the kind of a JSON value for a sentence."""
    return "null" if value is None else _WORDS.get(type(value), type(value).__name__)


def lowered(text: str, pointer: str, report: Report) -> str:
    """Return a UUID in lower case, with a warning where it was not; other text as it is."""
    if not _UUID.fullmatch(text) or text == text.lower():
        return text
    report.warn(sentences.UPPER_CASE, pointer=pointer, text=text)
    return text.lower()


class Members:
    """One foreign object: members are taken by name, and what is left is kept as it is."""

    def __init__(self, value: object, pointer: str, report: Report) -> None:
        """Begin with all members; a value that is no object is one fault, and what it lacks is none."""
        if not isinstance(value, dict):
            report.fault(sentences.NOT_AN_OBJECT.format(found=described(value)), pointer=pointer)
            value, report = {}, Report(report.file)
        self._left: dict[str, Any] = dict(value)
        self.pointer = pointer
        self.report = report

    def at(self, name: str) -> str:
        """Return the pointer of a member."""
        return f"{self.pointer}/{escaped(name)}"

    def has(self, name: str) -> bool:
        """Say whether a member is there and not null."""
        return self._left.get(name) is not None

    def peek(self, name: str) -> Any:
        """Return a member without taking it; null where absent."""
        return self._left.get(name)

    def text(self, name: str) -> str | None:
        """Take a text; null where absent or blank."""
        value = self._left.pop(name, None)
        if value is None:
            return None
        if not isinstance(value, str):
            self.report.fault(sentences.NOT_TEXT.format(found=described(value)), pointer=self.at(name))
            return None
        return value if value.strip() else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Take a list of texts, or one text as a list of one."""
        value = self._left.get(name)
        if isinstance(value, str):
            self._left[name] = value = [value]
        found = self.list(name)
        for index, part in enumerate(found):
            if not isinstance(part, str):
                where = f"{self.at(name)}/{index}"
                self.report.fault(sentences.NOT_TEXT.format(found=described(part)), pointer=where)
        return tuple(part for part in found if isinstance(part, str))

    def list(self, name: str) -> list[Any]:
        """Take a list; empty where absent."""
        value = self._left.pop(name, None)
        if value is None:
            return []
        if not isinstance(value, list):
            self.report.fault(sentences.NOT_A_LIST.format(found=described(value)), pointer=self.at(name))
            return []
        return value

    def identity(self) -> str:
        """Take the identifier, a UUID; a missing or other one is a fault and counts as empty."""
        text = self.text("identifier")
        where = self.at("identifier")
        if text is None:
            self.report.fault(sentences.NO_IDENTIFIER, pointer=where)
        elif not _UUID.fullmatch(text):
            self.report.fault(sentences.NOT_A_UUID.format(text=text[:60]), pointer=where)
        else:
            return lowered(text, where, self.report)
        return ""

    def node(self, name: str) -> str | None:
        """Take the identifier of a linked node, else look at its URI; the rest of the node stays."""
        if not self.has(name):
            return None
        node = Members(self._left[name], self.at(name), self.report)
        found = node.text("identifier")
        self._left[name] = node.left()
        return lowered(found, self.at(name), self.report) if found else self.node_uri(name)

    def node_uri(self, name: str) -> str | None:
        """Look at the URI of a linked node without taking it."""
        node = self._left.get(name)
        uri = node.get("uri") if isinstance(node, dict) else None
        return uri if isinstance(uri, str) and uri else None

    def take(self, name: str) -> Any:
        """Take a member as it is; null where absent."""
        return self._left.pop(name, None)

    def left(self) -> dict[str, Any]:
        """Return the members nobody took."""
        return dict(self._left)

    def extra(self) -> str | None:
        """Return the members nobody took as canonical JSON text, null for none."""
        return kept(self._left)
