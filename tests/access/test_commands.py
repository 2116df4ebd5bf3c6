"""`mastery access`, typed."""

from ledger.storage.reading_log import Reading, ReadingLog
from tests.cli.conftest import class_, founded, school
from tests.cli.support import DISTRICT, Terminal

__all__ = ["class_", "founded", "school"]

NORTH = f"{DISTRICT}/north"


def test_a_role_is_given_listed_and_ended(school: Terminal) -> None:
    """What was given is listed with who gave it and until when, and after its end only with --all."""
    said = school.ok("access", "grant", "a.chen", "teacher", NORTH, "--section", "1", "--from", "2026-01-01")
    given = school.json("access", "list", "--person", "a.chen")["grants"]
    listed = school.ok("access", "list", "--role", "teacher")
    ended = school.ok("access", "end", "a.chen", given[0]["grant"][:8], "--on", "2026-01-02", "--reason", "left")

    assert said.startswith(f"a.chen is teacher in section 1 of {NORTH} from 2026-01-01 until it is ended. Grant ")
    assert ["operator"] == [one["given_by"] for one in given]
    assert "a.chen" in listed
    assert f"a.chen was teacher in section 1 of {NORTH}, from 2026-01-01 to 2026-01-02.\n" == ended
    assert "0 grants.\n" == school.ok("access", "list")
    assert ["over"] == [one["state"] for one in school.json("access", "list", "--all")["grants"]]


def test_it_says_why_somebody_may_and_why_not(class_: Terminal) -> None:
    """By the grant that allows it; else of each grant what keeps it from allowing it."""
    class_.ok("access", "grant", "a.chen", "counsellor", "--learner", "S-1", "--from", "2026-01-01")
    class_.ok("access", "grant", "o.kim", "auditor", "--from", "2999-01-01")
    class_.ok("access", "grant", "i.bot", "integrator", "--from", "2026-01-01", "--until", "2999-01-01")
    yes = class_.ok("access", "may", "a.chen", "read-record", "--learner", "S-1")
    of_another = class_.ok("access", "may", "a.chen", "read-record", "--learner", "S-2")
    too_much = class_.ok("access", "may", "a.chen", "grant-roles")
    to_come = class_.ok("access", "may", "o.kim", "audit")
    by_token = class_.json("access", "may", "i.bot", "list-learners")

    assert yes.startswith("Yes: as counsellor in ")
    assert of_another.startswith("No.\n")
    assert "this lies out of its reach" in of_another
    assert "the role does not allow it" in too_much
    assert f"auditor in {DISTRICT}: it holds from 2999-01-01" in to_come
    assert (False, True) == (by_token["allowed"], "shows a token" in by_token["because"][0])


def test_what_cannot_be_is_said(class_: Terminal) -> None:
    """A role in the wrong kind of place, nobody of that id, a grant that is none: refused, and nothing is written."""
    guardian = class_.refused("access", "grant", "mum", "guardian")
    elsewhere = class_.refused("access", "grant", "mum", "guardian", NORTH, "--learner", "S-1")
    director = class_.refused("access", "grant", "kim", "state-director")
    early = class_.refused("access", "grant", "kim", "approver", "--from", "2026-02-01", "--until", "2026-01-01")
    nobody = class_.refused("access", "may", "nobody", "audit")
    class_.ok("access", "grant", "kim", "approver")
    none = class_.refused("access", "end", "kim", "zzz")

    assert "the role guardian holds in a learner, not in a jurisdiction" in guardian
    assert "a learner is named by learner, and by nothing else" in elsewhere
    assert "the role state director holds in a whole state" in director
    assert "2026-01-01 is before 2026-02-01" in early
    assert "nobody is known here by the id 'nobody'" in nobody
    assert "'zzz' names 0 grants of this person" in none


def test_readings_are_listed_and_what_families_see_is_set(class_: Terminal) -> None:
    """The log says who looked at whom; whether families see it is one word."""
    with class_.open() as ledger:
        person, learner = ledger.vault.person_id("a.chen"), ledger.vault.find("S-1")
    log = ReadingLog(class_.home / "reads.db")
    empty = class_.ok("access", "log")
    for number in range(3):
        log.add(
            Reading(
                at=f"2026-06-0{number + 1}T10:00:00.000000Z",
                ledger=DISTRICT,
                person=person,
                role="teacher",
                what="read a learner's record",
                learner=None if number == 2 else learner,
                learners=1,
                through="page",
            )
        )
    log.close()
    first = class_.json("access", "log", "--limit", "2")
    rest = class_.ok("access", "log", "--before", str(first["next"]))
    narrowed = class_.json(
        "access", "log", "--person", "a.chen", "--learner", "S-1", "--action", "read-record", "--from", "2026-06-02"
    )

    assert "0 readings.\n" == empty
    assert ["1 learner on a list", learner] == [one["learner"] or one["whom"] for one in first["reads"]]
    assert "1 reading.\n" in rest
    assert ["2026-06-02T10:00:00.000000Z"] == [one["at"] for one in narrowed["reads"]]
    assert "hidden to families" in class_.ok("access", "readers", "hidden")
    assert "shown to families" in class_.ok("access", "readers", "shown")
    assert "More: mastery access log --before" in class_.ok("access", "log", "--limit", "1")
