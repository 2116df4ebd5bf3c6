"""Cohorts, support, votes and choices that cannot be recorded."""

import pytest

from tests.cli.support import Terminal

VOTED = ("panel", "S-9", "--new", "--body", "b", "--result", "carried")
FORM = "ROLE:VOTE[:WHO] with one of yes, no, abstained, absent, as in teacher:yes:T-7"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(
            ("cohort", "S-9", "--new", "--clock", "class"),
            "give --year or --day, and only one of them",
            id="neither year nor day",
        ),
        pytest.param(
            ("cohort", "S-9", "--new", "--clock", "class", "--year", "2027", "--day", "2027-05-30"),
            "give --year or --day, and only one of them",
            id="year and day",
        ),
        pytest.param(
            ("cohort", "S-9", "--new", "--clock", "class", "--year", "27"),
            "Error: Invalid value for '--year': 27 is not in the range 1900<=x<=2200.",
            id="no calendar year",
        ),
        pytest.param(
            ("cohort", "S-9", "--new", "--clock", "class", "--day", "1526-05-30"),
            "1526-05-30 is not in a year from 1900 to 2200",
            id="a day long ago",
        ),
        pytest.param(
            ("cohort", "S-9", "--new", "--clock", "class", "--day", "May"),
            "Error: Invalid value for '--day': 'May' is not a date such as 2026-05-30",
            id="no day",
        ),
        pytest.param(
            ("support", "S-9", "--new", "--kind", "k", "--stage", "planned"),
            "Error: Invalid value for '--stage': 'planned' is not one of 'offered', 'provided'.",
            id="no stage",
        ),
        pytest.param(
            ("support", "S-9", "--new", "--kind", "k", "--stage", "offered", "--hours", "2"),
            "--hours: only support that was provided has hours",
            id="hours of an offer",
        ),
        pytest.param(
            ("support", "S-9", "--new", "--kind", "k", "--stage", "provided", "--hours", "two"),
            "'two' is not a number of hours such as 2 or 1.5",
            id="hours in words",
        ),
        pytest.param(VOTED, "Error: Missing option '--member'.", id="nobody voted"),
        pytest.param(
            (*VOTED, "--member", "teacher"),
            f"Error: Invalid value for '--member': 'teacher' is not {FORM}",
            id="no vote",
        ),
        pytest.param(
            (*VOTED, "--member", "teacher:maybe"),
            f"Error: Invalid value for '--member': 'teacher:maybe' is not {FORM}",
            id="no such vote",
        ),
        pytest.param(
            (*VOTED, "--member", ":yes"), f"Error: Invalid value for '--member': ':yes' is not {FORM}", id="no role"
        ),
        pytest.param(
            (*VOTED, "--member", "teacher:yes:"),
            f"Error: Invalid value for '--member': 'teacher:yes:' is not {FORM}",
            id="nobody named",
        ),
        pytest.param(
            ("panel", "S-9", "--new", "--body", "b", "--result", "tied", "--member", "teacher:yes"),
            "Error: Invalid value for '--result': 'tied' is not one of 'carried', 'not_carried', 'sent_back'.",
            id="no such result",
        ),
        pytest.param(
            ("choice", "S-9", "--new", "--choice", "path"),
            "give each --option that was chosen, or --withdrawn",
            id="nothing chosen",
        ),
        pytest.param(
            ("choice", "S-9", "--new", "--choice", "path", "--option", "stem", "--withdrawn"),
            "give each --option that was chosen, or --withdrawn",
            id="chosen and withdrawn",
        ),
        pytest.param(
            ("choice", "S-9", "--new", "--choice", "path", "--option", "stem", "--option", "stem"),
            "the option 'stem' is chosen twice",
            id="an option twice",
        ),
        pytest.param(
            ("choice", "S-9", "--new", "--choice", "path", "--option", "stem", "--course", "A", "--requirement", "r"),
            "give only one of --competency, --course and --requirement",
            id="two subjects",
        ),
    ],
)
def test_what_cannot_be_is_refused(school: Terminal, words: tuple[str, ...], said: str) -> None:
    """Each is told with what is allowed, and no learner is made."""
    assert said == school.refused("record", *words).splitlines()[-1]
    with school.open() as ledger:
        assert ledger.vault.find("S-9") is None


@pytest.mark.parametrize(
    "words",
    [
        (*VOTED, "--member", "teacher:yes"),
        ("support", "S-9", "--new", "--kind", "k", "--stage", "offered"),
        ("choice", "S-9", "--new", "--choice", "path", "--option", "stem"),
    ],
)
def test_what_has_not_happened_is_refused(school: Terminal, words: tuple[str, ...]) -> None:
    """Nobody has voted, helped or chosen in the future."""
    said = school.refused("record", *words, "--occurred", "2999-01-01")

    assert said.startswith("--occurred: 2999-01-01 is in the future (today is ")
