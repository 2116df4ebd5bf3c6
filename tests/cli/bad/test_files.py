"""Files with faults: each is told in full, and nothing of it is stored."""

import json
from pathlib import Path

import pytest

from tests.cli.plugins import BAD, RAISING, install
from tests.cli.support import FRAMEWORK, Terminal, written

EXAMPLES = Path(__file__).parents[2] / "interchange" / "bad"
FRAMEWORKS = sorted(path for path in EXAMPLES.glob("*.*.*") if path.name.endswith((".case.json", ".framework.csv")))
SCALES = sorted(EXAMPLES.glob("*.scale.toml"))
SHARED_CODES = FRAMEWORK + "x,TWICE,Estimate a sum,m,Standard,\ny,TWICE,Estimate a product,m,Standard,\n"
HEADER = "learner,competency,score,score_max,kind,purpose,occurred\n"


def told(path: Path) -> list[str]:
    """Return the sentences that stand beside a bad file."""
    return path.with_name(f"{path.name}.txt").read_text().splitlines()


@pytest.mark.parametrize("path", FRAMEWORKS, ids=lambda path: path.name)
def test_a_bad_framework_is_refused_whole(school: Terminal, path: Path) -> None:
    """Every fault of a framework file is told, and nothing is stored."""
    name = ("--name", "small") if path.suffix == ".csv" else ()

    assert told(path) == school.refused("import", "framework", path, *name, "--json").splitlines()


@pytest.mark.parametrize("path", SCALES, ids=lambda path: path.name)
def test_a_bad_scale_is_refused_whole(school: Terminal, path: Path) -> None:
    """Every fault of a scale file is told, and nothing is stored."""
    assert told(path) == school.refused("import", "scale", path).splitlines()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1,M.1,NaN,100,task,summative,\n", "[score]: 'NaN' is not a plain decimal number such as 84 or 84.5"),
        ("1,M.1,1e400,100,task,summative,\n", "[score]: '1e400' is not a plain decimal number such as 84 or 84.5"),
        (
            "1,M.11,84,100,task,summative,\n",
            "[competency]: no competency has the id or code 'M.11' (did you mean 'M.1'?)",
        ),
        ("1,M.1,184,100,task,summative,\n", "[score]: the score 184 is above its maximum 100"),
    ],
)
def test_a_bad_row_is_refused(school: Terminal, tmp_path: Path, rows: str, said: str) -> None:
    """A faulty row is told with its line and column, nothing of it is stored, and the status is 1."""
    before = school.positions()
    result = school.run("import", "evidence", written(tmp_path, "bad.csv", HEADER + rows))

    assert 1 == result.exit_code
    assert f"bad.csv:2 {said}" == result.stdout.splitlines()[0]
    assert before == school.positions()


def test_an_ambiguous_competency_is_refused(school: Terminal, tmp_path: Path) -> None:
    """A code that two competencies carry is told with what each of them is."""
    school.ok("import", "framework", written(tmp_path, "m.csv", SHARED_CODES), "--name", "mathematics")
    result = school.run("import", "evidence", written(tmp_path, "bad.csv", HEADER + "1,TWICE,84,100,task,summative,\n"))

    assert 1 == result.exit_code
    first = result.stdout.splitlines()[0]
    assert first.startswith("bad.csv:2 [competency]: 'TWICE' stands for 2 competencies: 'Estimate a sum' (")
    assert first.endswith("); name one by its id")


def test_a_future_date_is_refused(school: Terminal, tmp_path: Path) -> None:
    """Evidence of a day to come is refused."""
    rows = HEADER + "1,M.1,84,100,task,summative,2999-01-01\n"
    result = school.run("import", "evidence", written(tmp_path, "bad.csv", rows))

    assert result.stdout.startswith("bad.csv:2 [occurred]: '2999-01-01' is in the future (today is ") or (
        result.stdout.startswith("bad.csv:2 [occurred]: 2999-01-01 is in the future (today is ")
    )


@pytest.mark.parametrize("name", ["utf_16.evidence.csv", "latin_1.evidence.csv"])
def test_of_a_file_in_another_encoding_nothing_is_stored(school: Terminal, tmp_path: Path, name: str) -> None:
    """What cannot be read to its end is told with the place, and not even its good rows are stored."""
    before = school.positions()
    result = school.run("import", "evidence", EXAMPLES / name, "--faults", tmp_path / "faults.csv")

    assert (1, "\n".join([told(EXAMPLES / name)[-1], "Nothing was stored.", ""])) == (result.exit_code, result.stderr)
    assert before == school.positions()


