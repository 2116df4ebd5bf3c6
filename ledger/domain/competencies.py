"""One edition of a framework of competencies, whole, and the questions asked of it.

Members a file had and this model does not name stand in `extra` as canonical JSON text, so nothing
is lost on the way in. A reworded competency keeps its id; a code is a label and never a key.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

import msgspec

from ledger import values
from ledger.domain.shapes import Shape

CHILD = "child"
PREREQUISITE = "prerequisite"
SAME_AS = "same_as"
REPLACED_BY = "replaced_by"


class Competency(Shape, frozen=True, kw_only=True):
    """One item of a framework.

    `id` is a UUID: the CASE identifier, or one derived from the framework and `local`, the id a
    plain file gave. `retired` is the day from which it is no longer taught.
    """

    id: str
    statement: str
    label: str
    code: str | None = None
    kind: str | None = None
    grades: tuple[str, ...] = ()
    language: str | None = None
    list_enumeration: str | None = None
    retired: str | None = None
    uri: str | None = None
    local: str | None = None
    extra: str | None = None


class Link(Shape, frozen=True, kw_only=True):
    """One association: a `child` points to its parent, a `prerequisite` to what it comes before.

    Other kinds: `same_as`, `replaced_by`, `related`, `part`, `peer`, `exemplar`, `translation`,
    `level`, or the name of an extension. Ends outside the edition are ids or URIs of other frameworks.
    """

    kind: str
    origin: str
    destination: str
    sequence: int | None = None
    identifier: str | None = None
    extra: str | None = None


class CriterionLevel(Shape, frozen=True, kw_only=True):
    """One level of a rubric's criterion: its label, exact decimal value where given, and description."""

    label: str
    value: str | None = None
    description: str | None = None
    identifier: str | None = None
    extra: str | None = None


class Criterion(Shape, frozen=True, kw_only=True):
    """One row of a rubric, about one competency where it names one; levels in rising order."""

    levels: tuple[CriterionLevel, ...]
    competency: str | None = None
    description: str | None = None
    identifier: str | None = None
    extra: str | None = None


class Rubric(Shape, frozen=True, kw_only=True):
    """A rubric that came with the framework."""

    id: str
    title: str
    criteria: tuple[Criterion, ...] = ()
    extra: str | None = None


class Edition(Shape, frozen=True, kw_only=True):
    """A framework as one file gave it, items and links in the order of the file."""

    framework: str
    title: str
    uri: str | None = None
    creator: str | None = None
    publisher: str | None = None
    language: str | None = None
    licence: str | None = None
    version: str | None = None
    adoption_status: str | None = None
    status_start: str | None = None
    status_end: str | None = None
    last_changed: str | None = None
    case_version: str | None = None
    items: tuple[Competency, ...] = ()
    links: tuple[Link, ...] = ()
    rubrics: tuple[Rubric, ...] = ()
    extra: str | None = None


def content(edition: Edition) -> str:
    """Return the canonical text of an edition; raise `ValueError` where a text has no canonical form."""
    return values.canonical(msgspec.to_builtins(edition)).decode()


def edition_of(text: str) -> Edition:
    """Read an edition back from its canonical text; raise `ValueError` for anything else."""
    return msgspec.json.decode(text, type=Edition)


def edition_digest(edition: Edition) -> str:
    """Return the SHA-256 of the canonical text: the identity of the edition."""
    return values.digest(content(edition).encode())


def kept(members: Mapping[str, Any]) -> str | None:
    """Return members this model does not name as canonical JSON text, null for none."""
    if not members:
        return None
    return json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def edges(edition: Edition, kind: str) -> dict[str, tuple[str, ...]]:
    """Map each competency to those its links of one kind point to, within the edition, each once."""
    inside = {item.id for item in edition.items}
    found: dict[str, dict[str, None]] = {item.id: {} for item in edition.items}
    for link in edition.links:
        if link.kind == kind and link.origin in inside and link.destination in inside:
            found[link.origin][link.destination] = None
    return {origin: tuple(destinations) for origin, destinations in found.items()}


