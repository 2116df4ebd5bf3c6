"""`mastery record`: a cohort, support, a panel's vote, a choice."""

import re
from typing import Any

from ledger.domain.learner import ChoiceMade, CohortSet, PanelVoted, SupportOffered, SupportProvided
from tests.cli.support import Terminal, adopt


def last_payload(terminal: Terminal, kind: type[Any]) -> Any:
    """Return the last payload of a kind in the log."""
    with terminal.open() as ledger:
        return [event.data for event in ledger.log.scan() if isinstance(event.data, kind)][-1]


def test_a_cohort_is_recorded(class_: Terminal) -> None:
    """A cohort holds its clock and a year, or a day, and what it rests on."""
    said = class_.ok("record", "cohort", "S-2", "--clock", "class", "--year", "2027", "--basis", "Enrolment")
    by_year = last_payload(class_, CohortSet)
    class_.ok("record", "cohort", "S-2", "--clock", "entry", "--day", "2024-08-19")

    assert re.fullmatch(r"Recorded cohort of learner .* version 5\.", said.splitlines()[0])
    assert CohortSet(clock="class", year=2027, day=None, basis="Enrolment") == by_year
    assert CohortSet(clock="entry", year=None, day="2024-08-19") == last_payload(class_, CohortSet)


def test_support_offered_is_recorded(class_: Terminal) -> None:
    """Support that was offered holds its kind, its subject, its day and who offered it."""
    words = ("--kind", "tutoring", "--stage", "offered", "--course", "ALG", "--occurred", "2026-03-05")
    class_.ok("record", "support", "S-2", *words, "--by", "T-1", "--organisation", "School", "--capacity", "teacher")
    payload = last_payload(class_, SupportOffered)

    assert ("tutoring", "course/ALG", "2026-03-05") == (payload.kind, payload.subject.key, payload.occurred)
    assert ("School", "teacher") == (payload.by.organisation, payload.by.capacity)
    with class_.open() as ledger:
        assert ledger.vault.find_person("T-1") == payload.by.who


def test_support_provided_is_recorded(class_: Terminal) -> None:
    """Support that was provided may have hours; the note is in the vault, and nobody needs to be named."""
    words = ("--kind", "tutoring", "--stage", "provided", "--hours", "1.5", "--note", "Twice")
    found = class_.json("record", "support", "S-2", *words)
    payload = last_payload(class_, SupportProvided)

    assert class_.learner("S-2") == found["learner"]
    assert ("tutoring", None, None, "1.5", None) == (
        payload.kind,
        payload.subject,
        payload.occurred,
        payload.hours,
        payload.by,
    )
    with class_.open() as ledger:
        assert "Twice" == ledger.vault.text(payload.note)


def test_the_organisation_behind_support_needs_no_person(class_: Terminal) -> None:
    """Support may be an organisation's alone."""
    class_.ok("record", "support", "S-2", "--kind", "camp", "--stage", "offered", "--organisation", "College")

    assert (None, "College") == (lambda by: (by.who, by.organisation))(last_payload(class_, SupportOffered).by)


def test_a_vote_is_recorded(class_: Terminal) -> None:
    """A vote holds the panel's own result and each member's; people and the reason are in the vault."""
    votes = ("--member", "teacher:yes:T-7", "--member", "expert:abstained", "--member", "expert:no:local:9")
    words = ("--body", "review", "--result", "sent_back", "--requirement", "us-xx/portfolio", *votes)
    more = ("--organisation", "School", "--reason", "Too short", "--occurred", "2026-03-05")
    said = class_.ok("record", "panel", "S-2", *words, *more)
    payload = last_payload(class_, PanelVoted)

    assert said.startswith("Recorded panel of learner ")
    assert ("review", "requirement/us-xx/portfolio", "sent_back", "School", "2026-03-05") == (
        payload.body,
        payload.subject.key,
        payload.result,
        payload.organisation,
        payload.occurred,
    )
    assert [("teacher", "yes"), ("expert", "abstained"), ("expert", "no")] == [
        (one.role, one.vote) for one in payload.members
    ]
    with class_.open() as ledger:
        people = [ledger.vault.find_person("T-7"), None, ledger.vault.find_person("local:9")]
        assert people == [one.who for one in payload.members]
        assert "Too short" == ledger.vault.text(payload.reason)


def test_a_vote_needs_no_reason(class_: Terminal) -> None:
    """A vote about the learner as a whole names no subject, and nobody needs to say why."""
    class_.ok("record", "panel", "S-2", "--body", "review", "--result", "carried", "--member", "teacher:yes")
    payload = last_payload(class_, PanelVoted)

    assert (None, None, None) == (payload.subject, payload.reason, payload.occurred)


