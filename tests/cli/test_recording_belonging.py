"""`mastery record`: an enrolment, a transfer, a grade, a course, and taking one of them back."""

from typing import Any

from ledger.domain.belonging import (
    BelongingRetracted,
    CourseCompleted,
    CourseEnrolled,
    CourseLeft,
    GradeOfRecordSet,
    LearnerEnrolled,
    LearnerTransferred,
)
from ledger.domain.shapes import Source
from tests.cli.support import Terminal
from tests.cli.test_recording_people import last_payload

NORTH, SOUTH = "us-tx/pine-valley/north", "us-tx/pine-valley/south"
HERE = Source(system="mastery")
MISTAKE = ("--reason", "Another learner's transfer")

COMMANDS: tuple[tuple[tuple[str, ...], Any], ...] = (
    (
        ("enrolment", "--organisation", NORTH, "--from", "2025-08-18", "--grade", "9"),
        LearnerEnrolled(organisation=NORTH, first_day="2025-08-18", grade="9", source=HERE),
    ),
    (
        ("enrolment", "--organisation", NORTH, "--from", "2025-08-18", "--until", "2026-05-29"),
        LearnerEnrolled(organisation=NORTH, first_day="2025-08-18", last_day="2026-05-29", source=HERE),
    ),
    (
        ("transfer", "--origin", NORTH, "--destination", SOUTH, "--on", "2026-01-07"),
        LearnerTransferred(origin=NORTH, destination=SOUTH, day="2026-01-07", source=HERE),
    ),
    (
        ("grade", "--grade", "10", "--from", "2026-01-07", "--basis", "Board policy 7"),
        GradeOfRecordSet(grade="10", first_day="2026-01-07", basis="Board policy 7"),
    ),
    (
        ("course", "ALG", "--from", "2025-08-18", "--section", "3", "--session", "fall", "--organisation", NORTH),
        CourseEnrolled(
            course="ALG", first_day="2025-08-18", section="3", session="fall", organisation=NORTH, source=HERE
        ),
    ),
    (
        ("course", "GEO", "--from", "2025-08-18", "--until", "2026-05-29"),
        CourseEnrolled(course="GEO", first_day="2025-08-18", last_day="2026-05-29", source=HERE),
    ),
    (
        ("course", "ALG", "--completed", "2025-12-19", "--session", "fall"),
        CourseCompleted(course="ALG", day="2025-12-19", session="fall"),
    ),
    (("course", "GEO", "--left", "2025-12-19"), CourseLeft(course="GEO", day="2025-12-19")),
)


def everything(terminal: Terminal) -> None:
    """Record one of each about a learner."""
    for (command, *words), _ in COMMANDS:
        where, options = ([words[0]], words[1:]) if command == "course" else ([], words)
        terminal.ok("record", command, "S-2", *where, *options)
    terminal.ok("record", "retraction", "S-2", "--entry", "7", *MISTAKE)


def test_each_entry_is_recorded_as_it_was_given(class_: Terminal) -> None:
    """Every option ends in the field it names."""
    everything(class_)
    with class_.open() as ledger:
        found = [event.data for event in ledger.log.scan() if isinstance(event.data, kinds())]

    assert [payload for _, payload in COMMANDS] == found


def kinds() -> tuple[type[Any], ...]:
    """Return the kinds of what the commands record."""
    return tuple({type(payload) for _, payload in COMMANDS})


def test_the_answer_says_what_was_recorded(class_: Terminal) -> None:
    """A command says what was recorded, of whom, and whether it changed a decision."""
    said = class_.ok("record", "course", "S-2", "ALG", "--from", "2026-01-05").splitlines()
    found = class_.json("record", "grade", "S-2", "--grade", "9", "--from", "2026-01-05")

    assert said[0].startswith("Recorded course began of learner ")
    assert "It decides nothing: no adopted policy reads it." == said[1]
    assert (6, class_.learner("S-2")) == (found["version"], found["learner"])


def test_a_retraction_keeps_its_reason_in_the_vault(class_: Terminal) -> None:
    """What is taken back is named by its version, and the reason is not in the log."""
    everything(class_)
    payload = last_payload(class_, BelongingRetracted)

    assert 7 == payload.entry
    with class_.open() as ledger:
        assert MISTAKE[1] == ledger.vault.text(payload.reason)


def test_all_of_it_is_said_in_a_line(class_: Terminal) -> None:
    """The log says each in a line."""
    everything(class_)
    said = [line.split("  ")[-1] for line in class_.ok("events", "--after", "18").splitlines()]

    assert [
        f"{NORTH}, grade 9, 2025-08-18 to further notice",
        f"{NORTH}, 2025-08-18 to 2026-05-29",
        f"from {NORTH} to {SOUTH}",
        "grade 10 from 2026-01-07",
        f"ALG, section 3, session fall, in {NORTH}, 2025-08-18 to further notice",
        "GEO, 2025-08-18 to 2026-05-29",
        "ALG, session fall, completed 2025-12-19",
        "GEO, left 2025-12-19",
        "version 7 does not count",
    ] == said[1:]


def test_all_of_it_is_shown_with_the_learner(class_: Terminal) -> None:
    """The learner's record lists each with its day and the version by which it is taken back."""
    everything(class_)
    lines = class_.ok("learner", "S-2").splitlines()
    listed = lines[lines.index("Also on record") + 1 :]

    assert [
        f"  2025-08-18  enrolment: {NORTH}, grade 9, 2025-08-18 to further notice (version 5)",
        f"  2025-08-18  enrolment: {NORTH}, 2025-08-18 to 2026-05-29 (version 6)",
        f"  2026-01-07  transfer: from {NORTH} to {SOUTH} (version 7)",
        "  2026-01-07  grade: grade 10 from 2026-01-07 (version 8)",
        f"  2025-08-18  course: ALG, section 3, session fall, in {NORTH}, 2025-08-18 to further notice (version 9)",
        "  2025-08-18  course: GEO, 2025-08-18 to 2026-05-29 (version 10)",
        "  2025-12-19  course: ALG, session fall, completed 2025-12-19 (version 11)",
        "  2025-12-19  course: GEO, left 2025-12-19 (version 12)",
        "  undated  retraction: version 7 does not count (version 13)",
    ] == listed


def test_all_of_it_is_replayed(class_: Terminal) -> None:
    """Decisions are made again alike in a ledger that holds all of it."""
    everything(class_)

    assert "6 decisions of 2 learners made again:\n  identical                        6\n" == class_.ok("replay")
