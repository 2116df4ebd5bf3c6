"""`mastery import framework` and `mastery import scale`."""

import json
from pathlib import Path
from typing import Any

from tests.cli.support import FRAMEWORK, SCALE, Terminal, written

PACKAGE: dict[str, Any] = {
    "CFDocument": {"identifier": "d0000000-0000-4000-8000-000000000000", "title": "Small", "creator": "Nobody"},
    "CFItems": [
        {
            "identifier": f"a0000000-0000-4000-8000-00000000000{number}",
            "humanCodingScheme": "M.1",
            "fullStatement": f"Say it {number} times",
        }
        for number in range(2)
    ],
    "CFRubrics": [
        {
            "identifier": "b0000000-0000-4000-8000-000000000000",
            "title": "Rubric",
            "CFRubricCriteria": [
                {
                    "identifier": "c0000000-0000-4000-8000-000000000000",
                    "CFRubricCriterionLevels": [{"quality": "Low", "score": 1}, {"quality": "High", "score": 2}],
                }
            ],
        }
    ],
}


def opened(folder: Path) -> Terminal:
    """Make an empty ledger."""
    terminal = Terminal(folder / "home")
    terminal.ok("init", "us-tx", "--kind", "state", "--zone", "UTC")
    return terminal


def test_a_new_framework_is_told(tmp_path: Path) -> None:
    """A plain CSV becomes a framework, called after its file where no name is given."""
    terminal = opened(tmp_path)
    said = terminal.ok("import", "framework", written(tmp_path, "mathematics.csv", FRAMEWORK))

    first, second = said.splitlines()
    assert "mathematics: new, 3 competencies, 1 prerequisite (position 2)." == first
    assert second.startswith("  framework ")


def test_the_same_framework_again_is_a_no_op(tmp_path: Path) -> None:
    """The same file again stores nothing and says so."""
    terminal = opened(tmp_path)
    words = ("import", "framework", written(tmp_path, "mathematics.csv", FRAMEWORK), "--title", "Mathematics")
    terminal.ok(*words)

    assert "Mathematics: held already, nothing to do (3 competencies, 1 prerequisite).\n" == terminal.ok(*words)
    assert {"us-tx": 2} == terminal.positions()


def test_a_changed_framework_is_a_difference(tmp_path: Path) -> None:
    """A changed file says what it adds, rewords, moves, and which prerequisites come and go."""
    terminal = opened(tmp_path)
    terminal.ok("import", "framework", written(tmp_path, "one.csv", FRAMEWORK), "--name", "m", "--title", "Mathematics")
    changed = """\
id,code,statement,parent,kind,prerequisites
m,M,Mathematics,,Domain,
m1,M.1,Adds any whole numbers,m,Standard,
m2,M.2,Subtracts whole numbers,m1,Standard,
m3,M.3,Multiplies,m,Standard,m1
"""
    path = written(tmp_path, "two.csv", changed)
    said = terminal.ok("import", "framework", path, "--name", "m", "--title", "Mathematics")

    assert (
        "Mathematics: a new edition, 4 competencies, 1 prerequisite (position 3).\n"
        "  added: 1 (M.3)\n"
        "  reworded: 1 (M.1)\n"
        "  re-parented: 1 (M.2)\n"
        "  new prerequisites: 1 (M.3 after M.1)\n"
        "  dropped prerequisites: 1 (M.2 after M.1)\n"
        "  other details of: 1 (M.1)\n"
    ) == said


def test_a_difference_is_told_in_json(tmp_path: Path) -> None:
    """The difference in JSON is by id, and gives a name to each."""
    terminal = opened(tmp_path)
    terminal.ok("import", "framework", written(tmp_path, "one.csv", FRAMEWORK), "--name", "m")
    path = written(tmp_path, "two.csv", FRAMEWORK + "m3,M.3,Multiplies,m,Standard,m1\n")
    found = terminal.json("import", "framework", path, "--name", "m", "--title", "Mathematics")

    (added,) = found["changes"]["added"]
    assert "M.3" == found["names"][added]
    assert ["title"] == found["changes"]["framework"]
    assert (False, False, 3, 4) == (found["new"], found["held"], found["position"], found["competencies"])


def test_long_differences_are_cut(tmp_path: Path) -> None:
    """Of more than ten changes of a kind, ten are named and the rest is counted."""
    terminal = opened(tmp_path)
    terminal.ok("import", "framework", written(tmp_path, "one.csv", FRAMEWORK), "--name", "m")
    more = "".join(f"n{number},N.{number},Counts to {number},m,Standard,\n" for number in range(12))
    said = terminal.ok("import", "framework", written(tmp_path, "two.csv", FRAMEWORK + more), "--name", "m")

    names = ", ".join(f"N.{number}" for number in range(10))
    assert f"  added: 12 ({names}, and 2 more)" in said.splitlines()


def test_a_case_package_is_told_by_its_content(tmp_path: Path) -> None:
    """A CASE package under any suffix is known by its content; its scales and what is untidy are told."""
    terminal = opened(tmp_path)
    said = terminal.ok("import", "framework", written(tmp_path, "package.txt", json.dumps(PACKAGE)))

    assert (
        "Small: new, 2 competencies, 0 prerequisites (position 2).\n"
        "  framework d0000000-0000-4000-8000-000000000000\n"
        "  a scale came with it: Small\n"
        "1 remark; the file is taken as it is:\n"
        "  package.txt#/CFItems: codes carried by several items: 1, the first M.1; name these items by identifier\n"
    ) == said


def test_other_changes_are_counted(tmp_path: Path) -> None:
    """Links of other kinds are counted, and members of the framework itself are named."""
    terminal = opened(tmp_path)
    terminal.ok("import", "framework", written(tmp_path, "one.json", json.dumps(PACKAGE)))
    one, two = (item["identifier"] for item in PACKAGE["CFItems"])
    link = {"originNodeURI": {"identifier": one}, "destinationNodeURI": {"identifier": two}}
    related = {"identifier": "e0000000-0000-4000-8000-000000000000", "associationType": "isRelatedTo", **link}
    changed = {**PACKAGE, "CFDocument": {**PACKAGE["CFDocument"], "title": "Larger"}, "CFAssociations": [related]}
    said = terminal.ok("import", "framework", written(tmp_path, "two.json", json.dumps(changed))).splitlines()

    assert ["  other links: 1", "  of the framework itself: title"] == said[1:3]


def test_a_case_package_names_itself(tmp_path: Path) -> None:
    """A CASE package with --name is refused, because it has a name."""
    terminal = opened(tmp_path)
    path = written(tmp_path, "package.json", json.dumps(PACKAGE))

    assert "a CASE package names itself; leave --name and --title out" == terminal.refused(
        "import", "framework", path, "--name", "other"
    )


def test_a_scale_is_told(tmp_path: Path) -> None:
    """A scale is brought in once; again it is held already."""
    terminal = opened(tmp_path)
    path = written(tmp_path, "scale.toml", SCALE)
    levels = "levels: Beginning (1), Developing (2), Proficient (3), Advanced (4).\n"

    assert f"Four levels: brought in (position 2); {levels}" == terminal.ok("import", "scale", path)
    assert f"Four levels: held already, nothing to do; {levels}" == terminal.ok("import", "scale", path)
    found = terminal.json("import", "scale", path)
    assert (True, None, "four-levels") == (found["held"], found["position"], found["scale"])
