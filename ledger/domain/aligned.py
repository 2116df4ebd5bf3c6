"""Which alignments hold, on a day and as known at a position."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.domain.alignment import WHOLE, AlignmentEnded, CompetencyAligned
from ledger.domain.governance import Governance, Placed, covers


@dataclass(frozen=True, slots=True)
class Alignment:
    """An alignment as known at a position; `last_day` is its own, or that of its end where sooner.

    `position` is where this ledger knows it, `there` where it stands in the ledger it was written in;
    `upstream` names that ledger, null for this one.
    """

    said: CompetencyAligned
    last_day: str | None
    position: int
    there: int
    upstream: str | None

    @property
    def pair(self) -> tuple[str, str]:
        """Name the two competencies, origin first."""
        return pair_of(self.said)

    @property
    def whole(self) -> bool:
        """Say whether the origin says the whole of the destination."""
        return self.said.relation == WHOLE

    def overlaps(self, first_day: str, last_day: str | None) -> bool:
        """Say whether it holds on any day of a span."""
        begins = max(self.said.first_day, first_day)
        return all(last is None or begins <= last for last in (self.last_day, last_day))

    def says(self, wanted: CompetencyAligned) -> bool:
        """Say whether it was made with the very content of another one, whatever became of it since."""
        return _content(self.said) == _content(wanted)

    def __str__(self) -> str:
        last = f"to {self.last_day}" if self.last_day else "on"
        return f"{self.said.relation} from {self.said.first_day} {last} (position {self.position})"


def alignments(governance: Governance, read_to: int) -> tuple[Alignment, ...]:
    """Return every alignment known at a position, for whatever days, in the order in which they came."""
    ended = _ended(governance.alignment_endings, read_to)
    return tuple(_alignment(placed, ended) for placed in governance.alignments if placed.position <= read_to)


def alignments_on(governance: Governance, day: date, read_to: int) -> tuple[Alignment, ...]:
    """Return the alignments that hold on a day, as known at a position."""
    known = alignments(governance, read_to)
    return tuple(one for one in known if covers(one.said.first_day, one.last_day, day))


def pair_of(said: CompetencyAligned) -> tuple[str, str]:
    """Return the two competencies of an alignment, origin first."""
    return said.competency, said.to_competency


def by_pair(known: Iterable[Alignment]) -> dict[tuple[str, str], list[Alignment]]:
    """Return alignments by the two competencies they are of, origin first."""
    found: dict[tuple[str, str], list[Alignment]] = {}
    for one in known:
        found.setdefault(one.pair, []).append(one)
    return found


def _content(said: CompetencyAligned) -> tuple[str | None, ...]:
    return said.competency, said.to_competency, said.relation, said.first_day, said.last_day


def _alignment(placed: Placed, ended: dict[tuple[str | None, int], str]) -> Alignment:
    said: CompetencyAligned = placed.payload
    days = [day for day in (said.last_day, ended.get((placed.upstream, placed.there))) if day is not None]
    return Alignment(said, min(days, default=None), placed.position, placed.there, placed.upstream)


def _ended(endings: Iterable[Placed], read_to: int) -> dict[tuple[str | None, int], str]:
    """Return the soonest last day of each alignment ended, by origin and position there."""
    found: dict[tuple[str | None, int], str] = {}
    for placed in endings:
        end: AlignmentEnded = placed.payload
        key = placed.upstream, end.alignment
        if placed.position <= read_to:
            found[key] = min(end.last_day, found.get(key, end.last_day))
    return found
