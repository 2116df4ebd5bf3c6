"""Two rules in plain words side by side, line by line, with what differs marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from ledger.policy.plain import Outline, PolicyWords

SideState = Literal["same", "changed", "gone", "new"]

_WORD = re.compile(r"\s+|[^\s]+")

ALIKE = 55
"""Percent of their letters that two lines share, for one to be what became of the other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; `differs` says that the other side does not say it."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of a rule: how deep it stands, its number, what it says, and where that comes from."""

    depth: int
    mark: str
    pieces: tuple[Piece, ...]
    cites: str = ""

    @property
    def text(self) -> str:
        """Return what it says, whole."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class LinePair:
    """A line before and after; null where there is none on that side."""

    state: SideState
    before: RuleLine | None
    after: RuleLine | None


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A stage of a rule, such as "Who may ask", with its lines in order."""

    heading: str
    lines: tuple[LinePair, ...]

    @property
    def differs(self) -> bool:
        """Say whether any of its lines does."""
        return any(pair.state != "same" for pair in self.lines)


def side_by_side(before: PolicyWords | None, after: PolicyWords | None) -> tuple[SectionPair, ...]:
    """Return two rules stage by stage; one that is null has no lines."""
    one, other = dict(_sections(before)), dict(_sections(after))
    headings = [name for name in HEADINGS if name in one or name in other]
    return tuple(SectionPair(name, tuple(_paired(one.get(name, []), other.get(name, [])))) for name in headings)


HEADINGS = ("Whom it is about", "Who may ask", "What it takes", "What it gives")

_Flat = tuple[str, RuleLine]


def _sections(words: PolicyWords | None) -> Iterator[tuple[str, list[_Flat]]]:
    if words is None:
        return
    for heading, part in zip(HEADINGS, (words.applies, words.eligible, words.requires), strict=False):
        if part is not None:
            yield heading, list(_flat(part, 0))
    if words.gives:
        yield HEADINGS[3], [(line, RuleLine(0, "", (Piece(line),))) for line in words.gives]


def _flat(part: Outline, depth: int) -> Iterator[_Flat]:
    yield part.clause or part.text, RuleLine(depth, part.mark, (Piece(part.text),), part.cites)
    for below in part.parts:
        yield from _flat(below, depth + 1)


def _paired(one: list[_Flat], other: list[_Flat]) -> Iterator[LinePair]:
    matcher = SequenceMatcher(None, [key for key, _ in one], [key for key, _ in other], autojunk=False)
    for what, first, last, start, end in matcher.get_opcodes():
        befores, afters = [line for _, line in one[first:last]], [line for _, line in other[start:end]]
        if what == "equal":
            yield from (_pair(before, after) for before, after in zip(befores, afters, strict=True))
        else:
            yield from _replaced(befores, afters)


def _replaced(befores: list[RuleLine], afters: list[RuleLine]) -> Iterator[LinePair]:
    """Pair lines that are alike, in order; the others went, or came."""
    likes = ((i, j) for j, after in enumerate(afters) for i, before in enumerate(befores) if _alike(before, after))
    one, other = next(likes, (len(befores), len(afters)))
    yield from (LinePair("gone", _whole(before), None) for before in befores[:one])
    yield from (LinePair("new", None, _whole(after)) for after in afters[:other])
    if one < len(befores):
        yield _pair(befores[one], afters[other])
        yield from _replaced(befores[one + 1 :], afters[other + 1 :])


def _alike(one: RuleLine, other: RuleLine) -> bool:
    return SequenceMatcher(None, one.text, other.text, autojunk=False).ratio() * 100 > ALIKE


def _whole(line: RuleLine) -> RuleLine:
    return replace(line, pieces=(Piece(line.text, differs=True),))


def _pair(before: RuleLine, after: RuleLine) -> LinePair:
    """Mark in two lines the words that only one of them has."""
    if before.text == after.text:
        return LinePair("same", before, after)
    ours, theirs = _words(before.text), _words(after.text)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    one: list[Piece] = []
    other: list[Piece] = []
    for what, first, last, start, end in matcher.get_opcodes():
        one += [Piece("".join(ours[first:last]), what != "equal")] if last > first else []
        other += [Piece("".join(theirs[start:end]), what != "equal")] if end > start else []
    return LinePair("changed", replace(before, pieces=tuple(one)), replace(after, pieces=tuple(other)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
