"""What a file and a ledger do not agree on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "credit-without-decision",
    "decision-without-credit",
    "other-amount",
    "earned-too-early",
    "not-in-ledger",
    "not-on-roster",
    "other-days",
    "other-grade",
]

Identities = Mapping[str, str]
"""The pseudonym of each learner a file names, by the id it has there; who is not known here is left out."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing on which they differ: the line of the file and the position in the ledger, null where it has none.

    `learner` is a pseudonym, null where the ledger does not know the learner.
    """

    kind: Kind
    line: int | None
    position: int | None
    learner: str | None
    sentence: str
