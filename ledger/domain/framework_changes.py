"""What one edition of a framework changed against another. Nothing is rewritten: decisions keep citing theirs."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import msgspec

from ledger.domain.competencies import (
    CHILD,
    PREREQUISITE,
    REPLACED_BY,
    Competency,
    Edition,
    Link,
    edges,
    outline,
    turned,
)

Pair = tuple[str, str]
_OWN_KIND = {"id", "statement", "code", "retired"}
_PARTS = {"items", "links", "rubrics"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed, as competency ids in the order of the newer edition (removed: of the older).

    `new_prerequisites` and `dropped_prerequisites` are pairs of a competency and its prerequisite,
    `replaced` of a competency and its successor. `reordered` are parents (the framework itself for
    its roots) whose common children stand in another order. `details` are changes in any other member;
    `links` counts links of other kinds that came or went; `framework` names members of the
    framework itself that changed.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    recoded: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    reinstated: tuple[str, ...] = ()
    re_parented: tuple[str, ...] = ()
    reordered: tuple[str, ...] = ()
    new_prerequisites: tuple[Pair, ...] = ()
    dropped_prerequisites: tuple[Pair, ...] = ()
    replaced: tuple[Pair, ...] = ()
    details: tuple[str, ...] = ()
    links: int = 0
    framework: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def difference(old: Edition, new: Edition) -> Difference:
    """Say what `new` changed against `old`; the place of an item in the file is no change by itself."""
    before = {item.id: item for item in old.items}
    after = {item.id: item for item in new.items}
    both = [(before[identity], item) for identity, item in after.items() if identity in before]
    waits_before, waits_after = _prerequisites(old), _prerequisites(new)
    return Difference(
        added=tuple(identity for identity in after if identity not in before),
        removed=tuple(identity for identity in before if identity not in after),
        reworded=_where(both, "statement"),
        recoded=_where(both, "code"),
        retired=tuple(then.id for first, then in both if then.retired and not first.retired),
        reinstated=tuple(then.id for first, then in both if first.retired and not then.retired),
        re_parented=_re_parented(old, new),
        reordered=_reordered(old, new),
        new_prerequisites=tuple(pair for pair in waits_after if pair not in waits_before),
        dropped_prerequisites=tuple(pair for pair in waits_before if pair not in waits_after),
        replaced=tuple(pair for pair in _replaced(new) if pair not in _replaced(old)),
        details=_details(both),
        links=len(_other_links(old) ^ _other_links(new)),
        framework=_framework(old, new),
    )


def _where(pairs: Iterable[tuple[Competency, Competency]], name: str) -> tuple[str, ...]:
    return tuple(then.id for first, then in pairs if getattr(first, name) != getattr(then, name))


def _details(pairs: Iterable[tuple[Competency, Competency]]) -> tuple[str, ...]:
    names = [name for name in Competency.__struct_fields__ if name not in _OWN_KIND]
    return tuple(
        then.id
        for first, then in pairs
        if any(getattr(first, name) != getattr(then, name) for name in names)
        or (first.retired and then.retired and first.retired != then.retired)
    )


def _re_parented(old: Edition, new: Edition) -> tuple[str, ...]:
    before, after = edges(old, CHILD), edges(new, CHILD)
    return tuple(
        identity for identity, parents in after.items() if identity in before and set(parents) != set(before[identity])
    )


def _reordered(old: Edition, new: Edition) -> tuple[str, ...]:
    before, after = _siblings(old), _siblings(new)
    return tuple(parent for parent in after if _common(before, after, parent) != _common(after, before, parent))


def _siblings(edition: Edition) -> dict[str, tuple[str, ...]]:
    ready = outline(edition)
    return {edition.framework: ready.roots(), **ready.children}


def _common(these: dict[str, tuple[str, ...]], those: dict[str, tuple[str, ...]], parent: str) -> list[str]:
    others = set(those.get(parent, ()))
    return [child for child in these.get(parent, ()) if child in others]


def _prerequisites(edition: Edition) -> dict[Pair, None]:
    graph = turned(edges(edition, PREREQUISITE))
    return {(identity, first): None for identity, found in graph.items() for first in found}


def _replaced(edition: Edition) -> dict[Pair, None]:
    return {(link.origin, link.destination): None for link in edition.links if link.kind == REPLACED_BY}


def _other_links(edition: Edition) -> set[tuple[str, str, str]]:
    named = {CHILD, PREREQUISITE, REPLACED_BY}
    return {_ends(link) for link in edition.links if link.kind not in named}


def _ends(link: Link) -> tuple[str, str, str]:
    return (link.kind, link.origin, link.destination)


def _framework(old: Edition, new: Edition) -> tuple[str, ...]:
    changed = [
        name for name in Edition.__struct_fields__ if name not in _PARTS and getattr(old, name) != getattr(new, name)
    ]
    if msgspec.to_builtins(old.rubrics) != msgspec.to_builtins(new.rubrics):
        changed.append("rubrics")
    return tuple(changed)
