"""What each read model holds after which events."""

from datetime import date

from ledger.domain.jurisdiction import Selector
from ledger.domain.learner import Grant
from ledger.projections.answers import Adoption, Award, Decision, Learner, Progress, SubjectEvidence
from ledger.projections.queries import (
    find_decisions,
    find_learners,
    governing,
    learner_evidence,
    learner_progress,
    transcript,
)
from ledger.projections.runner import catch_up
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from tests.projections.support import (
    ADA,
    AUTHOR,
    BEN,
    BOARD,
    add,
    adopted,
    corrected,
    credit,
    decided,
    evidence,
    opened,
    received,
    withdrawn,
)

NOON = "2026-05-30T12:00:00.000000Z"


def test_progress_is_the_latest_decision_with_the_evidence_there_is(log: Log, models: ReadModels) -> None:
    """A later decision of the same key takes the place of the one before; the evidence is counted by subject."""
    add(log, f"learner/{ADA}", evidence("e1"), decided(outcome="not_yet", needs=("a second kind of task",)))
    add(log, f"learner/{ADA}", evidence("e2", occurred=None, submitted="2026-05-30T08:00"), decided(supersedes=2))
    catch_up(log, models)

    expected = Progress(
        learner=ADA,
        question="MASTERY",
        subject="competency/c1",
        award="standard",
        outcome="met",
        stage="requires",
        level="3",
        decided_on="2026-05-30",
        policy="us-xx/mastery",
        edition="us-xx/mastery@2025-07-01",
        standing="current",
        effect="immediate",
        decisive=("at-level", "two-kinds"),
        needs=(),
        version=4,
        position=6,
        evidence=2,
        last_evidence="2026-05-30",
    )
    found = learner_progress(models, ADA)
    assert (expected,) == found.rows
    assert (6, None) == (found.position, found.next)
    assert () == learner_progress(models, BEN).rows


def test_a_decision_stands_until_the_next_of_its_key(log: Log, models: ReadModels) -> None:
    """Both decisions stay in the index; the earlier one ends where the later one begins."""
    add(log, f"learner/{ADA}", decided(outcome="not_yet"), decided(supersedes=1))
    catch_up(log, models)

    newest, oldest = find_decisions(models).rows
    expected = Decision(
        position=4,
        to_position=None,
        learner=ADA,
        question="MASTERY",
        subject="competency/c1",
        award="standard",
        version=2,
        framework="f" * 64,
        level="3",
        outcome="met",
        stage="requires",
        policy="us-xx/mastery",
        edition="us-xx/mastery@2025-07-01",
        decided_on="2026-05-30",
        at=NOON,
        actor=AUTHOR.actor,
        role="operator",
        standing="current",
        effect="immediate",
        adoption=2,
        supersedes=1,
    )
    assert expected == newest
    assert (3, 4, "not_yet") == (oldest.position, oldest.to_position, oldest.outcome)


def test_other_learners_questions_subjects_and_awards_are_other_keys(log: Log, models: ReadModels) -> None:
    """A decision ends only the one with the same learner, question, subject and award."""
    add(
        log, f"learner/{ADA}", decided(), decided("competency/c2"), decided(question="READINESS"), decided(award="seal")
    )
    add(log, f"learner/{BEN}", decided())
    catch_up(log, models)

    assert [None] * 5 == [row.to_position for row in find_decisions(models).rows]


def test_a_transcript_holds_credits_and_above_that_are_met(log: Log, models: ReadModels) -> None:
    """Mastery and credits not met are left out; amount and notation come with the credit."""
    add(log, f"learner/{ADA}", decided(), credit("ALG1"), credit("GEOM", "not_yet"))
    add(log, f"learner/{ADA}", credit("ENG1", question="ADVANCEMENT", grants=()))
    catch_up(log, models)

    advancement, credited = transcript(models, ADA).rows
    expected = Award(
        learner=ADA,
        question="CREDIT",
        subject="course/ALG1",
        award="standard",
        grants=(Grant(key="credits", value='{"fraction":[1,2]}'), Grant(key="notation", value='"CBE"')),
        decided_on="2026-05-30",
        at=NOON,
        policy="us-xx/mastery",
        edition="us-xx/mastery@2025-07-01",
        effect="immediate",
        framework=None,
        level="3",
        version=2,
        position=4,
    )
    assert expected == credited
    assert ("ADVANCEMENT", "course/ENG1") == (advancement.question, advancement.subject)


def test_an_award_that_no_longer_stands_leaves_the_transcript(log: Log, models: ReadModels) -> None:
    """What is decided otherwise later is taken, in the same page or in a later one, and may come back."""
    add(log, f"learner/{ADA}", credit("ALG1"), credit("ALG1", "denied"), credit("GEOM"))
    catch_up(log, models)
    first = transcript(models, ADA).rows
    add(log, f"learner/{ADA}", credit("GEOM", "undetermined"), credit("ALG1", "denied"), credit("ALG1"))
    catch_up(log, models)

    assert ["course/GEOM"] == [row.subject for row in first]
    assert ["course/ALG1"] == [row.subject for row in transcript(models, ADA).rows]


