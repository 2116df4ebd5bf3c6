"""`mastery init`."""

from pathlib import Path

from click.testing import CliRunner

from ledger.cli import main
from tests.cli.support import Terminal


def test_a_ledger_is_made(tmp_path: Path) -> None:
    """`init` makes the file of a ledger, and says how it calls itself where no name is given."""
    terminal = Terminal(tmp_path / "home")
    said = terminal.ok("init", "us-tx", "--kind", "state", "--zone", "America/Chicago")

    with terminal.open() as ledger:
        opened = ledger.opened
    file = tmp_path / "home" / "ledgers" / "us-tx.db"
    assert (
        f"Made the ledger of us-tx (state, America/Chicago): {file}\n"
        f"It calls itself {opened.ledger}, a name that is not registered; --name gives it a real one.\n"
    ) == said
    assert ("us-tx", "state", "America/Chicago") == (opened.jurisdiction, opened.kind, opened.zone)


def test_a_ledger_is_made_in_json(tmp_path: Path) -> None:
    """`init --json` prints how the ledger was opened."""
    terminal = Terminal(tmp_path)
    terminal.ok("init", "us-tx", "--kind", "state", "--zone", "America/Chicago", "--name", "ledger.test/tx")
    options = ("--parent", "us-tx", "--upstream", "us-tx", "--name", "ledger.test/pine")
    found = terminal.json("init", "us-tx/pine", "--kind", "district", "--zone", "America/Chicago", *options)

    assert {
        "ledger": "ledger.test/pine",
        "jurisdiction": "us-tx/pine",
        "kind": "district",
        "zone": "America/Chicago",
        "parent": "us-tx",
        "upstream": "us-tx",
    } == found


def test_the_folder_may_be_named_by_the_environment(tmp_path: Path) -> None:
    """`MASTERY_HOME` names the folder and `MASTERY_LEDGER` the ledger where the options do not."""
    terminal = Terminal(tmp_path)
    for name in ("us-tx", "us-ny"):
        terminal.ok("init", name, "--kind", "state", "--zone", "UTC")
    environment = {"MASTERY_HOME": str(tmp_path), "MASTERY_LEDGER": "us-ny"}
    result = CliRunner().invoke(main, ["events"], env=environment)

    assert 0 == result.exit_code
    assert "of us-ny (state) began" in result.stdout
