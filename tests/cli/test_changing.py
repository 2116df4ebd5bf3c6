"""`mastery changes`: from a proposal to what governs, typed by two people."""

from datetime import timedelta

import pytest

from tests.cli.support import DISTRICT, Terminal

MASTERY = "competency-based/mastery@2000-01-01"
BOARD = ("--authority", "Board of trustees", "--minute", "31", "--reason", "Two kinds are not enough")


@pytest.fixture
def today(school: Terminal) -> str:
    """The day in the district's zone."""
    with school.open() as ledger:
        return ledger.today().isoformat()


def propose(school: Terminal, first_day: str, *more: str, who: str = "m.ortiz") -> str:
    """Propose that mastery is to be shown in three kinds of task."""
    rule = ("competency-based/mastery", "--param", "kinds=3", "--scale", "Four levels")
    return school.ok("--as", who, "changes", "propose", *rule, "--from", first_day, *BOARD, *more)


def carried_to_schedule(school: Terminal) -> None:
    """Preview, submit, approve and schedule the first change, by two people."""
    for who, step in (("m.ortiz", "preview"), ("m.ortiz", "submit"), ("j.lee", "approve"), ("j.lee", "schedule")):
        school.ok("--as", who, "changes", step, "1")


def test_a_proposal_is_told_with_what_may_be_done_next(school: Terminal, today: str) -> None:
    """It says what changes from which value to which, why, by whose authority, and the commands that may follow."""
    said = propose(school, today).splitlines()

    assert [
        f"Change 1 (proposed): {DISTRICT} adopts {MASTERY} for MASTERY of every competency, from {today}.",
        "  Why: Two kinds are not enough",
        "  Authority: Board of trustees, minute 31",
        "  It binds every learner, for what is decided from its first day on.",
        "  Values that change:",
        "    kinds: 2 -> 3 (different kinds of task in which the level has to be shown; left to this jurisdiction)",
        "Not previewed yet.",
        "Steps taken:",
    ] == said[:8]
    assert said[8].endswith("proposed by m.ortiz: Two kinds are not enough")
    assert [
        "What you may do:",
        "  mastery changes preview 1",
        "  mastery changes withdraw 1 --reason TEXT",
    ] == said[9:]


def test_whom_a_change_binds_is_told(school: Terminal, today: str) -> None:
    """Each option that leaves somebody out becomes a sentence."""
    binding = ("--binds", "evidence", "--since", "2027-01-11", "--through", "2027-06-30")
    classes = ("--cohort", "graduating-class", "--first-class", "2029", "--last-class", "2029")
    people = ("--school", f"{DISTRICT}/north", "--school", f"{DISTRICT}/south", "--grade", "09", "--course", "ALG")
    said = propose(school, today, *binding, *classes, *people, "--jurisdiction", DISTRICT)

    assert [
        "  It binds learners whose first evidence about the subject is dated from 2027-01-11 to 2027-06-30.",
        "  It binds learners whose graduating class is 2029.",
        f"  It binds learners enrolled at {DISTRICT}/north or {DISTRICT}/south.",
        "  It binds learners in grade 09.",
        "  It binds learners taking ALG.",
    ] == [line for line in said.splitlines() if line.startswith("  It binds")]


def test_a_change_is_carried_through_and_rolled_back(school: Terminal, today: str) -> None:
    """It is listed as it goes; once active, `changes rules` names it, and a rollback ends it."""
    propose(school, today)
    carried_to_schedule(school)
    refused = school.refused("--as", "m.ortiz", "changes", "approve", "1")
    done = school.ok("--as", "j.lee", "changes", "activate", "1")
    rules = school.json("changes", "rules")["rules"]
    undo = school.ok("--as", "m.ortiz", "changes", "roll-back", "1", "--from", today, *BOARD)
    for who, step in (("m.ortiz", "preview"), ("m.ortiz", "submit"), ("j.lee", "approve"), ("j.lee", "schedule")):
        school.ok("--as", who, "changes", step, "2")
    school.ok("--as", "j.lee", "changes", "activate", "--due")
    listed = school.json("changes", "list")["changes"]

    assert "change 1 is approved already" == refused
    assert "1 change activated." in done
    assert [1, None] == [one["change"] for one in rules]
    assert "It rolls back change 1." in undo
    assert [(2, "active", "ends"), (1, "rolled-back", "adopts")] == [
        (one["number"], one["status"], one["verb"]) for one in listed
    ]
    assert "It was rolled back by change 2." in school.ok("changes", "show", "1")


