"""`mastery import evidence`."""

import json
from pathlib import Path

import pytest

from ledger.cli import evidence_import, progress
from tests.cli.support import EVIDENCE, FRAMEWORK, SCALE, Terminal, written

FAULTY = EVIDENCE + "S-3,M.1,9,task,summative,Shopping list,2026-03-01\n"
FAULT = (
    "results.csv:5 [level]: '9' is no level of the scale Four levels; its levels are: Beginning (1), Developing (2), "
    "Proficient (3), Advanced (4)\n"
)


def counts(rows: int, refused: int, imported: int, corrected: int, same: int, learners: int, decisions: int) -> str:
    """Return the table an import ends with."""
    return (
        f"  rows      {rows:>12,}\n  refused   {refused:>12,}\n  imported  {imported:>12,}\n"
        f"  corrected {corrected:>12,}\n  same      {same:>12,}\n  learners  {learners:>12,}\n"
        f"  decisions {decisions:>12,}\n"
    )


def test_an_import_ends_with_its_counts(school: Terminal, tmp_path: Path) -> None:
    """An import tells what became of the rows, and again that all are known."""
    path = written(tmp_path, "results.csv", EVIDENCE)

    assert "results.csv:\n" + counts(3, 0, 3, 0, 0, 2, 6) == school.ok("import", "evidence", path)
    assert "results.csv:\n" + counts(3, 0, 0, 0, 3, 2, 0) == school.ok("import", "evidence", path)


def test_refused_rows_are_told(school: Terminal, tmp_path: Path) -> None:
    """A faulty row is named, all faults are written beside the file, and the status says that there are findings."""
    path = written(tmp_path, "results.csv", FAULTY)
    result = school.run("import", "evidence", path)

    faults = tmp_path / "results.faults.csv"
    told = f"{FAULT}1 fault of 1 refused row above; all faults are in {faults}\nresults.csv:\n"
    assert (1, told + counts(3, 1, 3, 0, 0, 2, 6)) == (result.exit_code, result.stdout)
    assert 2 == len(faults.read_text().splitlines())


def test_only_the_first_faults_are_printed(school: Terminal, tmp_path: Path) -> None:
    """Of many faults twenty are printed; the file named with --faults holds all."""
    rows = "".join(f"S-{number},M.1,9,task,summative,A,2026-03-01\n" for number in range(30))
    path, faults = written(tmp_path, "results.csv", EVIDENCE.splitlines()[0] + "\n" + rows), tmp_path / "wrong.csv"
    result = school.run("import", "evidence", path, "--faults", faults)

    assert 20 == sum(line.startswith("results.csv:") and "[level]" in line for line in result.stdout.splitlines())
    assert f"20 faults of 30 refused rows above; all faults are in {faults}" in result.stdout
    assert 31 == len(faults.read_text().splitlines())


def test_an_import_is_told_in_json(school: Terminal, tmp_path: Path) -> None:
    """In JSON the counts and faults are the same."""
    result = school.run("import", "evidence", written(tmp_path, "results.csv", FAULTY), "--json")
    found = json.loads(result.stdout)

    assert (1, 3, 1, 3, 6, True) == (
        result.exit_code,
        found["rows"],
        found["refused"],
        found["imported"],
        found["decisions"],
        found["governed"],
    )
    assert [(5, "level")] == [(fault["line"], fault["field"]) for fault in found["faults"]]


def test_a_dry_run_stores_nothing(school: Terminal, tmp_path: Path) -> None:
    """A dry run counts and stores nothing."""
    path = written(tmp_path, "results.csv", EVIDENCE)
    before = school.positions()

    assert "results.csv, checked only; nothing was stored:\n" + counts(3, 0, 0, 0, 0, 0, 0) == school.ok(
        "import", "evidence", path, "--dry-run"
    )
    assert before == school.positions()


