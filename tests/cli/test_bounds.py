"""`mastery bounds` and what `mastery upstream pull` says of rules outside a bound."""

from pathlib import Path

import pytest

from tests.cli.support import DISTRICT, FRAMEWORK, SCALE, Terminal, written

STATE = ("--ledger", "us-tx")
HERE = ("--ledger", DISTRICT)
BOARD = ("--authority", "State board of education", "--reason", "Everywhere alike")
MASTERY = "competency-based/mastery"
EDITION = f"{MASTERY}@2000-01-01"


@pytest.fixture
def two(tmp_path: Path) -> Terminal:
    """A state with a framework and a scale, and a district that decides mastery by one kind of task."""
    terminal = Terminal(tmp_path / "home")
    terminal.ok("init", "us-tx", "--kind", "state", "--zone", "America/Chicago")
    above = ("--parent", "us-tx", "--upstream", "us-tx")
    terminal.ok("init", DISTRICT, "--kind", "district", "--zone", "America/Chicago", *above)
    terminal.ok(*STATE, "import", "framework", written(tmp_path, "mathematics.csv", FRAMEWORK), "--name", "mathematics")
    terminal.ok(*STATE, "import", "scale", written(tmp_path, "scale.toml", SCALE))
    terminal.ok(*HERE, "upstream", "pull")
    rule = (MASTERY, "--jurisdiction", DISTRICT, "--from", "2020-01-01", "--param", "kinds=1", "--scale", "four-levels")
    terminal.ok(*HERE, "adopt", *rule, "--authority", "Board of trustees", "--reason", "One is enough")
    return terminal


def bound(two: Terminal, side: str) -> str:
    """Set a bound in the state from September 2026 on."""
    return two.ok(*STATE, "bounds", "set", MASTERY, "--side", side, "--from", "2026-09-01", *BOARD)


def test_a_bound_is_set_handed_on_and_listed(two: Terminal) -> None:
    """`set` says what it is; after a pull the district lists it as received."""
    said = bound(two, "both")
    pulled = two.ok(*HERE, "upstream", "pull").splitlines()
    listed = two.ok(*HERE, "bounds", "list").splitlines()

    assert said.startswith(
        f"{EDITION} is a floor and a guarantee for whoever is below us-tx, from 2026-09-01 (position"
    )
    assert f"{DISTRICT} received 3 events from us-tx." == pulled[0]
    assert [True, True] == ["(received)" in line and "State board of education" in line for line in listed[1:3]]
    assert "2 bounds." == listed[-1]


def test_who_is_outside_is_told_before_and_after_it_is_received(two: Terminal) -> None:
    """The state sees it at once for every ledger below; the district is told when it receives the bound."""
    within = two.ok("bounds", "outside")
    bound(two, "floor")
    above = two.ok(*STATE, "bounds", "outside").splitlines()
    pulled = two.ok(*HERE, "upstream", "pull").splitlines()
    here = two.json(*HERE, "bounds", "outside")

    assert "0 rules outside the bounds above, in 2 ledgers.\n" == within
    assert above[0].startswith(f"{DISTRICT}, MASTERY: {EDITION} (position")
    assert above[0].endswith("from 2026-09-01:")
    assert above[1].startswith("  refused: a learner with 1 different kind of task")
    assert "1 rule outside the bounds above, in 2 ledgers." == above[2]
    assert above[:2] == pulled[1:3]
    assert [(DISTRICT, "floor of us-tx", "2026-09-01", True)] == [
        (one["jurisdiction"], one["bound"], one["since"], one["proved"]) for one in here["rules"]
    ]


def test_a_bound_is_ended(two: Terminal) -> None:
    """`end` names the last day; a second end is no sooner and refused."""
    bound(two, "floor")
    position = two.json(*STATE, "bounds", "list")["bounds"][0]["position"]
    end = (*STATE, "bounds", "end", position, "--last-day", "2027-07-31", *BOARD)

    assert two.ok(*end).startswith(f"The bound at position {position} holds until 2027-07-31 (position")
    assert f"the bound at position {position} holds until 2027-07-31 already" == two.refused(*end)


def test_an_unknown_ledger_has_no_rules_outside(two: Terminal) -> None:
    """Its name is refused, as by every command."""
    assert "us-ca" in two.refused("--ledger", "us-ca", "bounds", "outside")
