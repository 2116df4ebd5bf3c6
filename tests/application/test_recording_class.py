"""Evidence for a whole class in one command, retakes that are locked, and what is taken back."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from ledger.application import Ledger
from ledger.application.classroom_evidence import Work, evidence_of, record_preparations
from ledger.application.governing import import_framework
from ledger.application.learning import correct, subject_of
from ledger.application.recording_class import record_for_class
from ledger.application.retaking import lock_of
from ledger.application.taking_back import WITHIN, may_take_back, take_back
from ledger.domain.learner import Evidence
from ledger.domain.shapes import Assessor, Result, Score
from ledger.errors import Refused, UnknownName
from tests.support.classes import class_of
from tests.support.ledgers import FOUR_LEVELS, NOON, Clock, adopted, author, classroom, evidence, framework, opened

TEACHER = Assessor(who="teacher", organisation="us-xx/north", capacity="teacher")


@pytest.fixture
def clock() -> Clock:
    """A clock that stands until it is set."""
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Ledger:
    """A ledger in which mastery is decided by kinds of task."""
    return classroom(tmp_path, clock=clock)


def work(task: str = "bridge", day: str = "2026-06-10", kind: str = "performance") -> Work:
    """Return a piece of work of the whole class."""
    return Work(kind=kind, purpose="summative", occurred=day, assessor=TEACHER, task=task)  # type: ignore[arg-type]


def at(ledger: Ledger, level: str, code: str = "C.2") -> list[Result]:
    """Return a level reached in a competency."""
    return [Result(subject=subject_of(ledger, code), level=level, scale=FOUR_LEVELS.digest)]


def said(ledger: Ledger, learners: list[str], level: str = "3", **more: str) -> list[tuple[str, Evidence]]:
    """Return what each learner's evidence of one piece of work says."""
    return [(one, evidence_of(ledger, work(**more), one, at(ledger, level))) for one in learners]


def test_each_learner_of_a_class_has_evidence_and_decisions_of_their_own(ledger: Ledger) -> None:
    """One command about a class is one append a learner, each judged by the same person."""
    learners = class_of(ledger)

    sheet = record_for_class(ledger, author(ledger), said(ledger, learners))

    assert sheet.stored
    assert learners == [line.learner for line in sheet.lines]
    assert [["not_yet"]] * 4 == [
        [one.outcome for one in line.written.decisions] for line in sheet.lines if line.written is not None
    ]


def test_a_repeated_command_about_a_class_writes_nothing_more(ledger: Ledger) -> None:
    """The same command is answered as the first time, whoever of the class it had reached already."""
    learners, once = class_of(ledger), author(ledger)
    first = record_for_class(ledger, once, said(ledger, learners)[:2])
    position = ledger.log.recorder.max_notification_id()
    whole = record_for_class(ledger, once, said(ledger, learners)[:2])

    assert whole.stored
    assert position == ledger.log.recorder.max_notification_id()
    assert [line.evidence for line in first.lines] == [line.evidence for line in whole.lines]


def test_a_command_broken_off_is_gone_on_with(ledger: Ledger) -> None:
    """What was not stored when a command was broken off is stored when it is sent once more."""
    learners, once = class_of(ledger), author(ledger)
    everything = said(ledger, learners)
    record_for_class(ledger, once, everything[:1])

    sheet = record_for_class(ledger, once, everything)

    assert () == sheet.problems
    assert 4 == len({line.written.appended.first for line in sheet.lines if line.written})


def test_one_wrong_line_keeps_the_whole_class_from_being_recorded(ledger: Ledger) -> None:
    """Where one line is wrong nothing is stored, and the line says what is."""
    learners = class_of(ledger)
    before = ledger.log.recorder.max_notification_id()
    late = msgspec.structs.replace(said(ledger, learners)[0][1], occurred="2026-06-16")

    sheet = record_for_class(ledger, author(ledger), [(learners[0], late), *said(ledger, learners[1:])])

    assert not sheet.stored
    assert before == ledger.log.recorder.max_notification_id()
    assert ["occurred 2026-06-16 is in the future; today is 2026-06-15 in this ledger's zone"] == [
        line.problem for line in sheet.problems
    ]


def test_work_of_the_same_name_is_a_further_try(ledger: Ledger) -> None:
    """Evidence names the first try and counts, where a learner had a result for the task before."""
    sol = class_of(ledger)[0]
    first = said(ledger, [sol])
    sheet = record_for_class(ledger, author(ledger), first)
    second = said(ledger, [sol], day="2026-06-12")[0][1]

    assert (None, None) == (first[0][1].attempt_of, first[0][1].attempt)
    assert (sheet.lines[0].evidence, 2) == (second.attempt_of, second.attempt)


def test_a_retake_is_locked_until_preparation_is_recorded(ledger: Ledger) -> None:
    """Where the rule counts a retake only after preparation, the class's evidence is refused until there is some."""
    sol = class_of(ledger)[0]
    record_for_class(ledger, author(ledger), said(ledger, [sol], "2"))
    again = said(ledger, [sol], "4", day="2026-06-14")

    locked = record_for_class(ledger, author(ledger), again)
    record_preparations(ledger, author(ledger), [sol], subject_of(ledger, "C.2"), "tutoring", "2026-06-12")
    free = record_for_class(ledger, author(ledger), again)

    assert [
        "retake locked: since the try of 10 June 2026 no preparation is on record",
    ] == [line.problem for line in locked.problems]
    assert free.stored
    assert () == free.problems


