"""A page walked through as a reader would: its files written, its commands typed, what they print looked for."""

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from ledger.cli import main

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STATUS = re.compile(r"\(exit status (\d)\)")


class Step(NamedTuple):
    """A file to write, or a command with what the page shows of its answer and of its exit status."""

    file: str
    text: str
    shown: tuple[str, ...] = ()
    status: int = 0


def steps(page: str) -> Iterator[Step]:
    """Yield the files and commands of a page, in order; a file stands in a block that names it after its language."""
    for language, file, body in BLOCK.findall(page):
        if file:
            yield Step(file, body)
        elif language == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, *shown = part.splitlines()
                said = [STATUS.fullmatch(line) for line in shown]
                status = next((int(found[1]) for found in said if found), 0)
                yield Step("", command, tuple(line for line in shown if not STATUS.fullmatch(line)), status)


def lacking(shown: tuple[str, ...], output: str) -> list[str]:
    """Return the lines that the output does not hold, or not in this order; parts of lines will do."""
    place, found = 0, []
    for line in shown:
        at = output.find(line.strip(), place)
        if at < 0:
            found.append(line)
        else:
            place = at + len(line.strip())
    return found


def take(step: Step) -> str:
    """Take a step in the current folder; return what is wrong with it, nothing where all is well."""
    if step.file:
        Path(step.file).write_text(step.text, encoding="utf-8")
        return ""
    for name in [name for name in sys.modules if name.startswith("ledger_policies_")]:
        del sys.modules[name]  # a command of its own begins anew
    program, *words = shlex.split(step.text)
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    missing = lacking(step.shown, result.stdout)
    if program == "mastery" and result.exit_code == step.status and not missing:
        return ""
    return f"{step.text}: exit status {result.exit_code}, not shown {missing}, output {result.output}"
