"""`mastery learners` and `mastery learner`."""

from ledger.vault import Profile
from tests.cli.support import Terminal, change_mastery


def test_learners_are_listed(class_: Terminal) -> None:
    """Every learner is listed with what is on record; a name is shown where the vault holds one."""
    ada = class_.learner("S-1")
    with class_.open() as ledger:
        ledger.vault.put_profile(ada, Profile(given_name="Ada", family_name="Byron"))
    said = class_.ok("learners").splitlines()

    assert ["name", "learner", "evidence", "events", "last activity"] == [
        part.strip() for part in said[0].split("  ") if part
    ]
    (line,) = [one for one in said if ada in one]
    assert line.startswith("Ada Byron")
    assert "2 learners, as of position 18." == said[-1]


def test_learners_come_in_pages(class_: Terminal) -> None:
    """A page names the cursor of the next one."""
    first = class_.json("learners", "--limit", "1")
    second = class_.json("learners", "--limit", "1", "--after", first["next"])

    assert sorted([class_.learner("S-1"), class_.learner("S-2")]) == [
        first["learners"][0]["learner"],
        second["learners"][0]["learner"],
    ]
    assert None is second["next"]
    assert f"More: mastery learners --after {first['next']}" == class_.ok("learners", "--limit", "1").splitlines()[-1]


def test_an_empty_ledger_has_no_learners(school: Terminal) -> None:
    """Without learners only the count is printed."""
    assert "0 learners, as of position 9.\n" == school.ok("learners")


def test_a_learner_is_shown(class_: Terminal) -> None:
    """A learner is shown target by target: decisions, reasons, what is missing, evidence."""
    learner = class_.learner("S-2")
    said = class_.ok("learner", "S-2").splitlines()

    assert f"learner {learner[:4]}-{learner[4:8]} ({learner})" == said[0]
    assert "As of today, as known at position 18, version 4." == said[1]
    assert ["course ALG", "M.1 Adds whole numbers", "M.2 Subtracts whole numbers"] == [
        line for line in said[2:] if line and not line.startswith(" ")
    ]
    assert "    next: show the level in another kind of task; prepare again, then show the level once more" in said
    (evidence,) = [line for line in said if "[" in line]
    assert evidence.startswith("  2026-03-01  summative task Shopping list: level 2 (Developing)  [")


def test_a_learner_is_shown_in_json(class_: Terminal) -> None:
    """In JSON the same stands under documented keys."""
    found = class_.json("learner", class_.learner("S-1"))
    by_code = {target["subject"]["code"] or target["subject"]["id"]: target for target in found["targets"]}

    assert {"ALG", "M.1", "M.2"} == set(by_code)
    assert ["met"] == [one["outcome"] for one in by_code["M.1"]["decisions"]]
    assert "3" == by_code["M.1"]["decisions"][0]["level"]
    assert 2 == len(found["evidence"])


def test_the_past_is_shown_as_of_a_day(class_: Terminal) -> None:
    """As of a day, later evidence is left out, and what was decided later."""
    found = class_.json("learner", "S-1", "--as-of", "2026-03-01")

    assert ("2026-03-01", 1) == (found["as_of"], len(found["evidence"]))
    assert [] == [one for target in found["targets"] for one in target["decisions"]]
    assert "  nothing is decided about it" in class_.ok("learner", "S-1", "--as-of", "2026-03-01").splitlines()


def test_the_past_is_shown_as_known_at_a_position(class_: Terminal) -> None:
    """As known at a position, a correction made later does not show."""
    (one,) = [one["evidence_id"] for one in class_.json("learner", "S-2")["evidence"]]
    class_.ok("correct", "S-2", one, "--level", "4", "--reason", "Misread")
    then, now = class_.json("learner", "S-2", "--known-at", "18"), class_.json("learner", "S-2")

    assert ["level 2 (Developing)"] == [result["words"] for result in then["evidence"][0]["results"]]
    assert ["level 4 (Advanced)"] == [result["words"] for result in now["evidence"][0]["results"]]
    assert "As of today, as known at position 18 (version 4)." in class_.ok("learner", "S-2", "--known-at", "18")


def test_other_entries_are_shown(class_: Terminal) -> None:
    """Preparations, statuses and approvals are shown with their day."""
    class_.ok("record", "preparation", "S-2", "--competency", "M.1", "--kind", "tutoring", "--occurred", "2026-03-05")
    class_.ok("record", "status", "S-2", "--code", "us-ny/safety-net", "--basis", "IEP")
    said = class_.ok("learner", "S-2").splitlines()
    start = said.index("Also on record")

    assert [
        "  2026-03-05  preparation: tutoring, M.1 Adds whole numbers (version 5)",
        "  undated  status: us-ny/safety-net holds (version 6)",
    ] == said[start + 1 : start + 3]


def test_standing_decisions_that_would_differ_are_shown(class_: Terminal) -> None:
    """What a rule adopted since would decide otherwise is listed for a person."""
    change_mastery(class_, "--scale", "four-levels", "--param", "kinds=3")
    said = class_.ok("learner", "S-1").splitlines()
    start = said.index("Would now differ; a person settles these")

    assert said[start + 1].startswith("  MASTERY of M.1 Adds whole numbers: Not yet: ")
