"""Whatever happens to a learner, and in whatever order: it replays, and snapshots agree with the events."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.application import Ledger
from ledger.application.learning import correct, subject_of, withdraw
from ledger.application.learning import record as record_payload
from ledger.application.records import folded_record, snapshot_record
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.domain.learner import PreparationRecorded, StatusSet
from ledger.errors import Refused, UnknownName
from ledger.facts.record import LearnerRecord
from tests.support.ledgers import adopted, author, classroom, evidence, record

DAYS = st.sampled_from([None, "2026-01-10", "2026-02-10", "2026-02-10T09:00", "2026-05-30"])
COMPETENCIES = st.sampled_from(["C.0", "C.1", "C.2"])
LEVELS = st.sampled_from(["1", "2", "3", "4"])
KINDS = st.sampled_from(["task", "exam"])


@dataclass(frozen=True)
class Step:
    """One thing that happens; `number` names a piece of evidence already on record."""

    what: str
    competency: str
    level: str
    kind: str
    day: str | None
    number: int


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(["record", "record", "record", "correct", "withdraw", "prepare", "status", "adopt"]),
        COMPETENCIES,
        LEVELS,
        KINDS,
        DAYS,
        st.integers(0, 8),
    ),
    max_size=14,
)


def take(ledger: Ledger, learner: str, step: Step, place: int) -> None:
    """Let a step happen."""
    more = {"kind": step.kind, "occurred": step.day, "task": f"t{step.number % 3}"}
    name = f"e{step.number}"
    reason = "because"
    acts: dict[str, Callable[[], object]] = {
        "record": lambda: record(ledger, learner, f"e{place}", step.competency, step.level, **more),
        "correct": lambda: correct(
            ledger, author(ledger), learner, evidence(ledger, name, step.competency, step.level, **more), reason
        ),
        "withdraw": lambda: withdraw(ledger, author(ledger), learner, name, reason),
        "prepare": lambda: record_payload(
            ledger,
            author(ledger),
            learner,
            PreparationRecorded(subject=subject_of(ledger, step.competency), kind="tutoring", occurred=step.day),
        ),
        "status": lambda: record_payload(
            ledger, author(ledger), learner, StatusSet(code="any", holds=True, first_day="2026-01-01")
        ),
        "adopt": lambda: adopted(ledger, "competency-based/mastery", overrides={"kinds": str(1 + step.number % 2)}),
    }
    acts[step.what]()


def standing(record: LearnerRecord) -> dict[str, object]:
    """Return every standing decision of a record."""
    found = {}
    for key in record.decision_keys:
        question, rest = key.split("/", 1)
        subject, award = rest.rsplit("/", 1)
        found[key] = record.standing(question, subject, award)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_any_history_replays_identically_and_its_snapshot_holds(steps: list[Step]) -> None:
    """Recording, correcting, withdrawing, preparing and adopting in any order: replay is identical throughout."""
    with tempfile.TemporaryDirectory() as folder, classroom(Path(folder)) as ledger:
        learner = ledger.vault.learner_id("S-1")
        for place, step in enumerate(steps):
            try:
                take(ledger, learner, step, place)
            except (Refused, UnknownName):
                assert step.what in ("correct", "withdraw")
        replay = Replay(ledger.log)
        verdicts = {one.verdict for one in replay.replay(replay.learners())}
        stream = f"learner/{learner}"
        slow, quick = folded_record(ledger, stream), snapshot_record(ledger, stream)

        assert verdicts <= {Verdict.IDENTICAL}
        assert (slow.version, standing(slow)) == (quick.version, standing(quick))
