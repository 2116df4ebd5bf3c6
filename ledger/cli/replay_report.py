"""What `mastery replay` answers, as data."""

from dataclasses import dataclass

from ledger.audit.sampling import Stratum
from ledger.audit.verdicts import Replayed


@dataclass(frozen=True, slots=True)
class DrawnDecision:
    """A decision of a sample: where it stands, how often it was drawn (0: besides), and its verdict.

    The verdict is null where the decision cannot be read.
    """

    position: int
    times: int
    verdict: str | None


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What a sample of the decisions allows one to say.

    Of `population` decisions `drawn` count; `exceptions` of them are not identical, `erased` of those because of
    a lawful erasure. At `confidence` no more than `limit` of the population would be exceptions, as a plain
    number rounded up; null where the whole population was drawn. `strata` says what was drawn from where.
    """

    seed: str
    population: int
    drawn: int
    exceptions: int
    erased: int
    confidence: str
    limit: str | None
    strata: tuple[Stratum, ...]
    decisions: tuple[DrawnDecision, ...]


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """How many decisions got each verdict, and every one that is not identical.

    It speaks of the ledger up to `position`; with `since`, of decisions after that position. What is damaged
    without touching a decision is told among `differing` too, with an empty question. `erased` are decisions
    that rest on what was lawfully erased: no findings. `seals_unchecked` counts events sealed with another key
    than the present one.
    """

    position: int
    since: int | None
    learners: int
    decisions: int
    verdicts: dict[str, int]
    differing: tuple[Replayed, ...]
    erased: tuple[Replayed, ...]
    seals_unchecked: int
    sample: SampleReport | None = None
