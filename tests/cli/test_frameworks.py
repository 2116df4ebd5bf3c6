"""`mastery frameworks` and `mastery import alignment`."""

from pathlib import Path

import pytest

from tests.cli.support import DISTRICT, Terminal, written

LOCAL = """\
id,code,statement
p1,PV.1,Puts numbers together
p2,PV.2,Finds a difference on a line
p3,PV.3,=Works with others
"""
ALIGNMENT = """\
state,local,relation,from,until
M.1,PV.1,exactMatchOf,2026-01-01,
M.2,PV.2,isPartOf,2026-01-01,2099-12-31
"""
BOARD = ("--authority", "Curriculum board", "--minute", "9")
DAYS = ("--on", "2026-06-30")


@pytest.fixture
def two(class_: Terminal, tmp_path: Path) -> Terminal:
    """Return a terminal in a school with evidence and a local framework beside the first, not aligned yet."""
    class_.ok("import", "framework", written(tmp_path, "local.csv", LOCAL), "--name", "local", "--title", "Local")
    return class_


def bring(terminal: Terminal, tmp_path: Path) -> str:
    """Bring the alignment in."""
    return terminal.ok("import", "alignment", written(tmp_path, "alignment.csv", ALIGNMENT), *BOARD)


def test_a_file_of_alignments_is_brought_in_once(two: Terminal, tmp_path: Path) -> None:
    """The first time every row is new, the second time known; it is said that no decision moves."""
    first, second = bring(two, tmp_path), bring(two, tmp_path)

    assert "alignment.csv: 2 new alignments, 0 known already. No decision moves by an alignment.\n" == first
    assert "alignment.csv: 0 new alignments, 2 known already. No decision moves by an alignment.\n" == second


def test_a_bad_file_of_alignments_is_refused_whole(two: Terminal, tmp_path: Path) -> None:
    """Every fault is told with its line, and nothing is stored."""
    file = written(tmp_path, "bad.csv", f"{ALIGNMENT}M.1,PV.3,isPart,2026-01-01,\n")

    assert "bad.csv:4 [relation]: 'isPart' is not one of: exactMatchOf, isPartOf, isPeerOf, isRelatedTo" == two.refused(
        "import", "alignment", file, *BOARD, "--local", "Local", "--state", "mathematics"
    )


def test_coverage_is_told_with_the_gaps_first(two: Terminal, tmp_path: Path) -> None:
    """The text gives each standard with what is aligned to it and what is seen, under how it stands."""
    bring(two, tmp_path)
    lines = two.ok("frameworks", "coverage").splitlines()

    assert lines[0].startswith("mathematics, on ")
    assert lines[0].endswith(". Beside it: Local.")
    assert [
        "not aligned: 0 standards",
        "never evidenced: 1 standard",
        "  code  standard                 aligned         learners  evidence  mastered  last day  in part",
        "  M.2   Subtracts whole numbers  PV.2 (in part)  0         0         0",
        "in part: 0 standards",
        "covered: 1 standard",
        "  code  standard            aligned  learners  evidence  mastered  last day    in part",
        "  M.1   Adds whole numbers  PV.1     2         3         1         2026-03-02",
        "aligned to nothing: 1 local competency",
        "  code  competency          framework  learners  evidence  mastered  last day",
        "  PV.3  =Works with others  Local      0         0         0",
    ] == lines[1:]


def test_what_is_seen_in_part_is_told_beside(two: Terminal, tmp_path: Path) -> None:
    """Learners with evidence about a partial alignment stand in a column of their own."""
    bring(two, tmp_path)
    rows = "learner,competency,level,kind,purpose,occurred\nS-3,PV.2,3,task,summative,2026-03-01\n"
    two.ok("import", "evidence", written(tmp_path, "more.csv", rows))
    (line,) = (one for one in two.ok("frameworks", "coverage").splitlines() if one.startswith("  M.2"))

    assert line.endswith("1 learner")


def test_coverage_is_a_table_and_json_too(two: Terminal, tmp_path: Path) -> None:
    """CSV has a line for each standard and loose competency, no cell of which a spreadsheet runs; JSON has it all."""
    bring(two, tmp_path)
    table = two.ok("frameworks", "coverage", "--csv").splitlines()
    view = two.json("frameworks", "coverage", "--framework", "mathematics")

    assert table[0].startswith("framework,group,competency,code,label,state,aligned,aligned_in_part,learners,")
    assert table[1].startswith("mathematics,M Mathematics,")
    assert ",PV.3,'=Works with others,aligned to nothing," in table[3]
    assert ["never evidenced", "covered"] == [one["state"] for one in view["standards"]]
    assert {"learners": 2, "evidence": 3, "mastered": 1, "last_day": "2026-03-02"} == view["standards"][1]["whole"]


