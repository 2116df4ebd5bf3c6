"""`mastery correct` and `mastery withdraw`."""

import pytest

from tests.cli.support import Terminal


def evidence_of(terminal: Terminal, learner: str) -> list[str]:
    """Return the ids of a learner's evidence, in the order of entry."""
    return [one["evidence_id"] for one in terminal.json("learner", learner)["evidence"]]


def test_a_correction_shows_before_and_after(class_: Terminal) -> None:
    """A correction replaces what is given, shows what it was, and decides again."""
    (one,) = evidence_of(class_, "S-2")
    said = class_.ok("correct", "S-2", one, "--level", "4", "--task", "Budget", "--reason", "Misread").splitlines()
    learner = class_.learner("S-2")

    assert f"Corrected evidence {one} of learner {learner[:4]}-{learner[4:8]} ({learner}), version 6." == said[0]
    assert (
        "  results: was M.1 Adds whole numbers: level 2 (Developing), is M.1 Adds whole numbers: level 4 (Advanced)"
        == (said[1])
    )
    assert "  task: was Shopping list, is Budget" == said[2]
    assert said[3].startswith("MASTERY of M.1 Adds whole numbers (version 6): Not yet: ")


def test_a_correction_keeps_what_is_not_given(class_: Terminal) -> None:
    """What no option names stays as it was, the framework edition included."""
    (one,) = evidence_of(class_, "S-2")
    before = class_.json("events", "--stream", f"learner/{class_.learner('S-2')}")["events"][0]["data"]["evidence"]
    found = class_.json(
        *("correct", "S-2", one, "--occurred", "2026-02-28", "--capacity", "teacher"), "--reason", "Wrong day"
    )
    after = class_.json("events", "--after", 18)["events"][0]["data"]["evidence"]

    assessor = {"who": None, "organisation": None, "capacity": "teacher"}
    assert {**before, "occurred": "2026-02-28", "assessor": assessor} == after
    assert [("occurred", "2026-03-01", "2026-02-28"), ("assessor", "none", "teacher")] == [
        (change["field"], change["before"], change["after"]) for change in found["changes"]
    ]


def test_a_score_is_corrected_within_its_scale(school: Terminal) -> None:
    """A new score keeps the ends of its scale, and is held against them."""
    words = ("--competency", "M.1", "--kind", "exam", "--purpose", "summative", "--score", "70", "--of", "100")
    one = school.json("record", "evidence", "S-9", "--new", *words)["evidence"]
    found = school.json("correct", "S-9", one, "--score", "80", "--reason", "Recount")

    assert ["M.1 Adds whole numbers: 80 of 100"] == [change["after"] for change in found["changes"]]
    assert "--score: the score 180 is above its maximum 100" == school.refused(
        "correct", "S-9", one, "--score", "180", "--reason", "Recount"
    )


def test_a_subject_is_corrected(school: Terminal) -> None:
    """Another subject takes over the result; several subjects with equal results may be exchanged."""
    words = ("--kind", "exam", "--purpose", "summative", "--passed")
    one = school.json("record", "evidence", "S-9", "--new", *words, "--competency", "M.1", "--competency", "M.2")
    found = school.json("correct", "S-9", one["evidence"], "--course", "ALG", "--reason", "About the course")
    again = school.json(
        *("correct", "S-9", one["evidence"], "--competency", "M.1", "--not-passed", "--condition", "modified"),
        *("--reason", "No"),
    )

    assert ["M.1 Adds whole numbers: passed; M.2 Subtracts whole numbers: passed"] == [
        change["before"] for change in found["changes"]
    ]
    assert ["course ALG: passed"] == [change["after"] for change in found["changes"]]
    assert [("none", "modified"), ("course ALG: passed", "M.1 Adds whole numbers: not passed")] == sorted(
        ((change["before"], change["after"]) for change in again["changes"]), reverse=True
    )


def test_a_withdrawal_takes_evidence_out(class_: Terminal) -> None:
    """Withdrawn evidence counts no more, and what rests on it is decided again."""
    first = evidence_of(class_, "S-1")[0]
    said = class_.ok("withdraw", "S-1", first, "--reason", "Another learner's work").splitlines()

    assert said[0].startswith(f"Withdrew evidence {first} of learner ")
    assert said[1].startswith("MASTERY of M.1 Adds whole numbers (version 7): Not yet: ")
    assert [True, False] == [one["withdrawn"] for one in class_.json("learner", "S-1")["evidence"]]


def test_a_withdrawal_is_told_in_json(class_: Terminal) -> None:
    """In JSON a withdrawal changes no field and tells its decisions."""
    first = evidence_of(class_, "S-1")[0]
    found = class_.json("withdraw", "S-1", first, "--reason", "Another learner's work")

    assert (first, []) == (found["evidence"], found["changes"])
    assert ["not_yet"] == [one["summary"]["outcome"] for one in found["result"]["decided"]][:1]


def test_reasons_stay_in_the_vault(class_: Terminal) -> None:
    """The reason for a correction is in no event."""
    first = evidence_of(class_, "S-1")[0]
    class_.ok("withdraw", "S-1", first, "--reason", "Copied from a friend")

    assert "friend" not in class_.ok("events", "--limit", "100", "--json")


@pytest.mark.parametrize("command", ["correct", "withdraw"])
def test_what_was_withdrawn_cannot_be_amended(class_: Terminal, command: str) -> None:
    """Withdrawn evidence can neither be corrected nor withdrawn again."""
    first = evidence_of(class_, "S-1")[0]
    class_.ok("withdraw", "S-1", first, "--reason", "Why")

    assert f"evidence {first} was withdrawn; record it anew" == class_.refused(
        command, "S-1", first, "--reason", "Why", *(("--level", "4") if command == "correct" else ())
    )
