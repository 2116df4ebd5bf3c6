"""Predicted against actual: what a preview said of a change, and what has come of it since it governs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ledger.application.preview_rows import Preview, PreviewRow


class Fate(StrEnum):
    """What came of an answer that a change of rules alters."""

    CAME_TRUE = "came_true"
    """What stands is what was predicted."""

    AWARD_STANDS = "award_stands"
    """The rule says so, and the award goes on standing."""

    SETTLED_OTHERWISE = "settled_otherwise"
    """The rule says so, and a person let the decision stand."""

    OPEN = "open"
    """The rule says so, and nothing was decided or settled yet."""

    NOT_ASKED = "not_asked"
    """No rule answers the question any more; what stood goes on standing."""

    NO_LONGER = "no_longer"
    """What was recorded since has changed the answer."""

    UNPREDICTED = "unpredicted"
    """The rule alters an answer it did not alter when it was previewed."""


@dataclass(frozen=True, slots=True)
class Came:
    """One answer and what came of it; `row` is the predicted one, or the present one of what was not predicted."""

    row: PreviewRow
    fate: Fate
    standing: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every answer predicted or altered, by learner and key."""

    rows: tuple[Came, ...]

    def counts(self) -> Mapping[Fate, int]:
        """Return how many answers came to what; every fate is named."""
        counted = Counter(one.fate for one in self.rows)
        return {fate: counted[fate] for fate in Fate}


def compared(predicted: Preview, now: Preview) -> Comparison:
    """Hold what was predicted against what there is.

    `now` is the preview of the same change and day worked out at the present position with the rules as
    they were read for `predicted`.
    """
    present = {row.key: row for row in now.rows}
    before = {row.key for row in predicted.rows}
    rows = [_came(row, present.get(row.key), predicted.read_to) for row in predicted.rows]
    rows += [Came(row, Fate.UNPREDICTED, row.standing) for row in now.rows if row.key not in before]
    return Comparison(tuple(sorted(rows, key=lambda one: one.row.key)))


def _came(row: PreviewRow, present: PreviewRow | None, read_to: int) -> Came:
    if present is None or present.supposed.effect != row.supposed.effect:
        return Came(row, Fate.NO_LONGER, present.standing if present else None)
    return Came(row, _fate(present, read_to), present.standing)


def _fate(present: PreviewRow, read_to: int) -> Fate:
    if present.stands:
        return Fate.CAME_TRUE
    if present.settled is not None and (present.settled > read_to or present.settled == present.supposed.adoption):
        return Fate.SETTLED_OTHERWISE
    if present.awarded:
        return Fate.AWARD_STANDS
    return Fate.OPEN if present.supposed.outcome is not None else Fate.NOT_ASKED
