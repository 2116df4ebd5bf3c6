"""Help is quick, complete and says how."""

import inspect
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from ledger.cli import main
from ledger.cli.reference import commands
from ledger.cli.root import COMMANDS

ALL = dict(commands(main, ("mastery",)))
LEAVES = {path: command for path, command in ALL.items() if not isinstance(command, click.Group)}


def test_the_table_of_commands_is_true() -> None:
    """Every command is found where the table says, under the name it has there."""
    found = {path[1]: command.name for path, command in ALL.items() if len(path) == 2}

    assert {name: name for name in COMMANDS} == found


def test_help_names_every_command() -> None:
    """The first help lists every command with what it does."""
    result = CliRunner().invoke(main, ["--help"], terminal_width=140)

    assert 0 == result.exit_code
    assert all(f"  {name} " in result.stdout and says in result.stdout for name, (_, says) in COMMANDS.items())


def test_help_imports_nothing_heavy() -> None:
    """Asking for help imports neither a database library, nor cryptography, nor Flask, nor the rule language."""
    program = (
        "import sys; from ledger.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print('HEAVY', sorted({'sqlalchemy', 'eventsourcing', 'cryptography', 'flask', 'waitress',"
        " 'rich', 'msgspec', 'ledger.policy', 'ledger.application'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "HEAVY []" == done.stdout.splitlines()[-1]


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_has_a_sentence_and_an_example(path: tuple[str, ...]) -> None:
    """The help of each command begins with a sentence and ends with a command to type."""
    said = inspect.cleandoc(LEAVES[path].help or "").split("\n\n")

    assert said[0].split("\n")[0]
    assert said[-1].startswith("Example: mastery ")
    assert " ".join(path[1:]) in " ".join(said[-1].split())


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_option_says_what_it_does(path: tuple[str, ...]) -> None:
    """No option of any command is without help, unless its name and default say it all."""
    silent = [
        option.name
        for option in ALL[path].params
        if isinstance(option, click.Option) and not option.help and not option.show_default
    ]

    assert [] == silent


def test_the_version_is_told() -> None:
    """`--version` names the program and its version."""
    result = CliRunner().invoke(main, ["--version"], prog_name="mastery")

    assert "mastery 0.1.0\n" == result.stdout


def test_an_unknown_command_is_refused() -> None:
    """A misspelt command ends with status 2 and names itself."""
    result = CliRunner().invoke(main, ["lerner"])

    assert 2 == result.exit_code
    assert "No such command 'lerner'" in result.stderr
