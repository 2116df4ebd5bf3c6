"""Evidence in, decisions out, in one append."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.adopting import Adoption, adopt
from ledger.application.governing import designate, import_framework
from ledger.application.learning import correct, record_evidence, subject_of, withdraw
from ledger.application.learning import record as record_payload
from ledger.application.records import folded_record, snapshot_record
from ledger.application.ticking import tick
from ledger.domain.learner import PreparationRecorded
from ledger.domain.shapes import Score, Subject
from ledger.errors import Refused, UnknownName, UsageError
from ledger.facts.record import LearnerRecord
from ledger.storage.append import Append, Appended
from tests.support.ledgers import (
    AUTHORITY,
    FOUR_LEVELS,
    LONG_AGO,
    Clock,
    adopted,
    author,
    catalogue,
    classroom,
    evidence,
    framework,
    outcomes,
    record,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A state's ledger with mastery and course credit adopted."""
    return classroom(tmp_path)


@pytest.fixture
def learner(ledger: Ledger) -> str:
    """A learner the vault knows."""
    return ledger.vault.learner_id("S-1")


def test_evidence_and_its_decisions_are_one_append(ledger: Ledger, learner: str) -> None:
    """The decision stands right behind its evidence, and names the version it was made at."""
    written = record(ledger, learner, "e1", "C.2")
    events = list(ledger.log.stream(f"learner/{learner}"))

    assert [("MASTERY", "c2", "not_yet")] == outcomes(written)
    assert ["e1", None] == [getattr(getattr(e.data, "evidence", None), "evidence_id", None) for e in events]
    assert 1 == events[1].data.learner_version
    assert f"learner/{learner}@1" == events[1].cause
    assert written.appended.last - written.appended.first == 1


def test_two_kinds_of_task_at_the_level_are_mastery(ledger: Ledger, learner: str) -> None:
    """Mastery needs the level in two kinds of task, and carries the level."""
    record(ledger, learner, "e1", "C.2", "3")
    same_kind = record(ledger, learner, "e2", "C.2", "4")
    other_kind = record(ledger, learner, "e3", "C.2", "3", kind="exam")

    assert [] == outcomes(same_kind)
    assert [("MASTERY", "c2", "met")] == outcomes(other_kind)
    assert "3" == other_kind.decisions[0].level


def test_a_lower_latest_result_takes_mastery_back(ledger: Ledger, learner: str) -> None:
    """Mastery follows the evidence: the most recent result may not be lower than the level."""
    record(ledger, learner, "e1", "C.2", "3")
    record(ledger, learner, "e2", "C.2", "3", kind="exam")
    lower = record(ledger, learner, "e3", "C.2", "2", kind="portfolio", occurred="2026-05-09")

    assert [("MASTERY", "c2", "not_yet")] == outcomes(lower)
    assert ("holding",) == lower.decisions[0].decisive


def test_mastery_waits_for_prerequisites_and_follows_them_in_the_same_append(ledger: Ledger, learner: str) -> None:
    """Mastering what comes first decides what comes after, course credit and advancement, at once."""
    record(ledger, learner, "e1", "C.1", "3")
    waiting = record(ledger, learner, "e2", "C.1", "3", kind="exam")
    record(ledger, learner, "e3", "C.0", "3")
    done = record(ledger, learner, "e4", "C.0", "3", kind="exam")

    assert ("MASTERY", "c1", "not_yet") in outcomes(waiting)
    assert [
        ("MASTERY", "c0", "met"),
        ("MASTERY", "c1", "met"),
        ("CREDIT", "algebra", "met"),
        ("ADVANCEMENT", "algebra", "met"),
    ] == outcomes(done)


def test_an_award_stands_though_its_ground_is_gone(ledger: Ledger, learner: str) -> None:
    """Credit once met is not undone by later evidence; the mastery beneath it follows the evidence."""
    for number, competency in enumerate(("C.0", "C.0", "C.1", "C.1")):
        record(ledger, learner, f"e{number}", competency, "3", kind=("task", "exam")[number % 2])
    lower = record(ledger, learner, "late", "C.0", "1", kind="portfolio", occurred="2026-06-01")

    assert [("MASTERY", "c0", "not_yet"), ("MASTERY", "c1", "not_yet")] == outcomes(lower)
    standing = folded_record(ledger, f"learner/{learner}").standing("CREDIT", "course/algebra", "standard")
    assert standing is not None and "met" == standing.outcome


def test_practice_never_counts(ledger: Ledger, learner: str) -> None:
    """Practice decides nothing new after the first answer that there is no evidence yet."""
    first = record(ledger, learner, "e1", "C.2", "4", purpose="practice")
    second = record(ledger, learner, "e2", "C.2", "4", kind="exam", purpose="practice")

    assert [("MASTERY", "c2", "not_yet")] == outcomes(first)
    assert [] == outcomes(second)


