"""`mastery record`: evidence, preparation, a status, an approval."""

import re
from typing import Any

from ledger.domain.learner import ApprovalGiven, ApprovalRefused, PreparationRecorded, StatusSet
from tests.cli.support import Terminal, adopt

TASK = ("--competency", "M.1", "--kind", "task", "--purpose", "summative", "--occurred", "2026-03-01")


def last_payload(terminal: Terminal, kind: type[Any]) -> Any:
    """Return the last payload of a kind in the log."""
    with terminal.open() as ledger:
        return [event.data for event in ledger.log.scan() if isinstance(event.data, kind)][-1]


def test_evidence_of_a_new_learner_tells_what_it_decides(school: Terminal) -> None:
    """Recorded evidence tells at once each decision in a sentence, what is missing and what next."""
    said = school.ok("record", "evidence", "S-9", "--new", *TASK, "--level", "Proficient").splitlines()
    learner = school.learner("S-9")

    heading = rf"Recorded evidence [0-9a-f-]{{36}} of learner {learner[:4]}-{learner[4:8]} \({learner}\), version 4\."
    assert re.fullmatch(heading, said[0])
    kinds = "Level 3 or higher in 2 or more different kinds of task"
    assert [
        f"MASTERY of M.1 Adds whole numbers (version 2): Not yet: {kinds} (has 1, needs 2).",
        f"  still missing: {kinds}. (has 1, needs 2)",
        "  next: show the level in another kind of task",
    ] == said[1:4]


def test_evidence_that_changes_nothing_says_so(class_: Terminal) -> None:
    """Evidence that changes no decision says so, and names what stands."""
    said = class_.ok("record", "evidence", "S-1", *TASK, "--level", "4").splitlines()

    assert "It changed no decision." == said[1]
    assert "MASTERY of M.1 Adds whole numbers (unchanged, version 3): Mastered: Mastery of a competency." == said[2]


def test_evidence_nothing_reads_says_so(school: Terminal) -> None:
    """Evidence about a subject that no adopted policy asks about decides nothing."""
    words = ("--requirement", "civics-test", "--kind", "exam", "--purpose", "summative", "--passed")
    said = school.ok("record", "evidence", "S-9", "--new", *words)

    assert "It decides nothing: no adopted policy reads it." == said.splitlines()[1]


def test_every_field_of_evidence_can_be_given(school: Terminal) -> None:
    """What the options say is what the event holds; free text and people are in the vault."""
    found = school.json(
        *("record", "evidence", "S-9", "--new", "--competency", "M.1", "--competency", "M.2", "--course", "ALG"),
        *("--kind", "exam", "--purpose", "formative", "--score", "84.50", "--of", "100", "--from-score", "0"),
        *("--task", "Unit test", "--item", "3", "--instrument", "own", "--form", "B", "--rubric", "2026"),
        *("--setting", "online", "--condition", "modified", "--condition", "accommodated", "--language", "es"),
        *("--attempt", "2", "--occurred", "2026-03-01T10:00", "--submitted", "2026-03-02", "--due", "2026-03-03"),
        *("--scored", "2026-03-04", "--organisation", "College", "--capacity", "teacher", "--assessor", "T-1"),
        *("--note", "Works well under time"),
    )
    (event,) = school.json("events", "--after", 9, "--limit", 1)["events"]
    evidence = event["data"]["evidence"]

    assert found["evidence"] == evidence["evidence_id"]
    score = {"value": "84.5", "minimum": "0", "maximum": "100"}
    assert [score] * 3 == [result["score"] for result in evidence["results"]]
    assert ["competency", "competency", "course"] == [result["subject"]["kind"] for result in evidence["results"]]
    named = {"item": "3", "instrument": "own", "form": "B", "rubric": "2026", "setting": "online", "language": "es"}
    dated = {"occurred": "2026-03-01T10:00", "submitted": "2026-03-02", "due": "2026-03-03", "scored": "2026-03-04"}
    given = {"task": "Unit test", "attempt": 2, "conditions": ["accommodated", "modified"], **named, **dated}
    assert given == {name: evidence[name] for name in given}
    assert {"system": "by-hand", "record": None} == evidence["source"]
    with school.open() as ledger:
        assert ledger.vault.find_person("T-1") == evidence["assessor"]["who"]
    assert "Works well" not in str(event)


