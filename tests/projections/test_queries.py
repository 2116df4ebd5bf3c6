"""Questions to the read models: filters, pages, numbers, and what they are true for."""

import pytest

from ledger.projections.answers import OutcomeCount, Overview
from ledger.projections.filters import Filter
from ledger.projections.queries import find_decisions, find_learners, find_progress, overview
from ledger.projections.runner import catch_up
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from tests.projections.support import ADA, BEN, add, credit, decided, evidence


@pytest.fixture
def filled(log: Log, models: ReadModels) -> ReadModels:
    """Read models of two learners, with decisions at positions 3 to 7."""
    add(log, f"learner/{ADA}", decided(outcome="not_yet", on="2026-05-01"), decided(on="2026-05-02T10:00"))
    add(log, f"learner/{ADA}", credit("ALG1", policy="us-xx/credit", edition="us-xx/credit@2"))
    add(
        log,
        f"learner/{BEN}",
        decided("competency/c2", "undetermined"),
        decided("learner/x", award="seal"),
        evidence("e"),
    )
    catch_up(log, models)
    return models


@pytest.mark.parametrize(
    ("wanted", "positions"),
    [
        (Filter(), [7, 6, 5, 4, 3]),
        (Filter(learner=ADA), [5, 4, 3]),
        (Filter(question="CREDIT"), [5]),
        (Filter(subject="competency/c1"), [4, 3]),
        (Filter(subject_kind="competency"), [6, 4, 3]),
        (Filter(award="seal"), [7]),
        (Filter(outcome="met"), [7, 5, 4]),
        (Filter(policy="us-xx/credit"), [5]),
        (Filter(edition="us-xx/mastery@2025-07-01"), [7, 6, 4, 3]),
        (Filter(decided_to="2026-05-02"), [4, 3]),
        (Filter(decided_from="2026-05-02", decided_to="2026-05-30"), [7, 6, 5, 4]),
        (Filter(learner=ADA, outcome="undetermined"), []),
    ],
)
def test_decisions_are_narrowed_by_all_that_is_asked(filled: ReadModels, wanted: Filter, positions: list[int]) -> None:
    """Every value of a filter must be met; the newest decision comes first."""
    assert positions == [row.position for row in find_decisions(filled, wanted).rows]


def test_standing_at_a_position_is_what_was_known_there(filled: ReadModels) -> None:
    """A decision replaced later stood before, and the answer is stamped with the position asked for."""
    early = find_decisions(filled, Filter(learner=ADA), standing_at=3)
    late = find_decisions(filled, Filter(learner=ADA), standing_at=8)

    assert ([3], 3) == ([row.position for row in early.rows], early.position)
    assert ([5, 4], 8) == ([row.position for row in late.rows], late.position)


def test_learners_are_narrowed_by_standing_decisions(filled: ReadModels) -> None:
    """Only who stands so now is found: a decision that was replaced finds nobody."""
    assert sorted([ADA, BEN]) == [row.learner for row in find_learners(filled).rows]
    assert [BEN] == [row.learner for row in find_learners(filled, Filter(outcome="undetermined")).rows]
    assert [] == [row.learner for row in find_learners(filled, Filter(outcome="not_yet")).rows]


def test_progress_is_narrowed_too(filled: ReadModels) -> None:
    """Who stands where can be asked by outcome and kind of subject."""
    found = find_progress(filled, Filter(outcome="met", subject_kind="course"))

    assert [(ADA, "course/ALG1")] == [(row.learner, row.subject) for row in found.rows]


def test_the_overview_counts_what_there_is(filled: ReadModels) -> None:
    """Learners, evidence, decisions ever made, and standing outcomes by question."""
    outcomes = (
        OutcomeCount("CREDIT", "met", 1),
        OutcomeCount("MASTERY", "met", 2),
        OutcomeCount("MASTERY", "undetermined", 1),
    )

    assert Overview(learners=2, evidence=1, decisions=5, outcomes=outcomes, position=8) == overview(filled)


def test_the_overview_of_a_ledger_without_learners_is_zero(log: Log, models: ReadModels) -> None:
    """Nothing is null where there is nothing to count."""
    catch_up(log, models)

    assert Overview(learners=0, evidence=0, decisions=0, outcomes=(), position=2) == overview(models)


def test_a_page_ends_with_a_cursor_only_where_rows_follow(filled: ReadModels) -> None:
    """The last page has none, even when it is full."""
    first = find_decisions(filled, limit=4)
    last = find_decisions(filled, limit=1, after=first.next)

    assert ([7, 6, 5, 4], [3]) == ([row.position for row in first.rows], [row.position for row in last.rows])
    assert last.next is None