def test_a_retake_counts_only_after_preparation(ledger: Ledger, learner: str) -> None:
    """A second try at the same task is weighed once preparation between the tries is on record."""
    record(ledger, learner, "other", "C.2", "3", kind="exam", occurred="2026-04-01")
    record(ledger, learner, "first", "C.2", "2", task="essay", occurred="2026-04-10")
    retake = record(ledger, learner, "second", "C.2", "3", task="essay", occurred="2026-04-20")
    prepared = record_payload(
        ledger,
        author(ledger),
        learner,
        PreparationRecorded(subject=subject_of(ledger, "C.2"), kind="tutoring", occurred="2026-04-15"),
    )

    assert [] == outcomes(retake)
    assert [("MASTERY", "c2", "met")] == outcomes(prepared)


def test_scores_are_read_as_levels_through_the_adopted_bands(ledger: Ledger, learner: str) -> None:
    """75 of 100 meets the band of level 3; 74.5 does not."""
    low = record(ledger, learner, "e1", "C.2", score=Score(value="74.5", minimum="0", maximum="100"))
    record(ledger, learner, "e2", "C.2", score=Score(value="75", minimum="0", maximum="100"), occurred="2026-05-02")
    met = record(
        ledger,
        learner,
        "e3",
        "C.2",
        score=Score(value="90", minimum="0", maximum="100"),
        kind="exam",
        occurred="2026-05-03",
    )

    assert ("MASTERY", "c2", "not_yet") in outcomes(low)
    assert [("MASTERY", "c2", "met")] == outcomes(met)


def test_a_correction_replaces_and_decides_again(ledger: Ledger, learner: str) -> None:
    """Corrected evidence keeps its place in the order, and what it touched is decided anew."""
    record(ledger, learner, "e1", "C.2", "3")
    record(ledger, learner, "e2", "C.2", "2", kind="exam")
    reason = "typed wrongly"
    right = evidence(ledger, "e2", "C.2", "3", kind="exam")
    written = correct(ledger, author(ledger), learner, right, reason)
    moved = evidence(ledger, "e2", "C.3", "3", kind="exam")
    away = correct(ledger, author(ledger), learner, moved, reason)

    assert [("MASTERY", "c2", "met")] == outcomes(written)
    assert [("MASTERY", "c2", "not_yet"), ("MASTERY", "c3", "not_yet")] == outcomes(away)


def test_a_withdrawal_takes_evidence_out(ledger: Ledger, learner: str) -> None:
    """Withdrawn evidence counts for nothing from then on."""
    record(ledger, learner, "e1", "C.2", "3")
    record(ledger, learner, "e2", "C.2", "3", kind="exam")
    written = withdraw(ledger, author(ledger), learner, "e2", "another learner's")

    assert [("MASTERY", "c2", "not_yet")] == outcomes(written)
    with pytest.raises(Refused, match="evidence e2 was withdrawn; record it anew under another id"):
        withdraw(ledger, author(ledger), learner, "e2", "again")
    with pytest.raises(UnknownName, match="has no evidence e9"):
        withdraw(ledger, author(ledger), learner, "e9", "x")


def test_late_evidence_is_folded_in_its_place(ledger: Ledger, learner: str) -> None:
    """An older result entered late does not become the most recent one."""
    record(ledger, learner, "e1", "C.2", "3", occurred="2026-05-01")
    record(ledger, learner, "e2", "C.2", "3", kind="exam", occurred="2026-05-02")
    late = record(ledger, learner, "e3", "C.2", "1", kind="portfolio", occurred="2026-01-15")

    assert [] == outcomes(late)


def test_evidence_dated_tomorrow_is_refused(ledger: Ledger, learner: str) -> None:
    """Evidence is of something that happened, by the calendar of the ledger's zone."""
    with pytest.raises(UsageError, match="occurred 2026-06-16 is in the future; today is 2026-06-15"):
        record(ledger, learner, "e1", "C.2", occurred="2026-06-16")
    assert 0 == ledger.log.recorder.last_version(f"learner/{learner}")


def test_today_is_the_day_in_the_ledgers_zone(tmp_path: Path) -> None:
    """Four in the morning in Greenwich is still yesterday in Chicago."""
    ledger = classroom(tmp_path, clock=Clock("2026-06-16T04:00:00.000000Z"))

    assert "2026-06-15" == ledger.today().isoformat()


def test_known_evidence_is_not_recorded_twice(ledger: Ledger, learner: str) -> None:
    """The same id with other content is refused with the command that corrects."""
    record(ledger, learner, "e1", "C.2", "3")

    with pytest.raises(Refused, match="e1 is recorded with other content; use `mastery correct`"):
        record(ledger, learner, "e1", "C.2", "4")
    with pytest.raises(Refused, match="e1 is on record already"):
        record(ledger, learner, "e1", "C.2", "3")


