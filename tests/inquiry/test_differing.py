"""The list of what would now differ, over everybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import Ledger, initialise
from ledger.application.governing import pull_upstream
from ledger.application.settling import settle, settle_all
from ledger.domain.jurisdiction import Binding
from ledger.inquiry.differing import Differing, differing
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels
from tests.support.ledgers import Clock, adopted, author, classroom, record
from tests.support.suppositions import ONE_KIND, THREE_KINDS, ending, made

MASTERY, COURSE = "competency-based/mastery", "competency-based/course"
REASON = "The family was heard."


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A state's ledger: one learner with credit for algebra, and one with a single kind of task."""
    found = classroom(tmp_path)
    learner = found.vault.learner_id("S-1")
    for code in ("C.0", "C.1"):
        for kind in ("task", "exam"):
            record(found, learner, f"{code} {kind}", code, kind=kind)
    record(found, found.vault.learner_id("S-2"), "other", "C.0")
    return found


@pytest.fixture
def models(ledger: Ledger) -> Iterator[ReadModels]:
    """Its read models."""
    found = ReadModels(ledger.home.read_file(ledger.jurisdiction))
    yield found
    found.close()


def listed(ledger: Ledger, models: ReadModels, **narrowed: str) -> Differing:
    """Bring the read models up to date and ask."""
    catch_up(ledger.log, models)
    return differing(ledger, models, **narrowed)  # type: ignore[arg-type]


def told(found: Differing) -> list[tuple[str, str, str, str]]:
    """Return kind, question, subject and the outcome offered of what is to be settled."""
    return [(one.kind, one.question, one.subject, one.offered) for one in found.rows]


def test_nothing_differs_while_no_rule_has_changed(ledger: Ledger, models: ReadModels) -> None:
    """Every decision stands under the adoption that governs."""
    found = listed(ledger, models)

    assert ((), ()) == (found.rows, found.awards)


def test_losses_are_listed_with_what_was_seen(ledger: Ledger, models: ReadModels) -> None:
    """After a stricter rule whoever would lose mastery is listed, with version, adoption and clauses."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    found = listed(ledger, models)
    first = found.rows[0]

    assert [("loss", "MASTERY", f"competency/c{one}", "not_yet") for one in (0, 1)] == told(found)
    assert (ledger.vault.learner_id("S-1"), "met", ledger.governance().position) == (
        first.learner,
        first.outcome,
        first.adoption,
    )
    assert ("kinds",) == first.decisive
    assert found.position == ledger.log.recorder.max_notification_id()


def test_gains_are_listed_too(ledger: Ledger, models: ReadModels) -> None:
    """After a looser rule whoever would now have mastered a standard is listed."""
    adopted(ledger, MASTERY, overrides=ONE_KIND)

    assert [("gain", "MASTERY", "competency/c0", "met")] == told(listed(ledger, models))


def test_an_award_that_stands_is_told_apart(ledger: Ledger, models: ReadModels) -> None:
    """Credit was awarded: it is not to be settled, whatever the rule in force would say."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    rows = [one.unsettled for one in listed(ledger, models).rows]
    settle_all(ledger, author(ledger), rows, "decided-anew", REASON)
    adopted(ledger, COURSE)
    found = listed(ledger, models)

    assert [] == told(found)
    assert [("CREDIT", "course/algebra", "met", "not_yet")] == [
        (one.question, one.subject, one.outcome, one.offered) for one in found.awards
    ]


def test_another_level_or_another_amount_is_a_difference(ledger: Ledger, models: ReadModels) -> None:
    """The outcome stays and the credit would be another: that is neither gain nor loss, and an award stands."""
    adopted(ledger, COURSE, overrides={"credit": "0.25"})
    found = listed(ledger, models)

    assert ([], ["other"]) == (told(found), [one.kind for one in found.awards])


def test_the_list_is_narrowed_to_a_question_or_a_policy(ledger: Ledger, models: ReadModels) -> None:
    """A question is that of the decision; a policy or its edition is the one that would say otherwise."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)

    assert 2 == len(listed(ledger, models, question="MASTERY").rows)
    assert 0 == len(listed(ledger, models, question="CREDIT").rows)
    assert 2 == len(listed(ledger, models, policy=MASTERY).rows)
    assert 2 == len(listed(ledger, models, policy=f"{MASTERY}@2000-01-01").rows)
    assert 0 == len(listed(ledger, models, policy=COURSE).rows)


def test_what_was_let_stand_is_left_out_until_something_changes(ledger: Ledger, models: ReadModels) -> None:
    """A ruling takes a row off the list; another rule puts it back."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    settle(ledger, author(ledger), listed(ledger, models).rows[0].unsettled, "stands", REASON)
    ruled = told(listed(ledger, models))
    adopted(ledger, MASTERY, overrides={"kinds": "4"})

    assert [("loss", "MASTERY", "competency/c1", "not_yet")] == ruled
    assert 2 == len(listed(ledger, models).rows)


def test_a_rule_that_came_and_went_leaves_nothing_to_settle(ledger: Ledger, models: ReadModels) -> None:
    """Once the adoption is ended the one before governs again, and what was decided under it agrees with it."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    made(ledger, ending(ledger, MASTERY))

    assert [] == told(listed(ledger, models))


def test_nothing_differs_where_no_rule_governs(ledger: Ledger, models: ReadModels) -> None:
    """A decision whose rule ended without another stands, and there is nothing that would say otherwise."""
    made(ledger, ending(ledger, MASTERY))

    assert [] == told(listed(ledger, models))


def test_whom_a_rule_does_not_bind_it_does_not_concern(ledger: Ledger, models: ReadModels) -> None:
    """A rule for those whose first evidence comes later says nothing of those who began before."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS, binding=Binding(clock="evidence", since="2026-05-02"))
    learner = ledger.vault.learner_id("S-3")
    for kind in ("task", "exam"):
        record(ledger, learner, f"late {kind}", "C.0", kind=kind, occurred="2026-05-20")

    assert [] == told(listed(ledger, models))


def test_a_late_receipt_from_above_is_noticed(tmp_path: Path) -> None:
    """What the state adopted reaches the district's list once the district has received it."""
    clock = Clock()
    with classroom(tmp_path, clock=clock, course=False) as state:
        settings = {"kind": "district", "zone": "America/Chicago", "parent": "us-xx", "upstream": "us-xx"}
        with initialise(tmp_path, "us-xx/pine", clock=clock, environment={}, **settings) as district:  # type: ignore[arg-type]
            pull_upstream(district, author(district), state)
            learner = district.vault.learner_id("S-1")
            for kind in ("task", "exam"):
                record(district, learner, f"a {kind}", "C.0", kind=kind)
            adopted(state, MASTERY, overrides=THREE_KINDS)
            models = ReadModels(district.home.read_file(district.jurisdiction))
            before = told(listed(district, models))
            pull_upstream(district, author(district), state)
            after = told(listed(district, models))
            models.close()

            assert ([], [("loss", "MASTERY", "competency/c0", "not_yet")]) == (before, after)


def test_progress_is_told(ledger: Ledger, models: ReadModels) -> None:
    """Whoever waits is told how many of how many learners were looked at; one not concerned is not."""
    adopted(ledger, COURSE)
    catch_up(ledger.log, models)
    seen: list[tuple[int, int]] = []
    differing(ledger, models, progress=lambda done, total: seen.append((done, total)))

    assert [(1, 2), (2, 2)] == seen