def test_changes_are_listed_as_a_table(school: Terminal, today: str) -> None:
    """Those under way come first; an empty ledger has none."""
    none = school.ok("changes", "list")
    propose(school, today, "--emergency")
    listed = school.ok("changes", "list").splitlines()

    assert "0 changes.\n" == none
    assert "1       proposed, emergency  MASTERY   every competency" == listed[1][:55].rstrip()
    assert "1 change." == listed[-1]


def test_a_scheduled_change_waits_and_is_told_when_due(school: Terminal, today: str) -> None:
    """Before its day it is refused; `--due` finds none."""
    with school.open() as ledger:
        later = (ledger.today() + timedelta(days=30)).isoformat()
    propose(school, later)
    carried_to_schedule(school)

    assert f"change 1 is scheduled for {later}; today is {today}" == school.refused("changes", "activate", "1")
    assert "0 changes activated." in school.ok("changes", "activate", "--due")
    assert "name one CHANGE, or give --due for every one whose day has come" == school.refused("changes", "activate")


def test_a_change_is_declined_withdrawn_and_unknown(school: Terminal, today: str) -> None:
    """Reasons are public and shown; a change that is not there is a sentence."""
    propose(school, today)
    for step in ("preview", "submit"):
        school.ok("--as", "m.ortiz", "changes", step, "1")
    declined = school.ok("--as", "j.lee", "changes", "decline", "1", "--reason", "Wait for spring")
    withdrawn = school.ok("--as", "m.ortiz", "changes", "withdraw", "1", "--reason", "Never mind")

    assert "declined by j.lee: Wait for spring" in declined
    assert "withdrawn by m.ortiz: Never mind" in withdrawn
    assert "there is no change '9' here; `mastery changes list` names those there are" == school.refused(
        "changes", "show", "9"
    )


def test_an_emergency_is_confirmed(school: Terminal, today: str) -> None:
    """It governs at once with a notice; the board's confirmation makes it last."""
    propose(school, today, "--emergency", "--confirm-by", "2099-01-31")
    for who, step in (("m.ortiz", "preview"), ("m.ortiz", "submit"), ("j.lee", "approve"), ("j.lee", "activate")):
        school.ok("--as", who, "changes", step, "1")
    shown = school.ok("changes", "show", "1")
    said = school.ok("--as", "j.lee", "changes", "confirm", "1", "--authority", "Board of trustees")

    assert "notice given by j.lee: to board; to be confirmed by 2099-01-31" in shown
    assert "confirmed by j.lee: Board of trustees" in said


def test_an_adoption_is_ended_by_its_position(school: Terminal, today: str) -> None:
    """`changes end` takes the position `changes rules` prints."""
    position = next(one["position"] for one in school.json("changes", "rules")["rules"] if one["question"] == "CREDIT")
    said = school.ok("--as", "m.ortiz", "changes", "end", position, "--from", today, *BOARD)

    assert "ends competency-based/course@2000-01-01 for CREDIT of every course" in said
    assert f"{position}         CREDIT    standard  every course" in school.ok("changes", "rules")


def test_half_an_attestation_is_refused(school: Terminal, today: str) -> None:
    """Who, in what capacity and why belong together."""
    rule = ("competency-based/mastery", "--scale", "Four levels", "--from", today, *BOARD)
    said = school.refused("changes", "propose", *rule, "--attested-by", "c.reyes")

    assert "an attestation needs --attested-by, --capacity and --attested together" == said


def test_what_people_say_about_a_change_is_kept_with_who_said_it(school: Terminal, today: str) -> None:
    """Comments stand in the order in which they were made, with their authors; nothing said yet is told as that."""
    propose(school, today)
    nothing = school.ok("changes", "discussion", "1").splitlines()
    school.ok("--as", "m.ortiz", "changes", "comment", "1", "--text", "The board asked for it")
    said = school.ok("--as", "j.lee", "changes", "comment", "1", "--text", "Ask the teachers first").splitlines()

    assert [
        "Change 1, what was said about it:",
        '  nothing yet; mastery changes comment 1 --text "..."',
    ] == nothing
    assert ["m.ortiz: The board asked for it", "j.lee: Ask the teachers first"] == [
        line.split(" ", 3)[-1] for line in said[1:]
    ]


def test_a_comment_that_is_too_long_is_refused(school: Terminal, today: str) -> None:
    """The refusal tells how many characters are allowed and how many there were."""
    propose(school, today)
    refused = school.refused("--as", "j.lee", "changes", "comment", "1", "--text", "x" * 4001)

    assert "a comment has 1 to 4,000 characters; this one has 4,001" in refused