def test_a_choice_is_recorded(class_: Terminal) -> None:
    """A choice holds its options in the order given, and who chose in place of the learner."""
    words = ("--choice", "path", "--option", "stem", "--option", "arts", "--course", "ALG")
    class_.ok("record", "choice", "S-2", *words, "--occurred", "2026-03-05", "--by", "G-1", "--capacity", "guardian")
    payload = last_payload(class_, ChoiceMade)

    assert ("path", ("stem", "arts"), "course/ALG", "2026-03-05", "guardian") == (
        payload.choice,
        payload.options,
        payload.subject.key,
        payload.occurred,
        payload.by.capacity,
    )


def test_a_choice_is_withdrawn(class_: Terminal) -> None:
    """A withdrawn choice has no option."""
    class_.ok("record", "choice", "S-2", "--choice", "path", "--withdrawn")

    assert ChoiceMade(choice="path", options=(), subject=None, occurred=None) == last_payload(class_, ChoiceMade)


def everything(terminal: Terminal) -> None:
    """Record one of each about a learner."""
    tutoring, review, path = ("--kind", "tutoring"), ("--body", "review"), ("--choice", "path")
    members = ("--member", "teacher:yes", "--member", "teacher:yes", "--member", "expert:absent")
    for words in (
        ("cohort", "--clock", "class", "--year", "2027"),
        ("cohort", "--clock", "entry", "--day", "2024-08-19"),
        ("support", *tutoring, "--stage", "offered", "--course", "ALG"),
        ("support", *tutoring, "--stage", "provided", "--hours", "1", "--occurred", "2026-03-05"),
        ("support", *tutoring, "--stage", "provided", "--hours", "1.5"),
        ("support", *tutoring, "--stage", "provided"),
        ("panel", *review, "--result", "not_carried", *members, "--occurred", "2026-03-06"),
        ("choice", *path, "--option", "stem", "--option", "arts", "--course", "ALG"),
        ("choice", *path, "--withdrawn", "--occurred", "2026-03-07"),
    ):
        terminal.ok("record", words[0], "S-2", *words[1:])


def test_all_of_it_is_said_in_a_line(class_: Terminal) -> None:
    """The log says each in a line, with its subject."""
    everything(class_)
    said = [line.split("  ")[-1] for line in class_.ok("events", "--after", "18").splitlines()]

    assert [
        "class 2027",
        "entry 2024-08-19",
        "tutoring offered, course ALG",
        "tutoring provided, 1 hour",
        "tutoring provided, 1.5 hours",
        "tutoring provided",
        "review: not carried (2 yes, 1 absent)",
        "path: stem, arts, course ALG",
        "path: withdrawn",
    ] == said[1:]


def test_all_of_it_is_shown_with_the_learner(class_: Terminal) -> None:
    """The learner's record lists each with its day; as of a day, without what came later."""
    everything(class_)
    now, then = (class_.ok("learner", "S-2", *words).splitlines() for words in ((), ("--as-of", "2026-03-05")))
    listed = now[now.index("Also on record") + 1 :]

    assert [
        "  undated  cohort: class 2027 (version 5)",
        "  undated  cohort: entry 2024-08-19 (version 6)",
        "  undated  support: tutoring offered, course ALG (version 7)",
        "  2026-03-05  support: tutoring provided, 1 hour (version 8)",
        "  undated  support: tutoring provided, 1.5 hours (version 9)",
        "  undated  support: tutoring provided (version 10)",
        "  2026-03-06  panel: review: not carried (2 yes, 1 absent) (version 11)",
        "  undated  choice: path: stem, arts, course ALG (version 12)",
        "  2026-03-07  choice: path: withdrawn (version 13)",
    ] == listed
    assert [line for line in listed if "2026-03-06" not in line and "2026-03-07" not in line] == (
        then[then.index("Also on record") + 1 :]
    )


def test_all_of_it_is_replayed(class_: Terminal) -> None:
    """Decisions are made again alike in a ledger that holds all of it."""
    everything(class_)

    assert "6 decisions of 2 learners made again:\n  identical                        6\n" == class_.ok("replay")


def test_a_result_names_a_requirement(class_: Terminal) -> None:
    """A result by hand may be about a requirement whose code names its state."""
    words = ("--requirement", "us-xx/examination", "--kind", "exam", "--purpose", "summative", "--score", "1500")
    found = class_.json("record", "evidence", "S-2", *words)
    (one,) = [one for one in class_.json("learner", "S-2")["evidence"] if one["evidence_id"] == found["evidence"]]

    assert ["requirement/us-xx/examination"] == [result["subject"]["key"] for result in one["results"]]


def test_a_decision_of_another_award_names_it(class_: Terminal) -> None:
    """Several answers to one question about one subject are told apart by what they award."""
    adopt(class_, "shared/stalled")
    words = ("--code", "working-on", "--from", "2026-01-05", "--competency", "M.1", "--basis", "timetable")
    class_.ok("record", "status", "S-2", *words)

    assert "  SUPPORT (stalled): " in class_.ok("learner", "S-2")
