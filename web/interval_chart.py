"""A row of a dot plot, drawn on the server: where a figure lies, and how far its 95 % interval reaches.

The number and the ends of the interval stand in the same row of the table, so the drawing itself is
hidden from those who hear the page.
"""

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

HEIGHT = 26
MIDDLE = 13


@dataclass(frozen=True, slots=True)
class Reach:
    """A figure with the ends of its interval, as exact numbers (2.5, 7/3); the ends are null where there is none."""

    value: str
    low: str | None
    high: str | None


def dot(reach: Reach, tone: str, end: str) -> Markup:
    """Draw a figure on a scale from 0 to `end`; the tone is a class of the style sheet."""
    drawn = Markup('<line class="axis" x1="0" x2="100%" y1="{y}" y2="{y}"/>').format(y=MIDDLE)
    if reach.low is not None and reach.high is not None:
        drawn += Markup('<rect class="{tone} reach" x="{x}" width="{width}" y="{y}" height="8" rx="2"/>').format(
            tone=tone,
            x=_place(reach.low, end),
            width=_percent(_share(reach.high, end) - _share(reach.low, end)),
            y=MIDDLE - 4,
        )
    drawn += Markup('<circle class="{tone}" cx="{x}" cy="{y}" r="4"/>').format(
        tone=tone, x=_place(reach.value, end), y=MIDDLE
    )
    return Markup('<svg class="chart dots" width="100%" height="{height}" aria-hidden="true">{drawn}</svg>').format(
        height=HEIGHT, drawn=drawn
    )


def percent(share: str) -> str:
    """Write a share as percent with one decimal, half up: 0.6325 is "63.3 %"."""
    tenths = (Fraction(share) * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"


def _share(value: str, end: str) -> Fraction:
    whole = Fraction(end)
    return min(max(Fraction(value) / whole, Fraction(0)), Fraction(1)) if whole else Fraction(0)


def _place(value: str, end: str) -> str:
    """Return the place of a value, kept a little inside, so that no dot is cut in half."""
    return _percent(Fraction(2, 100) + _share(value, end) * Fraction(96, 100))


def _percent(part: Fraction) -> str:
    hundredths = (part * 10000).__floor__()
    return f"{hundredths // 100}.{hundredths % 100:02}%"
