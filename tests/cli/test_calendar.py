"""`mastery tick` and `mastery upstream`."""

from pathlib import Path

from tests.cli.support import FRAMEWORK, Terminal, written


def test_the_calendar_moves(class_: Terminal) -> None:
    """A tick says how many decisions it brought; the same day again brings none and no event."""
    first = class_.ok("tick", "--through", "2026-05-30")
    positions = class_.positions()

    assert "Gone through to 2026-05-30: 0 new decisions.\n" == first
    assert {"through": "2026-05-30", "decisions": 0} == class_.json("tick", "--through", "2026-05-30")
    assert positions == class_.positions()


def test_a_district_receives_from_the_state(tmp_path: Path) -> None:
    """`upstream pull` brings what binds from the ledger above, once."""
    terminal = Terminal(tmp_path / "home")
    terminal.ok("init", "us-tx", "--kind", "state", "--zone", "America/Chicago", "--name", "ledger.test/tx")
    terminal.ok("--ledger", "us-tx", "import", "framework", written(tmp_path, "m.csv", FRAMEWORK))
    district = ("--kind", "district", "--zone", "America/Chicago", "--parent", "us-tx", "--upstream", "us-tx")
    terminal.ok("init", "us-tx/pine", *district)
    pull = ("--ledger", "us-tx/pine", "upstream", "pull")

    assert "us-tx/pine received 2 events from us-tx.\n" == terminal.ok(*pull)
    assert {"ledger": "us-tx/pine", "upstream": "us-tx", "received": 0, "outside": []} == terminal.json(*pull)
    said = terminal.ok("--ledger", "us-tx/pine", "events", "--stream", "ledger")
    assert "framework.imported.1 received from ledger.test/tx, position 2" in said


def test_a_ledger_without_one_above_receives_nothing(school: Terminal) -> None:
    """A ledger made without --upstream says so."""
    assert "us-tx/pine-valley receives from nobody; `mastery init --upstream` names the ledger above" == school.refused(
        "upstream", "pull"
    )
