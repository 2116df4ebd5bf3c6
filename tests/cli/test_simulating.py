"""`mastery simulate`."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ledger.vault import Profile
from tests.cli.support import DISTRICT, Terminal, written

MASTERY = ("simulate", "--baseline", "competency-based/mastery", "--candidate", "competency-based/mastery")
ONE_KIND = (*MASTERY, "--set-b", "kinds=1", "--on", "2026-05-01", "--seed", "3")
HEADINGS = "learner,competency,level,kind,purpose,task,occurred\n"


@pytest.fixture
def tasks(school: Terminal, tmp_path: Path) -> Terminal:
    """Return a school of 60 learners who were given tasks alone; 45 of them are at the level, in groups of 30."""
    rows = [f"L-{number},M.1,{3 if number < 45 else 2},task,summative,Shopping list,2026-03-01" for number in range(60)]
    school.ok("import", "evidence", written(tmp_path, "tasks.csv", HEADINGS + "\n".join(rows) + "\n"))
    with school.open() as ledger:
        ledger.vault.put_profiles(
            {
                ledger.vault.learner_id(f"L-{number}"): Profile(groups=("bilingual",) if number < 30 else ("rural",))
                for number in range(60)
            }
        )
    return school


def rows(file: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_what_if_says_what_it_is_and_what_changes(class_: Terminal) -> None:
    """The text begins with what it is not; each change has its clauses, each changed learner a line."""
    before = class_.positions()
    said = class_.ok(*MASTERY, "--set-b", "kinds=3", "--on", "2026-05-01", "--seed", "3").splitlines()
    learner = class_.learner("S-1")

    assert "What-if, not a replay: nothing was decided and nothing was written." == said[0]
    assert "candidate: competency-based/mastery@2000-01-01 with kinds = 3" in said
    assert "on:        2026-05-01, in us-tx/pine-valley at position 18" in said
    assert "met to not yet, 1 answer:" in said
    assert "  the candidate rests on kinds (1)" in said
    assert "Checked: 1 unchanged learner, drawn with seed 3, decided again from scratch: no difference." in said
    assert [f"{learner}  competency/"] == [line[:49] for line in said if line.startswith(learner)]
    assert before == class_.positions()


def test_the_baseline_in_force_says_what_stands(class_: Terminal) -> None:
    """Where the baseline is the rule that governs, what it says of everybody is what was decided."""
    found = class_.json(*MASTERY, "--set-b", "kinds=1")["found"]
    decided = class_.json("decisions", "--question", "MASTERY", "--standing")["decisions"]
    said: Counter[str] = Counter()
    for pair in found["pairs"]:
        said[pair["baseline"]] += pair["answers"]

    assert Counter(one["decision"]["outcome"] for one in decided) == said


def test_courses_are_asked_through_their_standards(class_: Terminal) -> None:
    """A course nobody recorded evidence about is asked of whoever worked on its standards."""
    rule = "competency-based/course"
    found = class_.json("simulate", "--baseline", rule, "--candidate", rule)["found"]

    assert [("not_yet", "not_yet", 2)] == [
        (one["baseline"], one["candidate"], one["answers"]) for one in found["pairs"]
    ]


def test_a_question_about_the_learner_is_asked_of_everybody(class_: Terminal) -> None:
    """Graduation is asked of each learner once."""
    rule = "us-va/standard-diploma"
    found = class_.json("simulate", "--baseline", rule, "--candidate", rule)["found"]

    assert (2, 2) == (found["learners"], found["answers"])


def test_json_holds_everything(tasks: Terminal) -> None:
    """The JSON names the rules, the ledgers with their positions, every pair and every changed answer."""
    told = tasks.json(*ONE_KIND)
    found = told["found"]

    assert {"edition": "competency-based/mastery@2000-01-01", "values": {"kinds": "1"}} == told["candidate"]
    assert [(DISTRICT, 60)] == [(one["jurisdiction"], one["learners"]) for one in told["ledgers"]]
    assert {"gains": 45, "loses": 0, "gains and loses": 0, "otherwise changed": 0, "unchanged": 15} == found["effects"]
    assert 45 == len(found["changed"])
    assert {"kinds"} == {clause for one in found["changed"] for clause in one["baseline_rests_on"]}
    assert 15 == found["checked"]


def test_who_is_held_back_by_what_was_never_offered_is_named(tasks: Terminal) -> None:
    """A rule wants two kinds of task, and tasks alone were given: 45 learners lack nothing else."""
    held_back = tasks.json(*ONE_KIND)["found"]["held_back"]
    said = tasks.ok(*ONE_KIND).splitlines()

    assert 45 == len(held_back)
    assert {("baseline", "kinds", "kind", 2, ("task",))} == {
        (one["side"], one["clause"], one["field"], one["wanted"], tuple(one["offered"])) for one in held_back
    }
    assert "Opportunity: 45 answers not yet met only because what is wanted was never offered there:" in said
    assert "and 25 more; --csv FILE and --json give all of them" in said


def test_another_kind_given_to_one_learner_was_offered_to_all(tasks: Terminal, tmp_path: Path) -> None:
    """One performance of a classmate, however poor, and nobody is held back by what was offered."""
    poor = f"{HEADINGS}L-59,M.1,1,performance,summative,Market stall,2026-03-02\n"
    tasks.ok("import", "evidence", written(tmp_path, "poor.csv", poor))

    assert [] == tasks.json(*ONE_KIND)["found"]["held_back"]


def test_groups_are_told_in_ranges(tasks: Terminal) -> None:
    """Of 45 who gain 30 and 15 are of the two groups; the figures are ranges, the same each time, small ones hidden."""
    told = [tasks.json(*ONE_KIND, "--group", "all")["found"]["groups"] for _ in range(2)]
    [bilingual, rural] = told[0]
    said = tasks.ok(*ONE_KIND, "--group", "bilingual")

    assert told[0] == told[1]
    assert ["bilingual", "rural"] == [bilingual["group"], rural["group"]]
    assert bilingual["effects"]["gains"]["at_least"] in (20, 30)
    assert rural["effects"]["gains"]["at_least"] in (None, 10)
    assert {"at_least": None, "below": None} == rural["effects"]["loses"]
    assert "By group, learners, in ranges that no two runs can be subtracted by:" in said
    assert "rural" not in said


def test_files_hold_a_row_for_each(tasks: Terminal, tmp_path: Path) -> None:
    """The files name what they are in every row, learners by pseudonym alone, and hidden figures as hidden."""
    file = tmp_path / "what-if.csv"
    said = tasks.ok(*ONE_KIND, "--group", "all", "--csv", file)
    changed, groups = rows(file), rows(tmp_path / "what-if.groups.csv")
    held_back = rows(tmp_path / "what-if.held-back.csv")

    assert (45, 12, 45) == (len(changed), len(groups), len(held_back))
    assert {"what-if"} == {one["what"] for one in (*changed, *groups, *held_back)}
    assert ("not_yet", "met", "kinds") == (
        changed[0]["baseline"],
        changed[0]["candidate"],
        changed[0]["baseline_rests_on"],
    )
    assert "hidden" in {one["at_least"] for one in groups}
    assert not [one for one in changed if "L-" in one["learner"]]
    assert f"written: {file}" in said


def test_files_of_a_what_if_without_groups_are_one(class_: Terminal, tmp_path: Path) -> None:
    """Where there is nothing to say of groups or of opportunity there is no file about them."""
    file = tmp_path / "what-if"
    class_.ok(*MASTERY, "--csv", file)

    assert [] == rows(file)
    assert ["what-if"] == [one.name for one in tmp_path.glob("what-if*")]


def test_several_ledgers_are_one_population(tasks: Terminal) -> None:
    """Without --district every ledger is asked, with it those that are named; more processes change nothing."""
    tasks.ok("init", "us-tx", "--kind", "state", "--zone", "America/Chicago", "--name", "ledger.test/tx")
    every: Any = tasks.json(*ONE_KIND)
    one = tasks.json(*ONE_KIND, "--district", DISTRICT, "--processes", "2")

    assert ["us-tx", DISTRICT] == [each["jurisdiction"] for each in every["ledgers"]]
    assert [DISTRICT] == [each["jurisdiction"] for each in one["ledgers"]]
    assert every["found"] == one["found"]


def test_nobody_on_record_is_said(school: Terminal) -> None:
    """Where nobody is on record, that is the answer."""
    said = school.ok(*MASTERY)

    assert said.endswith("0 learners, 0 answers\nNothing on record answers this question for anybody.\n")


def test_a_scale_is_named_or_follows_from_what_governs(class_: Terminal) -> None:
    """Levels are read with the scale of the rule in force, or with the one that is named."""
    named = class_.json(*ONE_KIND, "--scale", "four-levels")["found"]

    assert class_.json(*ONE_KIND)["found"] == named