@pytest.mark.parametrize("name", ["missing_column.evidence.csv", "semicolons.evidence.csv"])
def test_a_bad_file_of_evidence_is_refused(school: Terminal, tmp_path: Path, name: str) -> None:
    """A file that cannot be read as evidence is told, with what it needs."""
    before = school.positions()
    result = school.run("import", "evidence", EXAMPLES / name, "--faults", tmp_path / "faults.csv")

    assert (1, told(EXAMPLES / name)) == (result.exit_code, result.stdout.splitlines()[: len(told(EXAMPLES / name))])
    assert before == school.positions()


def test_a_bad_map_is_refused(school: Terminal, tmp_path: Path) -> None:
    """Every fault of a map is told before a row is read; status 1, for it is the import that has findings."""
    path = written(tmp_path, "results.csv", HEADER)
    bad = EXAMPLES / "fields_twice.map.toml"
    result = school.run("import", "evidence", path, "--map", bad)

    assert (1, "\n".join([*told(bad), "Nothing was stored.", ""])) == (result.exit_code, result.stderr)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[1, 2]", "facts.json: an object of facts by name is needed here"),
        ("{", "facts.json: this is not JSON of exact values: Expecting property name enclosed in double quotes"),
        ('{"a": 1, "a": 2}', "facts.json: this is not JSON of exact values: the key 'a' stands twice in one object"),
        (
            '{"a": 1.5}',
            "facts.json: this is not JSON of exact values: 1.5 is not a whole number; write a decimal as text",
        ),
        (
            '{"latest_levl": 1, "kinds_at_level": "x"}',
            (
                "facts.json: latest_levl is no fact of this policy (did you mean 'latest_level'?).\n"
                "facts.json: kinds_at_level: 'x' is not a whole number."
            ),
        ),
    ],
)
def test_bad_facts_are_refused(school: Terminal, tmp_path: Path, content: str, said: str) -> None:
    """A file of facts that cannot be read is told, every fault at once."""
    path = written(tmp_path, "facts.json", content)
    words = ("policies", "decide", "competency-based/mastery", "--facts", path, "--on", "2026-05-30")

    assert school.refused(*words).startswith(said)


def test_bad_parameters_are_refused(school: Terminal, tmp_path: Path) -> None:
    """A parameter there is not is told with those there are."""
    path = written(tmp_path, "facts.json", json.dumps({}))
    words = ("policies", "decide", "competency-based/mastery", "--facts", path, "--on", "2026-05-30")

    assert (
        "competency-based/mastery@2000-01-01, param.levl: there is no such parameter; there are kinds, level, "
        "purposes, readiness_level, readiness_required, retakes_need_preparation"
    ) == school.refused(*words, "--param", "levl=3")


def test_every_problem_of_every_plugin_is_told(school: Terminal, plugins: Path) -> None:
    """An undeclared fact, a missing citation, colliding exceptions and a file that raises are told together."""
    install(plugins, "broken", "rules_broken", BAD)
    install(plugins, "raising", "rules_raising", RAISING)
    said = school.refused("policies", "list", "--plugin", "broken", "--plugin", "raising", "--plugin", "absent")

    for what in (
        "broken/undeclared, clause 'a': fact.nothing is not declared in the sheet (there are none).",
        "broken/uncited, clause 'a': has no citation: ",
        "broken/colliding, requires: exceptions 'few' and 'many' both hold for {works: 4}. ",
    ):
        assert what in said
    assert "raising: cannot be imported: RuntimeError: no rule today (rules_raising.py, line 1)" in said.splitlines()
    assert "absent: no plugin of this name is installed" in said


def test_a_long_list_of_faults_is_cut(school: Terminal, tmp_path: Path) -> None:
    """Of more than twenty faults twenty are told and the rest is counted."""
    rows = "".join(f"n{number},N.{number},Counts,nowhere,Standard,\n" for number in range(30))
    said = school.refused("import", "framework", written(tmp_path, "m.csv", FRAMEWORK + rows)).splitlines()

    assert (21, "and 10 more") == (len(said), said[-1])