def test_a_repeated_command_changes_nothing(ledger: Ledger, learner: str) -> None:
    """A command sent again with its id is answered with the first positions."""
    who, what = author(ledger, "once"), evidence(ledger, "e1", "C.2")
    first = record_evidence(ledger, who, learner, what)

    again = record_evidence(ledger, who, learner, what)

    assert again.appended.repeated
    assert (first.appended.first, first.appended.last) == (again.appended.first, again.appended.last)


def test_a_course_without_standards_is_a_persons_matter(ledger: Ledger, learner: str) -> None:
    """While nobody has said what a course requires the answer is undetermined; a designation and a tick settle it."""
    art = Subject(kind="course", id="art")
    asked = record(ledger, learner, "x", "C.4", subject=art, level="3")
    designate(ledger, author(ledger), ["C.4"], "art", first_day=LONG_AGO, authority=AUTHORITY)
    written = tick(ledger, author(ledger), ledger.today())
    standing = folded_record(ledger, f"learner/{learner}").standing("CREDIT", "course/art", "standard")

    assert [("CREDIT", "art", "undetermined"), ("ADVANCEMENT", "art", "undetermined")] == outcomes(asked)
    assert 2 == written
    assert standing is not None and "not_yet" == standing.outcome


def test_a_rule_adopted_later_finds_those_it_concerns(tmp_path: Path) -> None:
    """Credit adopted after every standard was mastered is given by a tick, or by the next evidence of any kind."""
    ledger = classroom(tmp_path, course=False)
    learners = [ledger.vault.learner_id(name) for name in ("S-1", "S-2")]
    designate(ledger, author(ledger), ["C.2"], "art", first_day=LONG_AGO, authority=AUTHORITY)
    for number, learner in enumerate(learners):
        record(ledger, learner, f"a{number}", "C.2")
        record(ledger, learner, f"b{number}", "C.2", kind="exam")
    adopted(ledger, "competency-based/course")
    by_evidence = record(ledger, learners[0], "more", "C.2", kind="portfolio")
    by_tick = tick(ledger, author(ledger), ledger.today())

    assert [("CREDIT", "art", "met")] == outcomes(by_evidence)
    assert 1 == by_tick


def test_a_tick_never_goes_back(ledger: Ledger) -> None:
    """The calendar is gone through once: an earlier day, or one to come, is refused."""
    tick(ledger, author(ledger), date(2026, 6, 1))

    with pytest.raises(UsageError, match="gone through up to 2026-06-01 already; name that day or a later one"):
        tick(ledger, author(ledger), date(2026, 5, 1))
    with pytest.raises(UsageError, match="2026-06-16 has not come yet; today is 2026-06-15"):
        tick(ledger, author(ledger), date(2026, 6, 16))
    assert 0 == tick(ledger, author(ledger), date(2026, 6, 1))


def test_a_stricter_rule_takes_nothing_away_silently(ledger: Ledger, learner: str) -> None:
    """Mastery met under the former values stands while they still say met; lower evidence takes it back."""
    record(ledger, learner, "e1", "C.2")
    record(ledger, learner, "e2", "C.2", kind="exam")
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "3"}, scale=FOUR_LEVELS.digest)
    unmoved = record(ledger, learner, "e3", "C.2", "4", kind="exam", occurred="2026-05-02")
    lower = record(ledger, learner, "e4", "C.2", "1", kind="exam", occurred="2026-05-03")

    assert [] == outcomes(unmoved)
    assert [("MASTERY", "c2", "not_yet")] == outcomes(lower)


def test_a_competency_dropped_from_the_framework_keeps_its_edition(ledger: Ledger, learner: str) -> None:
    """Decisions about it still name an edition that has it, and its prerequisites still count."""
    smaller = framework(1)
    import_framework(ledger, author(ledger), smaller, b"later")
    c1 = Subject(kind="competency", id="c1", framework=None)
    record(ledger, learner, "e1", "C.1", subject=c1)
    written = record(ledger, learner, "e2", "C.1", subject=c1, kind="exam")

    assert [("MASTERY", "c1", "not_yet")] == outcomes(written)
    assert ("prerequisites",) == written.decisions[0].decisive
    assert written.decisions[0].subject.framework is not None


