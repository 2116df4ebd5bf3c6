"""`mastery decisions` and `mastery explain`."""

import pytest

from tests.cli.support import Terminal, change_mastery


def test_decisions_are_listed(class_: Terminal) -> None:
    """Decisions are listed, the newest first, in words."""
    said = class_.ok("decisions").splitlines()

    headings = ["decided", "for", "question", "outcome", "about", "name", "learner", "version", "policy"]
    assert headings == said[0].split()
    assert "6 decisions, as of position 18." == said[-1]
    (met,) = [line for line in said if "met (3)" in line]
    assert "M.1 Adds whole numbers" in met


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (("--learner", "S-1"), 3),
        (("--question", "mastery"), 4),
        (("--outcome", "met"), 1),
        (("--policy", "competency-based/course"), 2),
        (("--policy", "competency-based/course@2000-01-01"), 2),
        (("--policy", "competency-based/course@1999-01-01"), 0),
        (("--subject", "course/ALG"), 2),
        (("--subject", "M.1"), 2),
        (("--standing",), 6),
        (("--learner", "S-2", "--outcome", "not_yet", "--question", "CREDIT"), 1),
    ],
)
def test_decisions_are_narrowed(class_: Terminal, filters: tuple[str, ...], count: int) -> None:
    """Each filter narrows the list, and all together."""
    assert count == len(class_.json("decisions", *filters)["decisions"])


def test_only_standing_decisions_are_listed(class_: Terminal) -> None:
    """With --standing a decision that another took the place of is left out."""
    words = (
        "--competency",
        "M.1",
        "--kind",
        "exam",
        "--purpose",
        "summative",
        "--level",
        "1",
        "--occurred",
        "2026-04-01",
    )
    class_.ok("record", "evidence", "S-1", *words)

    every = class_.json("decisions", "--learner", "S-1", "--subject", "M.1")["decisions"]
    standing = class_.json("decisions", "--learner", "S-1", "--subject", "M.1", "--standing")["decisions"]

    assert ["not_yet", "met"] == [one["decision"]["outcome"] for one in every]
    assert ["not_yet"] == [one["decision"]["outcome"] for one in standing]


def test_decisions_come_in_pages(class_: Terminal) -> None:
    """A page names the cursor of the next one."""
    first = class_.json("decisions", "--limit", "4")
    second = class_.json("decisions", "--limit", "4", "--after", first["next"])

    assert (4, 2, None) == (len(first["decisions"]), len(second["decisions"]), second["next"])
    last = class_.ok("decisions", "--limit", "4").splitlines()[-1]
    assert f"More: the same command with --after {first['next']}" == last


def test_a_decision_is_explained(class_: Terminal) -> None:
    """A decision is explained whole: sentence, rule with marks, what is missing, facts, evidence, authority, replay."""
    learner = class_.learner("S-2")
    said = class_.ok("explain", "S-2", 2)

    source = "[Competency-based baseline of this product (no statute)]"
    assert f"MASTERY of M.1 Adds whole numbers, for learner {learner[:4]}-{learner[4:8]} ({learner})" in said
    assert "Not yet: Level 3 or higher in 2 or more different kinds of task (has 0, needs 2); 1 more below." in said
    assert f"    [ ] Level 3 or higher in 2 or more different kinds of task. (has 0, needs 2)  {source}\n" in said
    assert f"    [x] Every competency that comes before this one is mastered.  {source}\n" in said
    assert "Still missing\n  Level 3 or higher" in said
    assert "  level of the most recent evidence that counts: 2\n" in said
    assert "Evidence behind it\n  2026-03-01  summative task Shopping list: M.1 Adds whole numbers: level 2" in said
    board = "Adopted by us-tx/pine-valley from 2020-01-01, by Board of trustees: For the test (position 5)."
    assert board in said
    assert "Version 2, position 16; read the ledger up to position 9.\n" in said
    assert "Made again from the ledger alone: identical.\n" == said.splitlines(keepends=True)[-1]


def test_a_decision_is_named_by_position_too(class_: Terminal) -> None:
    """A decision is found by its position in the log."""
    assert class_.ok("explain", "S-2", 2) == class_.ok("explain", "--at", "16")


def test_a_decision_is_explained_in_json(class_: Terminal) -> None:
    """In JSON an explanation is a tree of lines, each with its mark, measure and source."""
    found = class_.json("explain", "S-2", 2)
    (stage, top) = found["explanation"]["stages"][-1]

    assert ("requires", "not yet") == (stage, top["mark"])
    assert ["kinds", "holding", "prerequisites"] == [line["key"] for line in top["parts"]]
    assert ("identical", "") == (found["again"], found["detail"])


def test_a_superseded_decision_says_so(class_: Terminal) -> None:
    """A decision that another took the place of says which, and the later one what it replaced."""
    words = (
        "--competency",
        "M.1",
        "--kind",
        "exam",
        "--purpose",
        "summative",
        "--level",
        "1",
        "--occurred",
        "2026-04-01",
    )
    class_.ok("record", "evidence", "S-1", *words)
    later = class_.json("explain", "S-1", 3)["superseded_by"]

    assert f"It stood until version {later}." in class_.ok("explain", "S-1", 3)
    assert "It took the place of version 3." in class_.ok("explain", "S-1", later)


def test_own_values_of_an_adoption_are_told(class_: Terminal) -> None:
    """An explanation names the values a district set itself."""
    change_mastery(class_, "--scale", "four-levels", "--param", "kinds=1")
    task = ("--competency", "M.1", "--kind", "task", "--purpose", "summative", "--level", "3")
    found = class_.json("record", "evidence", "S-7", "--new", *task)["result"]["decided"][0]["summary"]

    assert "  own value: kinds = 1" in class_.ok("explain", "S-7", found["version"]).splitlines()
