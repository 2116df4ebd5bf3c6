"""Charts drawn on the server as SVG; the page always shows the same numbers as a table beside them.

Lengths are shares of the width, so that a chart fits any screen and its words keep their size.
Every part carries a mark besides its colour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

HEIGHT = 28
BASELINE = 19
NARROWEST_WITH_WORDS = Fraction(9, 100)
"""The share of the width below which a part's mark and number do not fit."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: its tone (a class of the style sheet), its mark, its words and how many."""

    tone: str
    mark: str
    words: str
    count: int


def share(count: int, total: int) -> str:
    """Write a part of a whole as percent, half up, one decimal: "63.2 %"; "0 %" of nothing."""
    if not total:
        return "0 %"
    tenths = (Fraction(count * 1000, total) + Fraction(1, 2)).__floor__()
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth} %" if tenth else f"{whole} %"


def bar(parts: Sequence[Part], about: str) -> Markup:
    """Draw a whole divided into parts; `about` says what is divided, for those who hear it."""
    total = sum(part.count for part in parts)
    words = ", ".join(f"{part.count:,} {part.words}" for part in parts if part.count) or "nothing yet"
    drawn = Markup("").join(_parts(parts, total, NARROWEST_WITH_WORDS))
    return Markup(
        '<svg class="chart" width="100%" height="{height}" role="img" aria-label="{label}">'
        '<rect class="track" width="100%" height="{height}" rx="4"/>{drawn}</svg>'
    ).format(height=HEIGHT, label=f"{about}: {words}", drawn=drawn)


def mini(parts: Sequence[Part]) -> Markup:
    """Draw a whole divided into parts, without words: for a table that gives the numbers in the same row."""
    total = sum(part.count for part in parts)
    drawn = Markup("").join(_parts(parts, total, narrowest=None))
    return Markup('<svg class="chart mini" height="{height}" aria-hidden="true">{drawn}</svg>').format(
        height=HEIGHT, drawn=drawn
    )


def _parts(parts: Sequence[Part], total: int, narrowest: Fraction | None) -> Iterator[Markup]:
    before = 0
    for part in parts:
        if part.count:
            width = Fraction(part.count, total)
            yield _part(part, Fraction(before, total), width, narrowest is not None and width >= narrowest)
            before += part.count


def _part(part: Part, start: Fraction, width: Fraction, has_words: bool) -> Markup:
    drawn = Markup('<rect class="{tone}" x="{x}" width="{width}" height="{height}"/>').format(
        tone=part.tone, x=_percent(start), width=_percent(width), height=HEIGHT
    )
    if not has_words:
        return drawn
    return drawn + Markup('<text class="{tone}" x="{x}" y="{y}" text-anchor="middle">{words}</text>').format(
        tone=part.tone, x=_percent(start + width / 2), y=BASELINE, words=f"{part.mark} {part.count:,}"
    )


def _percent(part: Fraction) -> str:
    hundredths = (part * 10000).__floor__()
    return f"{hundredths // 100}.{hundredths % 100:02}%"
