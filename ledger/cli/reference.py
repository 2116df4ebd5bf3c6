"""docs/commands.md, written from the commands themselves: `python -m ledger.cli.reference`."""

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from ledger.cli.printing import SHAPE
from ledger.cli.root import main
from ledger.cli.shapes import keys_of, shapes_in

PAGE = Path("docs/commands.md")

INTRODUCTION = """# Commands

Every command of `mastery`, written by `python -m ledger.cli.reference` from the code, and held against it by the tests.

Exit status: 0, done; 1, done or looked at, and there are findings (refused rows, a decision that does not replay as
identical, read models that differed, a failing case, a damaged ledger); 2, not done, with the reason on standard error;
130, an import that somebody stopped. `MASTERY_DEBUG=1` shows where an error was raised.

`--json` prints the same as the text; its keys are in [Answers as JSON](#answers-as-json). Days are text such as
`2026-05-30`, instants are UTC, exact numbers that are not whole are text. Progress goes to standard error.

Learners are named by display name and UUID; a name is shown only where the vault holds one.
"""


def reference() -> str:
    """Write the page."""
    found = dict(commands(main, ("mastery",)))
    shapes = shapes_in(_shape(command) for command in found.values())
    parts = [INTRODUCTION]
    parts += [_section(path, command) for path, command in found.items()]
    parts.append("# Answers as JSON\n\nWhat each `--json` prints, and the parts it is made of.\n")
    parts += [f"### {shape.__name__}\n\n{inspect.getdoc(shape)}\n\n{_keys(shape)}\n" for shape in shapes]
    return "\n".join(parts)


def commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield a command and every command below it, each with its path."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path[-1])
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from commands(below, (*path, name))


def _section(path: tuple[str, ...], command: click.Command) -> str:
    context = click.Context(command, info_name=" ".join(path))
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    lines = [f"## {' '.join(path)}", "", "```", usage, "```", "", _help(command)]
    if options := list(_options(command, context)):
        lines += ["", *_table(("option", "what it does"), options)]
    if (shape := _shape(command)) is not None:
        said = shape if isinstance(shape, str) else f"[{shape.__name__}](#{shape.__name__.lower()})"
        lines += ["", f"With `--json`: {said}."]
    return "\n".join(lines) + "\n"


def _help(command: click.Command) -> str:
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(_paragraph(" ".join(one.split())) for one in paragraphs)


def _paragraph(text: str) -> str:
    heading, colon, example = text.partition(": mastery ")
    return f"{heading}:\n\n    mastery {example}" if colon else text


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1] and not {"--help", "--json"}.intersection(parameter.opts):
            yield f"`{record[0]}`", record[1]


def _shape(command: click.Command) -> Any:
    return getattr(command.callback, SHAPE, None)


def _keys(shape: type[Any]) -> str:
    return "\n".join(_table(("key", "holds"), [(f"`{name}`", said) for name, said in keys_of(shape).items()]))


def _table(headings: tuple[str, str], rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield "|---|---|"
    for left, right in rows:
        yield f"| {left.replace('|', chr(92) + '|')} | {right.replace('|', chr(92) + '|')} |"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
