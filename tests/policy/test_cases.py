"""Case files: how they are read, run, and what a failing case says."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ledger.policy import ABSENT, UNKNOWN, FactType, ParameterType, clause, fact, grant, param
from ledger.policy.cases import anchors, cases_from_toml, run
from ledger.policy.sheets import sheet_from_data, sheet_schema
from tests.policy.examples import CHALLENGE, FOLIO, dated, definition, parameter, policy

BAD = Path(__file__).parent / "bad"
RESTS = "not-enrolled, tries, year-cap, in-time, local, outside"
OTHER_REASON = (
    "met as expected, for another reason: it does not rest on outside and "
    "it rests on in-time, local, not-enrolled, year-cap too"
)
UNMET = str(RESTS.split(", ")).replace("'", '"')
ONE, TWO = grant("credit", 1), grant("credit", 2)
NUMBERS = "tries, year_cap, local_cut, outside_cut"
OUTCOMES = "met, not_yet, denied, needs_panel, ineligible, not_applicable, undetermined"
LAW = "# Law\n\n## The local cut\n\n## Tries (two)\n"
HEAD = '[[case]]\nname = "a case"\non = 2025-03-01\nanchor = "law.md#the-local-cut"\n'
GIVEN = (
    "given = { taken_on = 2024-09-01, course_begins = 2024-09-02, tries = 1, enrolled = false, credit_sought = 100,"
    " local_score = "
)


def failures(case: str, local_score: int = 80) -> tuple[str, ...]:
    """Run one case of the course challenge and return what it says."""
    read = cases_from_toml(f"{HEAD}{GIVEN}{local_score} }}\n{case}", "x.cases.toml", [CHALLENGE], LAW)

    assert read.problems == ()

    return run(read.cases[0]).failures


MET = 'expect = { outcome = "met", because = ["not-enrolled", "tries", "year-cap", "in-time", "local"]'


@pytest.mark.parametrize(
    ("case", "local_score", "sentences"),
    [
        (MET + " }", 80, ()),
        (MET + ', next = [], grants = { credit = "100", notation = "CH" } }', 80, ()),
        (
            MET + " }",
            79,
            (f"expected met, got not_yet, which rests on {RESTS}",),
        ),
        (
            'expect = { outcome = "met", because = ["tries", "outside"] }',
            80,
            (OTHER_REASON,),
        ),
        (
            f'expect = {{ outcome = "not_yet", because = {UNMET}, next = ["x"], level = "3", grants = {{ a = "1" }} }}',
            79,
            (
                "expected next ['x'], got ['retake']",
                "expected level 3, got none on record",
                "expected grants {'a': '1'}, got {}",
            ),
        ),
    ],
)
def test_a_case_says_what_came_out_otherwise(case: str, local_score: int, sentences: tuple[str, ...]) -> None:
    """A right answer for a wrong reason fails, and each difference is a sentence."""
    assert sentences == failures(case, local_score)


def test_a_case_may_set_parameters_and_what_was_known() -> None:
    """Overrides stand in for values in force, and a value adopted later is not known yet."""
    cut = parameter("cut", dated(3, adopted=date(2020, 1, 1)), dated(5, adopted=date(2024, 1, 1)))
    asked = policy(clause("c", "C.", fact.score >= param.cut), definition("score"), parameters=(cut,))
    text = (
        HEAD
        + 'known_on = 2023-01-01\ngiven = { score = 3 }\nexpect = { outcome = "met", because = ["c"] }\n'
        + HEAD
        + 'parameters = { cut = 2 }\ngiven = { score = 2 }\nexpect = { outcome = "met", because = ["c"] }\n'
        + HEAD
        + 'given = { score = 3 }\nexpect = { outcome = "met", because = ["c"] }\n'
    )
    read = cases_from_toml(text, "x", [asked], LAW)

    assert read.problems == ()
    assert [run(case).failures for case in read.cases] == [(), (), ("expected met, got not_yet, which rests on c",)]


def test_a_case_fails_where_one_key_is_granted_twice() -> None:
    """A case names one value of a key, so that a second value of it is never overlooked."""
    asked = policy(clause("c", "C.", fact.passed), definition("passed", FactType.BOOLEAN), grants=(ONE, TWO))
    case = 'given = { passed = true }\nexpect = { outcome = "met", because = ["c"], grants = { credit = "2" } }'
    read = cases_from_toml(HEAD + case, "x.cases.toml", [asked], LAW)

    assert ("gives two values for one key: credit, credit",) == run(read.cases[0]).failures


def test_a_case_is_about_the_edition_in_force_on_its_day() -> None:
    """Of several editions the one that has begun is asked."""
    rule = clause("c", "C.", fact.score >= 3)
    old, new = (policy(rule, definition("score"), effective=date(year, 1, 1)) for year in (2020, 2025))
    text = HEAD + 'expect = { outcome = "not_yet", because = ["c"] }\n'
    read = cases_from_toml(text, "x", [new, old], LAW)
    early = cases_from_toml(text.replace("2025-03-01", "2021-03-01"), "x", [new, old], LAW)

    assert [case.policy for case in (*read.cases, *early.cases)] == [new, old]


def test_every_problem_of_a_case_file_is_reported_at_once() -> None:
    """A file with many faults gives a sentence for each, with the case it is in."""
    read = cases_from_toml((BAD / "bad.cases.toml").read_text(), "bad.cases.toml", [CHALLENGE, FOLIO], LAW)

    assert [case.name for case in read.cases] == ["a sound one"]
    assert [str(problem).removeprefix("bad.cases.toml, ") for problem in read.problems] == [
        "case 'no policy': policy None is not one of us-ex/course-challenge, us-ex/portfolio-diploma",
        "case 'no day': on is not a day such as 2026-05-30, without quotation marks",
        "case 'no reason': expect needs an outcome, and in `because` the clauses it rests on",
        f"case 'no such outcome': outcome 'passed' is not one of {OUTCOMES}",
        "case 'no such anchor': law.md#the-local-cutt is not a heading of the law (did you mean law.md#the-local-cut?)",
        "case 'no anchor': anchor is not a heading of the law such as law.md#score",
        "case 'misspelt': 'expects' is not a key here (did you mean 'expect'?)",
        "case 'misspelt': expect needs an outcome, and in `because` the clauses it rests on",
        "case 'misspelt inside': 'becos' is not a key here (did you mean 'because'?)",
        "case 'wrong facts': given: local_scor is no fact of this policy (did you mean 'local_score'?).",
        "case 'wrong facts': given: tries: '2' is not a whole number.",
        f"case 'wrong parameters': 'cut' is no parameter of us-ex/course-challenge (there are {NUMBERS})",
        "case 'wrong parameters': parameter 'tries': '2' is not a whole number",
        "case 11: has no name",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[case]", "is not TOML: Expected ']]' at the end of an array declaration (at line 1, column 7)"),
        ("", "holds [[case]] entries and nothing else, and at least one"),
        ("[case]\nname = 'x'", "holds [[case]] entries and nothing else, and at least one"),
        ("[[cases]]\nname = 'x'", "holds [[case]] entries and nothing else, and at least one"),
    ],
)
def test_a_file_without_cases_is_a_problem(text: str, why: str) -> None:
    """An empty or broken file does not pass for a file whose cases all pass."""
    read = cases_from_toml(text, "x.cases.toml", [CHALLENGE], LAW)

    assert [str(problem) for problem in read.problems] == [f"x.cases.toml: {why}"]


def test_anchors_follow_from_headings() -> None:
    """A heading's anchor is its lower-case words with hyphens."""
    assert anchors(LAW) == {"law", "the-local-cut", "tries-two"}


