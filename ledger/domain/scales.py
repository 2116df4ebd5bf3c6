"""Scales: the digest that names an edition of one, and those that come with a framework's rubrics."""

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from ledger import values
from ledger.domain.competencies import Criterion, Edition
from ledger.domain.framework import Band, Level, ScaleDefined

Ladder = tuple[Level, ...]


def scale_defined(scale: str, title: str, levels: Iterable[Level], bands: Iterable[Band] = ()) -> ScaleDefined:
    """Return the edition of a scale with its digest: SHA-256 of its canonical content without the digest."""
    bare = ScaleDefined(scale=scale, title=title, digest="", levels=tuple(levels), bands=tuple(bands))
    members = msgspec.to_builtins(bare)
    del members["digest"]
    return msgspec.structs.replace(bare, digest=values.digest(values.canonical(members)))


def scales(edition: Edition) -> tuple[ScaleDefined, ...]:
    """Return each distinct ladder of levels found in a framework's rubrics, in order of appearance.

    A criterion whose levels do not rise, or lack values, gives none: its rubric is kept as text.
    """
    found: dict[Ladder, str] = {}
    for rubric in edition.rubrics:
        for criterion in rubric.criteria:
            ladder = _ladder(criterion)
            if ladder:
                found.setdefault(ladder, rubric.title)
    only = len(found) == 1
    return tuple(
        scale_defined(_name(edition, ladder), edition.title if only else title, ladder)
        for ladder, title in found.items()
    )


def _ladder(criterion: Criterion) -> Ladder:
    levels = tuple(Level(label=level.label, value=level.value) for level in criterion.levels if level.value is not None)
    numbers = [values.exact(level.value) for level in levels]
    rising = all(low < high for low, high in pairwise(numbers))
    labels = {level.label for level in levels}
    whole = len(levels) == len(criterion.levels) == len(labels) > 1
    return levels if rising and whole else ()


def _name(edition: Edition, ladder: Ladder) -> str:
    parts = [part for level in ladder for part in (level.label, level.value)]
    return values.identifier("scale", edition.framework, *parts)
