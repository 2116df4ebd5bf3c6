"""Questions that make no sense, and what is said of them."""

import pytest

from ledger.errors import UnknownName, UsageError
from ledger.projections.filters import Filter
from ledger.projections.queries import find_decisions, find_learners
from ledger.projections.runner import catch_up
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels

QUESTIONS = "READINESS, MASTERY, SUPPORT, CREDIT, ADVANCEMENT, CERTIFICATION, GRADUATION"
OUTCOMES = "met, not_yet, denied, needs_panel, ineligible, not_applicable, undetermined"
KINDS = "competency, course, requirement, learner"


@pytest.mark.parametrize("limit", [0, 101, -1])
def test_too_few_and_too_many_rows_are_refused(models: ReadModels, limit: int) -> None:
    """A page has 1 to 100 rows."""
    with pytest.raises(UsageError) as caught:
        find_decisions(models, limit=limit)

    assert str(caught.value) == f"{limit} rows a page: ask for 1 to 100"


@pytest.mark.parametrize("cursor", ["x", "é", "", "W10", "WyJhIl0", "WzEuNV0", "WzEsMl0", "e30"])
def test_a_made_up_cursor_is_refused(log: Log, models: ReadModels, cursor: str) -> None:
    """Text that no page gave, and cursors of another list, are named as such."""
    catch_up(log, models)
    with pytest.raises(UsageError) as caught:
        find_decisions(models, after=cursor)

    assert str(caught.value) == f"{cursor!r} is not a cursor of this list: use the one the page before it gave"


def test_a_cursor_of_another_list_is_refused(log: Log, models: ReadModels) -> None:
    """A position is no learner."""
    catch_up(log, models)
    with pytest.raises(UsageError, match="'WzNd' is not a cursor of this list"):
        find_learners(models, after="WzNd")


@pytest.mark.parametrize("position", [-1, 3])
def test_a_position_the_ledger_has_not_reached_is_refused(log: Log, models: ReadModels, position: int) -> None:
    """What is known at a position in the future nobody can say."""
    catch_up(log, models)
    with pytest.raises(UsageError) as caught:
        find_decisions(models, standing_at=position)

    assert str(caught.value) == f"position {position}: the ledger is known here up to position 2"


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"question": "credit"}, f"there is no question 'credit'; there are {QUESTIONS}"),
        ({"outcome": "passed"}, f"there is no outcome 'passed'; there are {OUTCOMES}"),
        ({"subject_kind": "skill"}, f"there is no kind of subject 'skill'; there are {KINDS}"),
    ],
)
def test_unknown_names_are_refused_with_those_there_are(names: dict[str, str], sentence: str) -> None:
    """A misspelt question, outcome or kind is not answered with an empty list."""
    with pytest.raises(UnknownName) as caught:
        Filter(**names)

    assert str(caught.value) == sentence
