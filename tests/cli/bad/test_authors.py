"""What authors get wrong at the command line, with the exact message."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.support import Terminal

NOTHING = "is no plugin: name a folder with a pyproject.toml or an __init__.py in it, or a file that ends in .py"
PROJECT = '[project.entry-points."ledger.policies"]\n'


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Return a terminal in an empty folder; what is imported from it is forgotten."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield Terminal(tmp_path / "nowhere")
    for name in [name for name in sys.modules if name.startswith("drafted")]:
        del sys.modules[name]


@pytest.mark.parametrize(
    "name", ["us-xx", "Us-xx/rule", "us-xx/", "us-xx/a_rule", "us-xx/rule/", "../rule", "us-xx/2nd"]
)
def test_an_id_has_a_form(terminal: Terminal, name: str) -> None:
    """An id that no catalogue would find again is refused before anything is written."""
    assert (
        f"{name!r} is not the id of a policy: write the jurisdiction, a slash and the name of the rule in small "
        "letters, digits and hyphens, such as us-xx/credit-by-portfolio."
    ) == terminal.refused("policies", "new", name)
    assert [] == list(Path().iterdir())


def test_nothing_is_overwritten(terminal: Terminal) -> None:
    """Where one file exists, none is written."""
    law = Path("ledger-policies-us-zz/ledger_policies_us_zz/law.md")
    law.parent.mkdir(parents=True)
    law.write_text("mine")

    assert (
        f"{law} exists already; nothing was written. Name another folder with --into; a further rule of a package "
        "there is can be moved into it from that folder, and is then handed over by its ledger_policies."
    ) == terminal.refused("policies", "new", "us-zz/rule")
    assert ["mine"] == [path.read_text() for path in Path().rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("files", "plugin", "message"),
    [
        ({}, "./nowhere", f"./nowhere: cannot be imported: ./nowhere {NOTHING}"),
        ({"drafted/law.md": ""}, "./drafted", f"./drafted: cannot be imported: ./drafted {NOTHING}"),
        (
            {"drafted/pyproject.toml": "[project]\n"},
            "./drafted",
            f"./drafted: cannot be imported: drafted/pyproject.toml names 0 plugins in {PROJECT.strip()}, not one",
        ),
        (
            {"drafted/pyproject.toml": f'{PROJECT}a = "a"\nb = "b"\n'},
            "./drafted",
            f"./drafted: cannot be imported: drafted/pyproject.toml names 2 plugins in {PROJECT.strip()}, not one",
        ),
        (
            {"drafted.py": "1 / 0\n"},
            "drafted.py",
            "drafted.py: cannot be imported: ZeroDivisionError: division by zero (drafted.py, line 1)",
        ),
    ],
    ids=["nothing there", "no package", "no plugin", "two plugins", "a file that raises"],
)
def test_a_draft_that_is_none_is_told(terminal: Terminal, files: dict[str, str], plugin: str, message: str) -> None:
    """A path that leads to no plugin is told with what is looked for there."""
    for name, text in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text)

    assert message == terminal.refused("policies", "list", "--plugin", plugin)


def test_another_package_of_the_name_is_told(terminal: Terminal) -> None:
    """Two folders with a package of one name cannot both be drafts."""
    for folder in ("one", "two"):
        Path(folder, "drafted").mkdir(parents=True)
        Path(folder, "drafted", "__init__.py").touch()
    told = terminal.refused("policies", "list", "--plugin", "./one/drafted", "--plugin", "./two/drafted")

    assert (
        f"./two/drafted: cannot be imported: drafted is imported from {Path('one/drafted/__init__.py').resolve()} "
        "already: two packages of this name are in each other's way."
    ) == told


def test_a_case_that_is_not_there_is_told(terminal: Terminal) -> None:
    """The nearest name is offered."""
    assert "there is no case '79 percent on an aproved test' (did you mean '79 percent on an approved test'?)." == (
        terminal.refused("policies", "explain", "79 percent on an aproved test")
    )


def test_a_name_that_several_cases_have_is_told(terminal: Terminal) -> None:
    """A part of a name that several have is not enough; they are listed with their policies."""
    many = terminal.refused("policies", "explain", "prerequisite")

    assert many.startswith(
        "several cases are meant by 'prerequisite': 'a prerequisite that is not mastered' of competency-"
    )
    assert many.endswith("Give the whole name, or --policy.")
