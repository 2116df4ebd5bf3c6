"""Random histories: what holds of every one of them."""

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.shapes import Payload
from ledger.projections.answers import Decision
from ledger.projections.pages import Page
from ledger.projections.projection import KEY
from ledger.projections.queries import find_decisions, find_learners, find_progress, transcript
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels
from tests.projections.support import ADA, BEN, add_each, credit, decided, open_log, open_models

OUTCOMES = st.sampled_from(["met", "not_yet", "denied", "needs_panel", "ineligible", "not_applicable", "undetermined"])
LEARNERS = st.sampled_from([ADA, BEN])
DECISIONS = st.one_of(
    st.builds(decided, st.sampled_from(["competency/c1", "competency/c2"]), OUTCOMES),
    st.builds(credit, st.sampled_from(["ALG1", "GEOM"]), OUTCOMES, award=st.sampled_from(["standard", "verified"])),
)
HISTORIES = st.lists(st.tuples(LEARNERS, DECISIONS), max_size=40)


def all_decisions(models: ReadModels, limit: int = 100) -> list[Decision]:
    """Return every page of the decisions, one after the other."""
    pages: list[Page[Decision]] = [find_decisions(models, limit=limit)]
    while pages[-1].next:
        pages.append(find_decisions(models, limit=limit, after=pages[-1].next))
    return [row for page in pages for row in page.rows]


def key(row: object) -> tuple[str, ...]:
    """Return the decision key of a row."""
    return tuple(getattr(row, name) for name in KEY)


@settings(deadline=None, max_examples=40)
@given(HISTORIES, st.integers(1, 9), st.integers(1, 7))
def test_the_last_decision_stands_and_the_spans_of_a_key_follow_each_other(
    history: list[tuple[str, Payload]], page: int, limit: int
) -> None:
    """Spans of one key neither overlap nor leave a gap, the last is open and is the progress, met credits are held."""
    with TemporaryDirectory() as folder:
        log, models = open_log(Path(folder) / "ledger.db"), open_models(Path(folder))
        last = add_each(log, history)
        catch_up(log, models, page=page)
        found = all_decisions(models)
        by_pages = all_decisions(models, limit)
        progress = {key(row): (row.position, row.outcome) for row in find_progress(models, limit=100).rows}
        held = {key(row) for learner in (ADA, BEN) for row in transcript(models, learner).rows}
        known = [find_decisions(models, standing_at=at, limit=100).rows for at in range(last + 1)]
        log.close()

    latest = {key(row): row for row in reversed(found)}
    assert len(history) == len(found)
    assert found == by_pages
    assert {one: (row.position, row.outcome) for one, row in latest.items()} == progress
    assert {one for one, row in latest.items() if row.outcome == "met" and row.question == "CREDIT"} == held
    for one, row in latest.items():
        spans = sorted((row.position, row.to_position) for row in found if key(row) == one)
        assert all(before[1] == after[0] for before, after in pairwise(spans))
        assert (row.position, None) == spans[-1]
    for at, standing in enumerate(known):
        expected = {key(row): row.position for row in reversed(found) if row.position <= at}
        assert expected == {key(row): row.position for row in standing}


@settings(deadline=None, max_examples=20)
@given(HISTORIES, st.integers(1, 5))
def test_pages_put_together_are_the_whole_list(history: list[tuple[str, Payload]], limit: int) -> None:
    """Lists of progress and of learners come out whole and in order, whatever the size of the pages."""
    with TemporaryDirectory() as folder:
        log, models = open_log(Path(folder) / "ledger.db"), open_models(Path(folder))
        add_each(log, history)
        catch_up(log, models)
        for find in (find_progress, find_learners):
            whole = find(models, limit=100)
            pages = [find(models, limit=limit)]
            while pages[-1].next:
                pages.append(find(models, limit=limit, after=pages[-1].next))

            assert whole.next is None
            assert whole.rows == tuple(row for page in pages for row in page.rows)
        log.close()
