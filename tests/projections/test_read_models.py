"""What each read model holds after which events."""

from ledger.domain.learner import Grant
from ledger.projections.answers import Award, Decision, Learner, Progress, SubjectEvidence
from ledger.projections.queries import (
    find_decisions,
    find_learners,
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
    add,
    corrected,
    credit,
    decided,
    evidence,
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