SHEET = (
    definition("score"),
    definition("share", FactType.FRACTION),
    definition("done", FactType.BOOLEAN),
    definition("begun", FactType.DATE),
    definition("kind", FactType.CHOICE, choices=("x", "y")),
    definition("note", FactType.TEXT),
    definition("items", FactType.LIST, (), members=(definition("level", FactType.FRACTION),)),
)
ASKED = policy(clause("c", "C.", fact.score >= 3), *SHEET)


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("score", 3, 3),
        ("score", None, ABSENT),
        ("score", "absent", ABSENT),
        ("score", "unknown", UNKNOWN),
        ("score", {"unknown": True}, UNKNOWN),
        ("share", 3, Fraction(3)),
        ("share", "2.5", Fraction(5, 2)),
        ("share", {"fraction": [1, 3]}, Fraction(1, 3)),
        ("done", False, False),
        ("begun", "2026-05-30", date(2026, 5, 30)),
        ("begun", date(2026, 5, 30), date(2026, 5, 30)),
        ("begun", {"date": "2026-05-30"}, date(2026, 5, 30)),
        ("kind", "x", "x"),
        ("note", "free", "free"),
        ("items", [{"level": "2.5"}, {}], ({"level": Fraction(5, 2)}, {})),
    ],
)
def test_a_fact_is_read_from_plain_data(name: str, written: Any, value: Any) -> None:
    """Numbers, days, texts, lists and the two ways of missing have a form in TOML and in JSON."""
    assert sheet_from_data(ASKED, {name: written}) == ({name: value}, ())