@pytest.mark.parametrize("command", ["record", "correct", "withdraw"])
def test_every_command_may_be_repeated(ledger: Ledger, learner: str, command: str) -> None:
    """A command sent again is answered as the first time, though the ledger has moved on since."""
    if command != "record":
        record(ledger, learner, "e1", "C.2")
    who = author(ledger, "once")
    acts = {
        "record": lambda: record_evidence(ledger, who, learner, evidence(ledger, "e1", "C.2")),
        "correct": lambda: correct(ledger, who, learner, evidence(ledger, "e1", "C.2", "4"), "mistyped"),
        "withdraw": lambda: withdraw(ledger, who, learner, "e1", "not hers"),
    }
    first = acts[command]()
    record(ledger, learner, "other", "C.2", kind="exam")
    again = acts[command]()

    assert (first.version, outcomes(first)) == (again.version, outcomes(again))
    assert (first.appended.first, True) == (again.appended.first, again.appended.repeated)


def test_an_adoption_may_be_repeated(ledger: Ledger) -> None:
    """Adopting again under the same command id is answered with the first position."""
    found = catalogue().find("competency-based/readiness", LONG_AGO)
    asked = Adoption(found, "us-xx", LONG_AGO, AUTHORITY, "test", scale=FOUR_LEVELS.digest)
    first = adopt(ledger, author(ledger, "once"), asked)

    assert adopt(ledger, author(ledger, "once"), asked).repeated
    assert first.last == ledger.governance().position


def test_a_correction_never_brings_withdrawn_evidence_back(
    ledger: Ledger, learner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A correction that meets a withdrawal by somebody else is refused, not written over it."""
    record(ledger, learner, "e1", "C.2")
    append, met = ledger.log.append, []

    def meddled(one: Append) -> Appended:
        if not met:
            met.append(True)
            withdraw(ledger, author(ledger), learner, "e1", "not hers")
        return append(one)

    monkeypatch.setattr(ledger.log, "append", meddled)
    with pytest.raises(Refused, match="evidence e1 was withdrawn"):
        correct(ledger, author(ledger), learner, evidence(ledger, "e1", "C.2", "4"), "mistyped")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"level": "very good"}, "'very good' is not a plain decimal such as 3 or 84.5"),
        ({"occurred": "yesterday"}, "occurred: 'yesterday' is not a date such as 2026-05-30"),
        ({"attempt": 2**60}, "is not a number from 1 to 1000"),
        ({"task": "e\u0301tude"}, "is not in Unicode form NFC"),
        ({"task": "\ud800"}, "EvidenceRecorded cannot be stored"),
        ({"level": None}, "says one thing: a level, a score, passed, or why there is none"),
        ({"occurred": "2026-06-15T23:00-08:00"}, "is in the future; today is 2026-06-15"),
    ],
)
def test_what_cannot_be_stored_for_good_is_refused(
    ledger: Ledger, learner: str, change: dict[str, object], said: str
) -> None:
    """Numbers, dates and texts without a stored form are told in a sentence, and nothing is written."""
    with pytest.raises(UsageError) as caught:
        record(ledger, learner, "e1", "C.2", **change)

    assert said in str(caught.value)
    assert 0 == ledger.log.recorder.last_version(f"learner/{learner}")


def test_a_learners_snapshot_equals_a_full_fold(ledger: Ledger, learner: str) -> None:
    """What the append wrote beside the events is what folding the events gives."""
    for number in range(6):
        record(ledger, learner, f"e{number}", f"C.{number % 3}", "3", kind=("task", "exam")[number // 3])
    stream = f"learner/{learner}"
    quick, slow = snapshot_record(ledger, stream), folded_record(ledger, stream)

    assert (slow.version, slow.subjects, slow.decision_keys) == (quick.version, quick.subjects, quick.decision_keys)
    for key in slow.decision_keys:
        question, rest = key.split("/", 1)
        subject, award = rest.rsplit("/", 1)
        assert slow.standing(question, subject, award) == quick.standing(question, subject, award)


@pytest.mark.parametrize("change", ["flip", "drop", "old"])
def test_a_damaged_snapshot_changes_no_decision(ledger: Ledger, learner: str, change: str) -> None:
    """Flipped, missing and stale parts are noticed; the learner is folded anew and decided as ever."""
    for number in range(4):
        record(ledger, learner, f"e{number}", "C.2", "2", occurred=f"2026-03-0{number + 1}")
    with sqlite3.connect(ledger.log.path) as database:
        statement = {
            "flip": "UPDATE parts SET state = replace(state, '3', '4')",
            "drop": "DELETE FROM parts WHERE name LIKE 'subject/%'",
            "old": "UPDATE parts SET state = X'7B7D' WHERE name LIKE 'subject/%'",
        }[change]
        database.execute(statement)
    record(ledger, learner, "e8", "C.2", "3", occurred="2026-05-02")
    met = record(ledger, learner, "e9", "C.2", "3", kind="exam", occurred="2026-05-03")

    assert [("MASTERY", "c2", "met")] == outcomes(met)
    assert isinstance(snapshot_record(ledger, f"learner/{learner}"), LearnerRecord)
