"""`mastery audit`: the queries as commands."""

import csv
import io
from pathlib import Path

import pytest

from ledger.audit.queries.finding import AuditFinding
from ledger.audit.queries.registry import QUERIES
from ledger.cli.audit_queries import save_findings
from tests.cli.support import Terminal


@pytest.fixture
def corrected(class_: Terminal) -> Terminal:
    """A school in which the work of S-2, imported, was corrected so that the level is higher."""
    with class_.open() as ledger:
        learner = ledger.vault.learner_id("S-2")
        event = next(iter(ledger.log.stream(f"learner/{learner}")))
    class_.ok(
        "correct",
        "S-2",
        event.data.evidence.evidence_id,
        "--level",
        "3",
        "--reason",
        "misread",
        "--purpose",
        "practice",
    )
    return class_


def test_every_query_is_a_command(class_: Terminal) -> None:
    """Each query by its name, and all of them in one reading."""
    said = class_.run("audit", "--help").stdout

    assert all(f"  {name} " in said for name in (*QUERIES, "all"))
    assert all(
        query.asks in class_.run("audit", name, "--help").stdout.replace("\n  ", " ") for name, query in QUERIES.items()
    )


def test_nothing_found_is_said(class_: Terminal) -> None:
    """The question, the thresholds it was asked with, and that there is nothing."""
    assert [
        "cohort-changes: Whose cohort or grade of record was changed?",
        "Asked with --year-begins 7, --window-days 90.",
        "0 findings, as of position 20.",
        "This asks the ledger as it stands; whether that is what was recorded, `mastery verify` tells.",
    ] == [
        line.replace(f"position {position(class_)}", "position 20")
        for line in class_.ok("audit", "cohort-changes").splitlines()
    ]


def position(terminal: Terminal) -> int:
    """Return the last position of the only ledger."""
    return next(iter(terminal.positions().values()))


def test_findings_end_with_status_1(corrected: Terminal) -> None:
    """Text and JSON tell the same, and thresholds are options."""
    found = corrected.run("audit", "undocumented", "--slip-minutes", "0")
    answer = corrected.run("audit", "undocumented", "--slip-minutes", "0", "--json")

    assert (1, 1, "") == (found.exit_code, answer.exit_code, found.stderr)
    assert "Asked with --slip-minutes 0." in found.stdout
    assert "1 finding, as of position" in found.stdout
    assert '"slip-minutes": 0' in answer.stdout
    assert "0 findings, recorded since 2999-01-01, as of" in corrected.ok(
        "audit", "undocumented", "--since", "2999-01-01"
    )


def test_findings_are_saved(corrected: Terminal, tmp_path: Path) -> None:
    """The file has a line for each finding, and - is standard output."""
    file = tmp_path / "findings.csv"
    told = corrected.run("audit", "undocumented", "--slip-minutes", "0", "--csv", file)
    printed = corrected.run("audit", "undocumented", "--slip-minutes", "0", "--csv", "-")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))

    assert (1, 1) == (told.exit_code, printed.exit_code)
    assert file.read_text(encoding="utf-8") == printed.stdout
    assert ["undocumented"] == [row["query"] for row in rows]
    assert rows[0]["position"] in rows[0]["positions"].split()


def test_no_cell_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    """A cell that begins like a formula is kept from being one; half a character does not stop the file."""
    file = tmp_path / "findings.csv"
    save_findings(file, [AuditFinding("q", 3, (1, 3), "=cmd", "@who", "+at", "-said \udc80")])

    assert ["q,3,1 3,'=cmd,'@who,'+at,'-said \\udc80"] == file.read_text(encoding="utf-8").splitlines()[1:]


def test_all_queries_are_asked_at_once(corrected: Terminal) -> None:
    """Each answers in its turn; the CSV holds the findings of all."""
    said = corrected.ok("audit", "all", "--since", "1000000")
    answer = corrected.json("audit", "all", "--since", "1000000")

    assert "0 findings of 12 queries." == said.splitlines()[-2]
    assert [*QUERIES] == [one["query"] for one in answer["answers"]]
    assert "query,position,positions,learner,who,at,sentence\n" == corrected.ok(
        "audit", "all", "--since", "1000000", "--csv", "-"
    )


@pytest.mark.parametrize("value", ["May", "-3", "2026-5-1", "²"])
def test_since_is_a_position_or_a_day(class_: Terminal, value: str) -> None:
    """Anything else is refused with an example."""
    assert "is not a date such as 2026-05-30" in class_.refused("audit", "heaping", "--since", value)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("heaping", "--scores", "-1"), "-1 is not in the range 0<=x<=1000000"),
        (("cohort-changes", "--year-begins", "13"), "13 is not in the range 1<=x<=12"),
        (("entry-bursts", "--minutes", "0"), "0 is not in the range 1<=x<=1000000"),
        (("fail-to-pass", "--night-from", "25"), "25 is not in the range 0<=x<=24"),
    ],
)
def test_a_threshold_is_a_whole_number(class_: Terminal, words: tuple[str, ...], why: str) -> None:
    """What cannot be is refused, with what can."""
    assert why in class_.refused("audit", *words)
