"""What `mastery simulate` refuses, and how it says so."""

from pathlib import Path

import pytest

from tests.cli.support import DISTRICT, SCALE, Terminal, written

MASTERY = ("--baseline", "competency-based/mastery")
OTHER_QUESTION = (
    "competency-based/mastery@2000-01-01 answers MASTERY (standard) of a competency, "
    "competency-based/course@2000-01-01 "
    "answers CREDIT (standard) of a course; compare two rules for the same question"
)
SAME = ("simulate", *MASTERY, "--candidate", "competency-based/mastery")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("simulate", *MASTERY, "--candidate", "competency-based/course"),
            OTHER_QUESTION,
        ),
        (
            (*SAME, "--district", "us-tx/elsewhere"),
            f"there is no ledger 'us-tx/elsewhere' in {{home}}; there are {DISTRICT}",
        ),
        (
            (*SAME, "--set", "kinds=two"),
            "competency-based/mastery@2000-01-01, param.kinds: 'two' does not fit; it is a whole number",
        ),
        ((*SAME, "--set-b", "kinds=1", "--set-b", "kinds=2"), "the parameter 'kinds' is given twice"),
        ((*SAME, "--scale", "ten"), "no scale is called 'ten' here; there is Four levels"),
    ],
)
def test_what_makes_no_sense_is_refused(class_: Terminal, words: tuple[str, ...], said: str) -> None:
    """A question that cannot be answered is refused with a sentence."""
    assert said.format(home=class_.home) == class_.refused(*words).removeprefix("Error: ").strip()


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """Where there is no ledger a sentence says how one is made."""
    said = Terminal(tmp_path / "nowhere").refused(*SAME)

    assert f"there is no ledger in {tmp_path / 'nowhere'}; make one with `mastery init`" in said


def test_levels_of_several_scales_need_a_name(school: Terminal, tmp_path: Path) -> None:
    """A rule that reads levels is not asked where several scales are held and no adoption names one."""
    other = SCALE.replace("four-levels", "habits").replace("Four levels", "Habits")
    school.ok("import", "scale", written(tmp_path, "habits.toml", other))
    rows = "learner,course,score,score_max,kind,purpose,occurred\nS-1,ALG,5,10,exam,summative,2026-03-01\n"
    school.ok("import", "evidence", written(tmp_path, "exam.csv", rows))
    said = school.run(
        "simulate", "--baseline", "competency-based/readiness", "--candidate", "competency-based/readiness"
    )

    assert 2 == said.exit_code
    assert (
        "competency-based/readiness@2000-01-01 reads levels, and there are several scales: name one of Four levels, "
        "Habits with --scale"
    ) in said.stderr
