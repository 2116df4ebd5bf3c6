"""docs/commands.md describes the commands as they are."""

from pathlib import Path

from ledger.cli.reference import PAGE, commands, reference
from ledger.cli.root import main
from ledger.cli.shapes import shapes_in

ROOT = Path(__file__).parents[2]


def test_the_page_of_commands_is_current() -> None:
    """The page is what `python -m ledger.cli.reference` writes."""
    assert reference() == (ROOT / PAGE).read_text(encoding="utf-8"), "run: python -m ledger.cli.reference"


def test_every_printed_shape_has_a_name_of_its_own() -> None:
    """No two answers share a name, so that a link leads to the right one."""
    printed = [getattr(command.callback, "printed_shape", None) for _, command in commands(main, ("mastery",))]
    names = [shape.__name__ for shape in shapes_in(printed)]

    assert sorted(set(names)) == sorted(names)
    assert len(names) > 20