def test_a_retake_on_the_day_of_the_try_is_locked_too(ledger: Ledger) -> None:
    """Nobody can prepare between two tries of one day, so the second is locked whatever was recorded before."""
    sol = class_of(ledger)[0]
    record_preparations(ledger, author(ledger), [sol], subject_of(ledger, "C.2"), "tutoring", "2026-06-10")
    record_for_class(ledger, author(ledger), said(ledger, [sol], "2"))
    found = lock_of(ledger, sol, subject_of(ledger, "C.2"), said(ledger, [sol], "4")[0][1])

    assert found is not None
    assert "2026-06-10" == found.since


def test_a_rule_without_preparation_locks_nothing(tmp_path: Path) -> None:
    """A rule that lets every retake count is asked, and locks none."""
    ledger = classroom(tmp_path)
    adopted(ledger, "competency-based/mastery", overrides={"retakes_need_preparation": "false"})
    sol = class_of(ledger)[0]
    record_for_class(ledger, author(ledger), said(ledger, [sol], "2"))

    assert lock_of(ledger, sol, subject_of(ledger, "C.2"), said(ledger, [sol], "4")[0][1]) is None


def test_a_rule_names_the_preparations_it_asks_for(tmp_path: Path) -> None:
    """Relearning and a conference are both asked for, and each unlocks its own part."""
    ledger = opened(tmp_path)
    import_framework(ledger, author(ledger), framework(), b"source")
    adopted(ledger, "shared/relearn-then-retake")
    sol, subject = class_of(ledger)[0], subject_of(ledger, "C.2")
    score = [Result(subject=subject, score=Score(value="50", minimum="0", maximum="100"))]
    exam = work("quiz", kind="exam")
    record_for_class(ledger, author(ledger), [(sol, evidence_of(ledger, exam, sol, score))])
    retake = evidence_of(ledger, work("quiz", "2026-06-14", kind="exam"), sol, score)

    both = lock_of(ledger, sol, subject, retake)
    record_preparations(ledger, author(ledger), [sol], subject, "relearning", "2026-06-12")
    one = lock_of(ledger, sol, subject, retake)
    record_preparations(ledger, author(ledger), [sol], subject, "conference", "2026-06-12")

    assert both is not None
    assert (("relearning", "practice", "tutoring"), ("conference",)) == both.kinds
    assert one is not None
    assert "since the try of 10 June 2026 this is not on record: conference" == one.reason
    assert lock_of(ledger, sol, subject, retake) is None


def recorded(ledger: Ledger, who: str = "operator") -> tuple[str, str]:
    """Record something for one learner; return the learner and the evidence."""
    sol = class_of(ledger)[0]
    sheet = record_for_class(ledger, ledger.author(who, "teacher"), said(ledger, [sol]))
    return sol, sheet.lines[0].evidence


def test_what_one_recorded_is_taken_back_within_ten_minutes(ledger: Ledger, clock: Clock) -> None:
    """Up to the tenth minute the same person takes evidence back, and it counts for nothing from there on."""
    sol, name = recorded(ledger)
    clock.instant = NOON.replace("17:00", "17:10")
    command = author(ledger)
    written = take_back(ledger, command, sol, name)
    clock.instant = NOON.replace("17:00", "18:00")
    again = take_back(ledger, command, sol, name)

    assert timedelta(minutes=10) == WITHIN
    assert written.appended.first == again.appended.first
    assert "it is withdrawn already" == may_take_back(ledger, author(ledger).actor, sol, name).refusal


def test_nobody_takes_back_later_or_for_another(ledger: Ledger, clock: Clock) -> None:
    """After ten minutes, by another person, or once it was corrected, evidence is not taken back."""
    sol, name = recorded(ledger)
    with pytest.raises(Refused) as other:
        take_back(ledger, ledger.author("somebody else", "teacher"), sol, name)
    clock.instant = NOON.replace("17:00:00.000000Z", "17:10:01.000000Z")
    with pytest.raises(Refused) as late:
        take_back(ledger, author(ledger), sol, name)
    clock.instant = NOON
    better = evidence(ledger, name, "C.2", "4")
    correct(ledger, author(ledger), sol, better, "read wrongly")
    with pytest.raises(Refused) as corrected:
        take_back(ledger, author(ledger), sol, name)

    assert "another person recorded it; it can be corrected or withdrawn, with a reason, by those who may" == str(
        other.value
    )
    assert "it was recorded more than ten minutes ago; from now on it is corrected or withdrawn with a reason" == str(
        late.value
    )
    assert "it was corrected since; a correction can only be corrected, with a reason" == str(corrected.value)


def test_what_is_not_there_is_not_taken_back(ledger: Ledger) -> None:
    """Evidence of another learner, or of nobody, is said not to be there."""
    _, name = recorded(ledger)
    mei = ledger.vault.learner_id("S-2")

    with pytest.raises(UnknownName, match=f"learner {mei} has no evidence {name}"):
        take_back(ledger, author(ledger), mei, name)
