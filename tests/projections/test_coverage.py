"""What is seen of groups of subjects, now, on a day, and as known at a position."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ledger.domain.learner import EvidenceRecorded
from ledger.domain.shapes import Result
from ledger.errors import UsageError
from ledger.projections.coverage import NOTHING, Seen, seen
from ledger.projections.runner import catch_up
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from tests.projections.support import ADA, BEN, add, corrected, decided, evidence, withdrawn

TODAY = date(2026, 6, 5)
C1, C2, C3 = "competency/c1", "competency/c2", "competency/c3"
ONE = {"one": [C1]}


def found(
    log: Log, models: ReadModels, on: date = TODAY, known_at: int | None = None, **groups: Any
) -> dict[str, Seen]:
    """Return what is seen of the groups, of c1 alone where none is given."""
    catch_up(log, models)
    return dict(seen(models, groups or ONE, on, known_at=known_at)[0])


def test_nothing_is_counted_twice(log: Log, models: ReadModels) -> None:
    """Work about two subjects of a group is one piece of evidence, and its learner one learner."""
    add(log, f"learner/{ADA}", evidence("a1", C1, C2), evidence("a2", C2, occurred="2026-05-30"))
    add(log, f"learner/{BEN}", evidence("b1", C2))

    assert {
        "both": Seen(2, 3, 0, "2026-05-30"),
        "one": Seen(1, 1, 0, "2026-05-29"),
        "two": Seen(2, 3, 0, "2026-05-30"),
    } == found(log, models, one=[C1], two=[C2], both=[C1, C2], none=[C3])


def test_a_reason_why_there_is_no_result_is_no_evidence(log: Log, models: ReadModels) -> None:
    """Work that was not handed in is not seen; where one of two results is there, that one is."""
    absent = evidence("a1", C1, C2)
    results = tuple(Result(subject=one.subject, absent_reason="absent") for one in absent.evidence.results)
    half = (results[0], *evidence("a2", C2).evidence.results)
    add(log, f"learner/{ADA}", _with(absent, results), _with(evidence("a2", C1, C2), half))

    assert {"two": Seen(1, 1, 0, "2026-05-29")} == found(log, models, one=[C1], two=[C2])


def _with(recorded: EvidenceRecorded, results: tuple[Result, ...]) -> EvidenceRecorded:
    return EvidenceRecorded(evidence=replace(recorded.evidence, results=results))


def test_what_was_corrected_or_withdrawn_counts_until_then(log: Log, models: ReadModels) -> None:
    """At an earlier position evidence is where it was said to be there."""
    add(log, f"learner/{ADA}", evidence("a1", C1), evidence("a2", C1))
    add(log, f"learner/{ADA}", corrected("a1", C2), withdrawn("a2"))
    last = log.recorder.max_notification_id()
    both: Any = {"one": [C1], "two": [C2]}
    known = [found(log, models, known_at=last - back, **both) for back in range(4)]

    assert [
        {"two": Seen(1, 1, 0, "2026-05-29")},
        {"one": Seen(1, 1, 0, "2026-05-29"), "two": Seen(1, 1, 0, "2026-05-29")},
        {"one": Seen(1, 2, 0, "2026-05-29")},
        {"one": Seen(1, 1, 0, "2026-05-29")},
    ] == known


def test_a_day_leaves_out_what_is_dated_later(log: Log, models: ReadModels) -> None:
    """Evidence counts from its day on; without a day it always does."""
    add(log, f"learner/{ADA}", evidence("a1", C1, occurred="2026-03-01"), evidence("a2", C1, occurred="2026-04-01"))
    add(log, f"learner/{BEN}", evidence("b1", C1, occurred=None))

    assert {"one": Seen(1, 1, 0, None)} == found(log, models, date(2026, 2, 28))
    assert {"one": Seen(2, 2, 0, "2026-03-01")} == found(log, models, date(2026, 3, 31))
    assert {"one": Seen(2, 3, 0, "2026-04-01")} == found(log, models, date(2026, 4, 1))


def test_mastered_are_those_whose_last_decision_was_met(log: Log, models: ReadModels) -> None:
    """A decision counts for its learner while it is the latest by the day and as known; other questions do not."""
    add(log, f"learner/{ADA}", decided(C1, "met", on="2026-03-01"), decided(C2, "met", on="2026-03-01"))
    add(log, f"learner/{BEN}", decided(C1, "met", question="READINESS", on="2026-03-01"))
    add(log, f"learner/{ADA}", decided(C1, "not_yet", on="2026-04-01"))
    last = log.recorder.max_notification_id()
    groups: Any = {"both": [C1, C2], "one": [C1]}

    assert {"both": Seen(mastered=1)} == found(log, models, **groups)
    assert {"both": Seen(mastered=1), "one": Seen(mastered=1)} == found(log, models, known_at=last - 1, **groups)
    assert {"both": Seen(mastered=1), "one": Seen(mastered=1)} == found(log, models, date(2026, 3, 31), **groups)
    assert {} == found(log, models, date(2026, 2, 28), **groups)


def test_a_position_not_reached_is_refused(log: Log, models: ReadModels) -> None:
    """Nobody is told what the ledger does not know yet."""
    catch_up(log, models)

    with pytest.raises(UsageError, match=r"position 9: the ledger is known here up to position \d"):
        seen(models, ONE, TODAY, known_at=9)


pieces = st.lists(
    st.tuples(st.sampled_from((ADA, BEN)), st.sets(st.sampled_from((C1, C2, C3)), min_size=1), st.integers(1, 28)),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(pieces, st.sets(st.sampled_from((C1, C2, C3))), st.integers(1, 28))
def test_every_count_is_that_of_its_definition(
    log: Log, models: ReadModels, made: list[tuple[str, set[str], int]], group: set[str], day: int
) -> None:
    """Learners and pieces are those with a result about a member of the group, dated by the day."""
    before = found(log, models, date(2026, 1, day), all=[C1, C2, C3], group=sorted(group))
    base = log.recorder.max_notification_id()
    for number, (learner, subjects, at) in enumerate(made):
        add(log, f"learner/{learner}", evidence(f"{base}-{number}", *sorted(subjects), occurred=f"2026-01-{at:02}"))
    after = found(log, models, date(2026, 1, day), all=[C1, C2, C3], group=sorted(group))
    new = [(learner, at) for learner, subjects, at in made if subjects & group and at <= day]

    assert before == found(log, models, date(2026, 1, day), base, all=[C1, C2, C3], group=sorted(group))
    assert len(new) == after.get("group", NOTHING).evidence - before.get("group", NOTHING).evidence
    assert after.get("group", NOTHING).learners >= len({learner for learner, _ in new})
