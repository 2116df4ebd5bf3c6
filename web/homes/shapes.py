"""A card of the home page, and a line on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits or happened: a number or a word that leads to what is behind it, and what it is.

    `tone` goes with a mark: good, open, ask, bad or none.
    """

    figure: str
    words: str
    address: str
    tone: str = "none"
    note: str = ""


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A card: its title, its lines, and what it says where there are none; `more` is a label and an address."""

    title: str
    items: tuple[Waiting, ...]
    nothing: str = ""
    more: tuple[str, str] | None = None