def test_evidence_may_say_that_there_is_no_result(school: Terminal) -> None:
    """A learner who was absent has no result, which is never a zero."""
    school.ok("record", "evidence", "S-9", "--new", *TASK, "--absent", "excused")

    assert "summative task, M.1 Adds whole numbers: no result: excused" in school.ok("events", "--after", 9)


def test_a_learner_may_be_named_by_uuid(class_: Terminal) -> None:
    """A learner on record is found by UUID too."""
    found = class_.json("record", "evidence", class_.learner("S-2"), *TASK, "--level", "3")

    assert class_.learner("S-2") == found["result"]["learner"]
    assert ["M.1"] == [one["summary"]["subject"]["code"] for one in found["result"]["decided"]]


def test_a_preparation_is_recorded(class_: Terminal) -> None:
    """A preparation holds how and when, and who says so; the note is in the vault."""
    words = ("--competency", "M.1", "--kind", "tutoring", "--occurred", "2026-03-05")
    more = ("--attested-by", "T-1", "--note", "Twice")
    said = class_.ok("record", "preparation", "S-2", *words, *more).splitlines()
    payload = last_payload(class_, PreparationRecorded)

    assert re.fullmatch(r"Recorded preparation of learner .* version 5\.", said[0])
    assert ("tutoring", "2026-03-05") == (payload.kind, payload.occurred)
    with class_.open() as ledger:
        assert ledger.vault.find_person("T-1") == payload.attested_by
        assert "Twice" == ledger.vault.text(payload.note)


def test_a_preparation_may_decide_readiness(class_: Terminal) -> None:
    """Where readiness is asked for, a preparation decides it."""
    adopt(class_, "competency-based/readiness")
    found = class_.json("record", "preparation", "S-2", "--competency", "M.1", "--kind", "practice", "--new")

    assert [("READINESS", "met")] == [
        (one["summary"]["question"], one["summary"]["outcome"]) for one in found["decided"]
    ]
    assert ["MASTERY"] == [one["summary"]["question"] for one in found["unchanged"]]


def test_a_status_is_recorded(class_: Terminal) -> None:
    """A status holds its code, its subject, its days and what it rests on."""
    words = ("--code", "us-tx/prior-instruction", "--course", "ALG", "--basis", "Transcript", "--not")
    class_.ok("record", "status", "S-2", *words, "--from", "2026-01-01", "--until", "2026-05-30")
    payload = last_payload(class_, StatusSet)

    assert ("us-tx/prior-instruction", False, "course/ALG", "2026-01-01", "2026-05-30", "Transcript") == (
        payload.code,
        payload.holds,
        payload.subject.key,
        payload.first_day,
        payload.last_day,
        payload.basis,
    )


def test_a_status_of_the_learner_is_about_no_subject(class_: Terminal) -> None:
    """A status without a subject holds for the learner as a whole, from ever."""
    found = class_.json("record", "status", "S-2", "--code", "us-ny/safety-net", "--basis", "IEP")
    payload = last_payload(class_, StatusSet)

    assert ([], [], None, None) == (found["decided"], found["unchanged"], payload.subject, payload.first_day)


def test_an_approval_is_recorded(class_: Terminal) -> None:
    """An approval names who gave it by a vault id."""
    words = ("--kind", "recommendation", "--course", "ALG", "--by", "T-1", "--capacity", "teacher")
    class_.ok("record", "approval", "S-2", *words, "--organisation", "School", "--occurred", "2026-03-01")
    payload = last_payload(class_, ApprovalGiven)

    with class_.open() as ledger:
        assert ledger.vault.find_person("T-1") == payload.by.who
    assert ("teacher", "School", "2026-03-01") == (payload.by.capacity, payload.by.organisation, payload.occurred)


def test_a_refusal_is_recorded(class_: Terminal) -> None:
    """With --refused the word is no."""
    found = class_.json("record", "approval", "S-2", "--kind", "consent", "--by", "G-1", "--refused")

    assert ("consent", None) == (lambda one: (one.kind, one.subject))(last_payload(class_, ApprovalRefused))
    assert class_.learner("S-2") == found["learner"]