def test_an_adoption_governs_until_a_later_one_covers_it(log: Log, models: ReadModels) -> None:
    """As known before the second adoption the first one governs, ever after the second."""
    add(log, "jurisdiction/us-xx", adopted("us-xx/mastery@2025-08-01"))
    catch_up(log, models)
    day = date(2026, 1, 1)

    expected = Adoption(
        position=2,
        to_position=3,
        jurisdiction="us-xx",
        question="MASTERY",
        award="standard",
        selector=Selector(kind="competency", ids=None),
        policy="us-xx/mastery",
        edition="us-xx/mastery@2025-07-01",
        digest=adopted().digest,
        overrides=(),
        first_day="2025-07-01",
        authority=BOARD,
        reason="pilot",
        last_day=None,
        scale=None,
        upstream=None,
    )
    assert (expected,) == governing(models, day, known_at=2).rows
    assert ["us-xx/mastery@2025-08-01"] == [row.edition for row in governing(models, day).rows]


def test_an_adoption_dated_in_the_future_governs_nothing_before(log: Log, models: ReadModels) -> None:
    """Two adoptions of one selector both stand, each on its own days."""
    add(log, "jurisdiction/us-xx", adopted("us-xx/mastery@2027-07-01", first_day="2027-07-01"))
    catch_up(log, models)

    editions = [[row.edition for row in governing(models, date(year, 12, 31)).rows] for year in (2024, 2026, 2027)]
    assert [[], ["us-xx/mastery@2025-07-01"], ["us-xx/mastery@2027-07-01"]] == editions


def test_an_adoption_for_some_days_leaves_the_one_around_it(log: Log, models: ReadModels) -> None:
    """A pilot of one month governs in that month; a shorter one within it is replaced by a longer one."""
    stream = "jurisdiction/us-xx"
    add(log, stream, adopted("us-xx/pilot@1", first_day="2026-02-01", last_day="2026-02-10"))
    add(log, stream, adopted("us-xx/pilot@2", first_day="2026-02-01", last_day="2026-02-28"))
    catch_up(log, models)
    days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))

    outside = "us-xx/mastery@2025-07-01"
    assert [outside, "us-xx/pilot@2", "us-xx/pilot@2", outside] == [
        row.edition for day in days for row in governing(models, day).rows
    ]
    assert ["us-xx/pilot@1"] == [row.edition for row in governing(models, date(2026, 2, 1), known_at=3).rows]


def test_other_selectors_are_not_replaced(log: Log, models: ReadModels) -> None:
    """An adoption for listed subjects stands beside the one for all; the order of the list is no difference."""
    add(
        log,
        "jurisdiction/us-xx",
        adopted("us-xx/mastery@a", ids=("c2", "c1")),
        adopted("us-xx/mastery@b", ids=("c1", "c2")),
    )
    catch_up(log, models)

    found = governing(models, date(2026, 1, 1)).rows
    assert [("us-xx/mastery@2025-07-01", None), ("us-xx/mastery@b", ("c1", "c2"))] == [
        (row.edition, row.selector.ids) for row in found
    ]


def test_an_adoption_received_from_upstream_names_its_origin(log: Log, models: ReadModels) -> None:
    """The payload is read out of the bytes received; its position is that of the receipt."""
    state = adopted("us-yy/mastery@1", jurisdiction="us-yy")
    add(log, "ledger", received(opened(), "ledger.opened.1", 1))
    add(log, "ledger", received(state, "jurisdiction.policy-adopted.1", 7))
    catch_up(log, models)

    _, found = governing(models, date(2026, 1, 1)).rows
    assert ("us-yy", 4, "ledger.invalid/state") == (found.jurisdiction, found.position, found.upstream)


def test_a_learner_is_counted_from_the_first_event_to_the_last(log: Log, models: ReadModels) -> None:
    """Events and evidence are counted; a correction adds none and a withdrawal takes one away."""
    add(log, f"learner/{ADA}", evidence("e1"), evidence("e2"))
    catch_up(log, models)
    add(log, f"learner/{ADA}", corrected("e1", "competency/c2"), withdrawn("e2"))
    catch_up(log, models)

    expected = Learner(learner=ADA, first_position=3, last_position=6, events=4, evidence=1, last_activity=NOON)
    assert (expected,) == find_learners(models).rows


def test_evidence_counts_where_its_latest_form_says(log: Log, models: ReadModels) -> None:
    """A correction moves evidence to other subjects and days; a withdrawal takes it out of all of them."""
    add(
        log,
        f"learner/{ADA}",
        evidence("e1", "competency/c1", "competency/c2"),
        evidence("e2"),
        evidence("e3", occurred=None),
    )
    catch_up(log, models)
    before = learner_evidence(models, ADA).rows
    add(log, f"learner/{ADA}", corrected("e1", "competency/c3", occurred="2026-01-02"), withdrawn("e2"))
    add(log, f"learner/{ADA}", evidence("e4"), withdrawn("e4"))
    catch_up(log, models)

    expected = (SubjectEvidence("competency/c1", 3, "2026-05-29"), SubjectEvidence("competency/c2", 1, "2026-05-29"))
    later = (SubjectEvidence("competency/c1", 1, None), SubjectEvidence("competency/c3", 1, "2026-01-02"))
    assert expected == before
    assert later == learner_evidence(models, ADA).rows