def turned(graph: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the same edges, each the other way round."""
    found: dict[str, list[str]] = {node: [] for node in graph}
    for origin, destinations in graph.items():
        for destination in destinations:
            found[destination].append(origin)
    return {node: tuple(origins) for node, origins in found.items()}


def cycle_of(graph: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return one cycle, each node pointing to the next and the last to the first; empty for none."""
    try:
        TopologicalSorter(turned(graph)).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1][:-1]
        first = cycle.index(min(cycle))
        return tuple(cycle[first:] + cycle[:first])
    return ()


@dataclass(frozen=True, slots=True)
class Outline:
    """An edition made ready for questions: each mapping is by competency id.

    `by_code` holds only codes that one competency alone carries. `rank` orders competencies so that
    each stands after its prerequisites, ties by id.
    """

    edition: Edition
    by_id: Mapping[str, Competency]
    by_code: Mapping[str, Competency]
    prerequisites: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, tuple[str, ...]]
    children: Mapping[str, tuple[str, ...]]
    rank: Mapping[str, int]

    def roots(self) -> tuple[str, ...]:
        """Return the competencies without a parent competency, in order."""
        wanted = [item.id for item in self.edition.items if not self.parents[item.id]]
        return _in_order(self.edition, self.edition.framework, wanted)


def outline(edition: Edition) -> Outline:
    """Make an edition ready for questions; raise `ValueError` where prerequisites go in a circle."""
    parents = edges(edition, CHILD)
    prerequisites = turned(edges(edition, PREREQUISITE))
    children = {parent: _in_order(edition, parent, found) for parent, found in turned(parents).items() if found}
    return Outline(
        edition=edition,
        by_id={item.id: item for item in edition.items},
        by_code=_unique_codes(edition.items),
        prerequisites=prerequisites,
        parents=parents,
        children={item.id: children.get(item.id, ()) for item in edition.items},
        rank=_ranks(prerequisites),
    )


def _unique_codes(items: Iterable[Competency]) -> dict[str, Competency]:
    items = tuple(items)
    times = Counter(item.code for item in items)
    return {item.code: item for item in items if item.code and times[item.code] == 1}


def _ranks(prerequisites: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    sorter = TopologicalSorter(prerequisites)
    ordered: list[str] = []
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        ordered.extend(ready)
        sorter.done(*ready)
    return {identity: rank for rank, identity in enumerate(ordered)}


def _in_order(edition: Edition, parent: str, children: Iterable[str]) -> tuple[str, ...]:
    """Order siblings by sequence number, then list enumeration, code and place in the file."""
    numbers = {
        link.origin: link.sequence
        for link in edition.links
        if link.kind == CHILD and link.destination == parent and link.sequence is not None
    }
    place = {item.id: index for index, item in enumerate(edition.items)}

    def key(identity: str) -> tuple[object, ...]:
        item = edition.items[place[identity]]
        number = numbers.get(identity)
        return (
            number is None,
            number or 0,
            natural(item.list_enumeration),
            natural(item.code),
            place[identity],
        )

    return tuple(sorted(children, key=key))


def natural(text: str | None) -> tuple[tuple[int, str], ...]:
    """Make 2 stand before 10: runs of digits compare by length first."""
    parts: list[str] = []
    for letter in text or "":
        if parts and letter.isdigit() and parts[-1].isdigit():
            parts[-1] += letter
        else:
            parts.append(letter)
    return tuple((len(part), part) for part in parts)


def references(edition: Edition) -> dict[str, tuple[Competency, ...]]:
    """Map every text a file may name a competency by to those it may mean.

    An id, `urn:uuid:` and the id, or a URI means one competency; the id of a plain file and a code
    may be shared.
    """
    exact: dict[str, tuple[Competency, ...]] = {}
    shared: defaultdict[str, dict[str, Competency]] = defaultdict(dict)
    for item in edition.items:
        for name in filter(None, (item.id, f"urn:uuid:{item.id}", item.uri)):
            exact[name] = (item,)
        for name in filter(None, (item.local, item.code)):
            shared[name][item.id] = item
    return {name: tuple(found.values()) for name, found in shared.items()} | exact
