"""docs/witnessing.md is run, command by command."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger.cli import main
from tests.cli.support import Terminal, found_school
from tests.docs.walking import Step, lacking, steps, take

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "witnessing.md").read_text(encoding="utf-8")


def walked(step: Step) -> str:
    """Take a step as a shell would, with what stands in files put into its place; return what is wrong with it."""
    text = re.sub(r"\$\(cat (\S+)\)", lambda found: Path(found[1]).read_text().strip(), step.text)
    if step.file:
        keys = {"LOG": "log.key", "WITNESS": "witness.key"}
        text = re.sub("LOG|WITNESS", lambda found: Path(keys[found[0]]).read_text().strip(), text)
    command, _, file = text.partition(" > ")
    if step.file or not file:
        return take(step._replace(text=text))
    printed = CliRunner().invoke(main, command.split()[1:], catch_exceptions=False).stdout
    Path(file).write_text(printed)
    missing = lacking(step.shown, printed)
    return f"{command}: not shown {missing} in {printed}" if missing or not printed else ""


def test_the_page_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside a ledger that is signed, every command prints what the page shows and ends as it says."""
    monkeypatch.chdir(tmp_path)
    found_school(tmp_path)
    terminal = Terminal(tmp_path / "home")
    key = terminal.json("signing-key", "make")["keys"][0]["key"]
    terminal.ok("signing-key", "introduce")
    terminal.ok("signer", "--once")
    (tmp_path / "log.key").write_text(f"{key}\n")
    monkeypatch.setenv("MASTERY_HOME", str(tmp_path / "home"))

    assert [] == [wrong for step in steps(PAGE) if (wrong := walked(step))]


def test_every_link_leads_somewhere() -> None:
    """Each page this one points to exists."""
    assert [] == [name for name in re.findall(r"\]\((?!https:)([^)]+)\)", PAGE) if not (DOCS / name).exists()]
