"""The frameworks a ledger holds, as they stood: the one asked about, and those beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ledger.application.frameworks import framework_named, titles
from ledger.domain.aligned import alignments
from ledger.domain.competencies import Outline
from ledger.domain.governance import Governance
from ledger.errors import UnknownName, UsageError


@dataclass(frozen=True, slots=True)
class Side:
    """A framework as it stood: its id, its title, the digest of the edition held, and what that holds."""

    framework: str
    title: str
    edition: str
    outline: Outline

    def is_standard(self, identity: str, day: str) -> bool:
        """Say whether a competency has none below it and is still taught on a day."""
        retired = self.outline.by_id[identity].retired
        return not self.outline.children[identity] and (retired is None or retired > day)

    def standards(self, day: str) -> tuple[str, ...]:
        """Return the standards of a day, in the order of the framework."""
        return tuple(one for one in walked(self.outline) if self.is_standard(one, day))

    def above(self, identity: str) -> tuple[str, ...]:
        """Return the labels above a competency, the topmost first."""
        found: list[str] = []
        while parents := self.outline.parents[identity]:
            identity = parents[0]
            item = self.outline.by_id[identity]
            found.insert(0, " ".join(filter(None, (item.code, item.label))))
        return tuple(found)


def walked(outline: Outline) -> Iterator[str]:
    """Return every competency once, each after what stands above it, siblings in their order."""
    passed, waiting = set[str](), list(reversed(outline.roots()))
    while waiting:
        one = waiting.pop()
        if one not in passed:
            passed.add(one)
            yield one
            waiting.extend(reversed(outline.children[one]))


def sides_of(governance: Governance, read_to: int) -> dict[str, Side]:
    """Return the frameworks held at a position, by id."""
    held, named = governance.current_editions(read_to), titles(governance, read_to)
    return {one: Side(one, named[one], held[one], governance.outline(held[one])) for one in held}


def chosen_framework(governance: Governance, framework: str | None, read_to: int) -> str:
    """Return the framework meant: the only one something is aligned to, or the only one there is, where none is named.

    Raises `UnknownName` or `UsageError` where that is none.
    """
    if framework is not None:
        return framework_named(governance, framework, read_to)
    held = titles(governance, read_to)
    aligned_to = dict.fromkeys(one.said.to_framework for one in alignments(governance, read_to))
    candidates = [one for one in aligned_to if one in held] or list(held)
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        raise UnknownName("no framework is held here; bring one in with `mastery import framework`")
    raise UsageError(f"name one framework with --framework: {'; '.join(held[one] for one in candidates)}")


def beside(governance: Governance, sides: Mapping[str, Side], chosen: Side, read_to: int) -> list[Side]:
    """Return the frameworks beside it: those ever aligned to it, and one's own where it came from above."""
    found = {one.said.framework for one in alignments(governance, read_to) if one.said.to_framework == chosen.framework}
    here = {one for one, placed in governance.editions.items() if placed[0].upstream is None}
    if chosen.framework not in here:
        found |= here
    return [side for one, side in sides.items() if one in found - {chosen.framework}]
