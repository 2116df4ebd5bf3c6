"""Where a rule or a number comes from, and how sure we are of it."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Confidence(StrEnum):
    """How a source was read."""

    VERBATIM = "V"
    """The text of the rule, or the issuing agency's own page, was read."""

    SECONDARY = "S"
    """Read in a summary, in a district's policy or in the news."""

    MEMORY = "M"
    """Believed, not seen: shown as unverified wherever it is used."""

    V = "V"
    S = "S"
    M = "M"


@dataclass(frozen=True, slots=True)
class Citation:
    """An instrument and a place in it: `TAC["(c)"]` and `TAC("(c)")` name an anchor inside `TAC`."""

    instrument: str
    anchor: str = ""
    confidence: Confidence = Confidence.MEMORY

    def __getitem__(self, anchor: str) -> "Citation":
        if not isinstance(anchor, str):  # also ends an attempt to iterate
            raise TypeError(f"{anchor!r} is not an anchor: write it as text, such as TAC['(c)'].")
        return replace(self, anchor=self.anchor + anchor)

    def __call__(self, anchor: str) -> "Citation":
        """Name a place in the instrument."""
        return self[anchor]

    def __str__(self) -> str:
        return self.instrument + self.anchor