def test_coverage_answers_for_a_day_and_a_position(two: Terminal, tmp_path: Path) -> None:
    """Before the alignment was known nothing stood beside; on a day before it nothing was aligned yet."""
    known = two.positions()[DISTRICT]
    bring(two, tmp_path)
    asked = (("--known-at", str(known)), ("--on", "2025-12-31"))
    before, early = (two.json("frameworks", "coverage", "--framework", "mathematics", *words) for words in asked)

    assert ([], known) == (before["locals"], before["position"])
    assert (["Local"], "2025-12-31") == (early["locals"], early["on"])
    assert {"not aligned"} == {one["state"] for one in early["standards"]}


def test_competencies_are_aligned_and_that_is_ended(two: Terminal) -> None:
    """By hand too: an alignment says what it is, a repeat that it is known, an end from when it is over."""
    words = ("frameworks", "align", "PV.3", "M.2", "--relation", "isRelatedTo", "--from", "2026-01-01", *BOARD)
    first, second = two.ok(*words, "--until", "2026-12-31"), two.ok(*words, "--until", "2026-12-31")
    listed = two.ok("frameworks", "alignments", *DAYS)
    end = ("frameworks", "end", "PV.3", "M.2", "--until", "2026-05-31", *BOARD, "--reason", "Reworded")
    ended = two.ok(*end)

    assert first.startswith("PV.3 has to do with M.2 (isRelatedTo) from 2026-01-01 to 2026-12-31 (position ")
    assert first.endswith("). No decision moves by it.\n")
    assert "PV.3 has to do with M.2: known already, nothing to do.\n" == second
    assert "PV.3   isRelatedTo  M.2       2026-01-01  2026-12-31  Curriculum board" in listed
    assert listed.endswith("1 alignment.\n")
    assert ended.startswith("What aligns PV.3 to M.2 holds for the last time on 2026-05-31 (position ")
    assert "0 alignments.\n" == two.ok("frameworks", "alignments", *DAYS)
    assert "PV.3 and M.2 are not aligned after 2026-05-31; there is nothing to end" == two.refused(*end)


def test_the_log_says_alignments_in_words(two: Terminal) -> None:
    """An alignment and its end are each a line of the log."""
    by = ("--from", "2026-01-01", *BOARD)
    two.ok("frameworks", "align", "PV.1", "M.1", "--relation", "exactMatchOf", *by, "--until", "2026-12-31")
    two.ok("frameworks", "end", "PV.1", "M.1", "--until", "2026-05-31", *BOARD, "--reason", "Reworded")
    said = two.ok("events")

    assert "PV.1 says the same as M.1 from 2026-01-01 to 2026-12-31" in said
    assert "the alignment at position " in said
    assert " ends on 2026-05-31" in said


def test_frameworks_are_listed(two: Terminal, tmp_path: Path) -> None:
    """Each framework stands with its standards, and how many alignments begin and end in it."""
    bring(two, tmp_path)
    found = two.json("frameworks", "list")["frameworks"]

    assert [("mathematics", 2), ("Local", 3)] == [(one["title"], one["standards"]) for one in found]
    assert two.ok("frameworks", "list").endswith("2 frameworks.\n")


def test_designations_are_listed(two: Terminal) -> None:
    """The table names the course, the standard, the days, the body and who entered it."""
    more = ("--dated", "2026-01-15", "--link", "https://example.org/9", *BOARD)
    two.ok("designate", "M.1", "--course", "GEOM", "--from", "2026-01-01", "--until", "2026-12-31", *more)
    said = two.ok("frameworks", "designations", "--course", "GEOM", *DAYS)

    assert "in force  2026-01-01  2026-12-31  Curriculum board, 2026-01-15, minute 9, https://example.org/9" in said
    assert said.endswith("1 designation.\n")
    assert 3 == len(two.json("frameworks", "designations", *DAYS)["designations"])


def test_an_unknown_framework_is_refused(two: Terminal) -> None:
    """The sentence names the frameworks there are."""
    said = two.refused("frameworks", "coverage", "--framework", "other")

    assert said.startswith("no framework is called 'other' here; there is mathematics (")


def test_everything_is_the_district_s_own(two: Terminal, tmp_path: Path) -> None:
    """An alignment is made by the jurisdiction whose ledger it stands in."""
    bring(two, tmp_path)

    assert {DISTRICT} == {one["jurisdiction"] for one in two.json("frameworks", "alignments", *DAYS)["alignments"]}
