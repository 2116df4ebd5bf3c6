"""Replaying a sample of a ledger's decisions, and what that allows one to say of all of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ledger.audit.confidence import upper_limit
from ledger.audit.parallel import Choice, ReplayedAll, Told, replay_all
from ledger.audit.sampling import Draw, draw, strata_of
from ledger.audit.verdicts import Replayed, Verdict
from ledger.storage.inspection import Inspection
from ledger.storage.log import Log


@dataclass(frozen=True, slots=True)
class Sampled:
    """What became of a sample.

    An exception is a drawn decision that is not identical, one lawfully erased or unreadable included, for
    nothing was shown of it; `erased` of them are the lawful ones. `limit` is the rate of exceptions among all
    decisions that is not exceeded at 95 % confidence, null where all were drawn or there was none.
    """

    draw: Draw
    replayed: ReplayedAll
    decisions: dict[int, Replayed]
    exceptions: int
    erased: int
    limit: Fraction | None


def replay_sample(
    log: Log, wanted: int, seed: str, *, after: int = 0, processes: int = 1, progress: Told | None = None
) -> Sampled:
    """Draw so many decisions from those after a position, and replay them."""
    inspection = Inspection(log.recorder.datastore)
    drawn = draw(strata_of(inspection, after, inspection.last()), wanted, seed)
    found = replay_positions(log, drawn.positions, processes=processes, progress=progress)
    decisions = {one.position: one for one in found.kept if one.is_decision}
    verdicts = Counter(decisions[position].verdict for position in drawn.counted if position in decisions)
    exceptions = len(drawn.counted) - verdicts[Verdict.IDENTICAL]
    limit = None if drawn.whole else upper_limit(exceptions, len(drawn.counted))
    return Sampled(drawn, found, decisions, exceptions, verdicts[Verdict.EVIDENCE_ERASED], limit)


def replay_positions(
    log: Log, positions: Iterable[int], *, processes: int = 1, progress: Told | None = None
) -> ReplayedAll:
    """Make the decisions at some positions again, and keep what came of each; a position without a row is left out."""
    inspection, versions = Inspection(log.recorder.datastore), dict[str, set[int]]()
    for row in filter(None, map(inspection.at, positions)):
        versions.setdefault(str(row.stream).removeprefix("learner/"), set()).add(row.version)
    return replay_all(log, Choice(versions=versions), processes=processes, progress=progress, all_kept=True)