@pytest.mark.parametrize(
    ("name", "written", "why"),
    [
        ("score", True, "score: True is not a whole number."),
        ("share", 2.5, "share: 2.5 is not a whole number."),
        ("share", "1e400", "share: '1e400' is not a plain decimal number such as 84 or 84.5."),
        ("share", {"fraction": [1, 0]}, "share: {'fraction': [1, 0]} is not a numerator and a denominator."),
        ("share", {"fraction": 3}, "share: {'fraction': 3} is not a numerator and a denominator."),
        ("done", "yes", "done: 'yes' is neither true nor false."),
        ("begun", "30 May", "begun: '30 May' is not a day such as 2026-05-30."),
        ("begun", "2026-02-30", "begun: '2026-02-30' is not a day such as 2026-05-30."),
        ("kind", "z", "kind: 'z' is not one of x, y."),
        ("note", 3, "note: 3 is not a text."),
        ("items", {"level": 3}, "items: {'level': 3} is not a list of objects, one for each member."),
        ("items", [{"level": "x"}], "items[1].level: 'x' is not a plain decimal number such as 84 or 84.5."),
        ("items", [{"lvl": 3}], "items[1].lvl is no fact of this policy (did you mean 'level'?)."),
        ("zzz", 3, "zzz is no fact of this policy (there are score, share, done, begun, kind, note, items)."),
    ],
)
def test_what_is_no_value_of_a_fact_is_said(name: str, written: Any, why: str) -> None:
    """Each wrong value is a sentence with its place; nothing is raised."""
    assert sheet_from_data(ASKED, {name: written})[1] == (why,)


def test_the_schema_of_a_sheet_describes_every_fact() -> None:
    """The schema names each fact, its form and what stands for nothing on record."""
    properties: Any = sheet_schema(ASKED)["properties"]

    assert list(properties) == ["score", "share", "done", "begun", "kind", "note", "items"]
    assert properties["score"] == {
        "description": "score",
        "anyOf": [{"type": "integer"}, {"enum": [None, "absent", "unknown"]}],
        "default": None,
    }
    assert properties["kind"]["anyOf"][0] == {"enum": ["x", "y"]}
    assert properties["items"]["anyOf"][0]["items"]["properties"]["level"]["description"] == "level"


def test_the_schema_names_units_and_bounds() -> None:
    """A whole number with bounds carries them, and a unit stands in the description."""
    tries = definition("tries", lowest=0, highest=9, unit="sittings")
    properties: Any = sheet_schema(policy(clause("c", "C.", fact.tries >= 3), tries))["properties"]

    assert properties["tries"]["description"] == "tries (sittings)"
    assert properties["tries"]["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 9}


def test_parameters_of_a_case_keep_their_type() -> None:
    """A fraction written as text is an exact number."""
    cut = parameter("cut", Fraction(3), kind=ParameterType.FRACTION)
    asked = policy(clause("c", "C.", fact.share >= param.cut), *SHEET, parameters=(cut,))
    text = (
        HEAD
        + 'parameters = { cut = "2.5" }\ngiven = { share = "2.5" }\nexpect = { outcome = "met", because = ["c"] }\n'
    )

    assert cases_from_toml(text, "x", [asked], LAW).cases[0].parameters == {"cut": Fraction(5, 2)}