def test_all_or_nothing_is_nothing(school: Terminal, tmp_path: Path) -> None:
    """With --all-or-nothing one faulty row keeps all of them out, and the status says that there are findings."""
    path = written(tmp_path, "results.csv", FAULTY)
    before = school.positions()
    result = school.run("import", "evidence", path, "--all-or-nothing")

    assert (1, "", f"{FAULT}Nothing was stored.\n") == (result.exit_code, result.stdout, result.stderr)
    assert before == school.positions()


def test_other_content_needs_a_reason(class_: Terminal, tmp_path: Path) -> None:
    """A known row that says otherwise is refused, and with --corrections replaces what was known."""
    other = written(tmp_path, "other.csv", EVIDENCE.replace("S-2,M.1,2", "S-2,M.1,4"))
    refused = class_.run("import", "evidence", other)
    corrected = class_.run("import", "evidence", other, "--corrections", "Wrong export")

    why = (
        "this row is in the ledger already with other content (in results); import again with --corrections REASON "
        "where the file is right"
    )
    assert f"other.csv:4: {why}" == refused.stdout.splitlines()[0]
    assert 1 == refused.exit_code
    assert "other.csv:\n" + counts(3, 0, 0, 1, 2, 2, 1) == corrected.stdout
    assert 0 == corrected.exit_code


def test_without_a_policy_the_command_to_run_is_told(tmp_path: Path) -> None:
    """Where no policy is adopted one line says so, with the command that adopts one."""
    terminal = Terminal(tmp_path / "home")
    terminal.ok("init", "us-tx", "--kind", "state", "--zone", "UTC")
    terminal.ok("import", "framework", written(tmp_path, "m.csv", FRAMEWORK))
    terminal.ok("import", "scale", written(tmp_path, "s.toml", SCALE))
    said = terminal.ok("import", "evidence", written(tmp_path, "results.csv", EVIDENCE))
    with terminal.open() as ledger:
        today = ledger.today()

    assert (
        "No policy is adopted in this ledger, so nothing is decided; adopt one with: mastery adopt "
        f"competency-based/mastery --jurisdiction us-tx --from {today} "
        '--authority "BODY" --reason "REASON"'
    ) == said.splitlines()[-1]


def test_a_map_says_what_the_columns_mean(school: Terminal, tmp_path: Path) -> None:
    """A file with other columns is read through a map."""
    path = written(tmp_path, "export.csv", "pupil,skill,mark\nS-1,M.1,3\n")
    columns = '[columns]\nlearner = "pupil"\ncompetency = "skill"\nlevel = "mark"\n'
    constants = '[constants]\nkind = "task"\npurpose = "summative"\n'
    said = school.ok("import", "evidence", path, "--map", written(tmp_path, "map.toml", columns + constants))

    assert "export.csv:\n" + counts(1, 0, 1, 0, 0, 1, 3) == said


def test_progress_is_told_in_lines_where_there_is_no_terminal(
    school: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a terminal, progress is plain lines on standard error, now and then."""
    monkeypatch.setattr(progress, "SECONDS", 0.0)
    result = school.run("import", "evidence", written(tmp_path, "results.csv", EVIDENCE))

    assert "rows checked: 3\nrows stored: 3 of 3\n" == result.stderr


def test_progress_is_a_bar_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, progress is a bar for each stage."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress.progress({"check": "rows checked"}) as tell:
        tell("check", 10, 0)
        tell("check", 20, 0)
        tell("other stage", 1, 2)

    said = capsys.readouterr().err
    assert "rows checked" in said
    assert "other stage" in said


def test_an_interrupted_import_says_how_to_go_on(
    school: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped by Ctrl-C, an import says that the same command goes on, with the status shells give."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(evidence_import, "import_evidence", interrupted)
    result = school.run("import", "evidence", written(tmp_path, "results.csv", EVIDENCE))

    assert (130, f"{evidence_import.RESUME}\n") == (result.exit_code, result.stderr)
