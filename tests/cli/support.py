"""A terminal to type into, and a small school to type about."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from ledger.application import Ledger, open_ledger
from ledger.cli import main

COMMAND = Path(sys.executable).with_name("mastery")
"""The installed command."""

FRAMEWORK = """\
id,code,statement,parent,kind,prerequisites
m,M,Mathematics,,Domain,
m1,M.1,Adds whole numbers,m,Standard,
m2,M.2,Subtracts whole numbers,m,Standard,m1
"""
SCALE = """\
id = "four-levels"
title = "Four levels"
level = [
    {label = "Beginning", value = 1},
    {label = "Developing", value = 2},
    {label = "Proficient", value = 3},
    {label = "Advanced", value = 4},
]
"""
EVIDENCE = """\
learner,competency,level,kind,purpose,task,occurred
S-1,M.1,Proficient,task,summative,Shopping list,2026-03-01
S-1,M.1,3,performance,summative,Market stall,2026-03-02
S-2,M.1,2,task,summative,Shopping list,2026-03-01
"""
DISTRICT = "us-tx/pine-valley"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Types commands about one folder."""

    home: Path

    def run(self, *words: object) -> Result:
        """Type a command; what it raises unforeseen is raised here."""
        return CliRunner().invoke(main, ["--home", str(self.home), *map(str, words)], catch_exceptions=False)

    def ok(self, *words: object) -> str:
        """Type a command that succeeds without a word of warning; return what it prints."""
        result = self.run(*words)
        assert (0, "") == (result.exit_code, result.stderr), result.output
        return result.stdout

    def json(self, *words: object) -> Any:
        """Type a command with --json; return what it prints."""
        return json.loads(self.ok(*words, "--json"))

    def refused(self, *words: object) -> str:
        """Type a command that is refused and changes nothing; return what it says, without the last line's end."""
        before = self.positions()
        result = self.run(*words)
        assert (2, "", before) == (result.exit_code, result.stdout, self.positions()), result.output
        return result.stderr.removesuffix("\n")

    def open(self) -> Ledger:
        """Open the only ledger there is."""
        return open_ledger(self.home)

    def positions(self) -> dict[str, int]:
        """Return the last position of every ledger in the folder."""
        found = {}
        for file in sorted(self.home.glob("ledgers/*.db")):
            jurisdiction = file.stem.replace("~", "/")
            with open_ledger(self.home, jurisdiction) as ledger:
                found[jurisdiction] = ledger.log.recorder.max_notification_id()
        return found

    def learner(self, name: str) -> str:
        """Return the UUID of a learner."""
        with self.open() as ledger:
            return ledger.vault.learner_id(name)


def written(folder: Path, name: str, content: str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def adopt(terminal: Terminal, policy: str, *more: str) -> str:
    """Adopt a policy from the beginning of 2020; one that reads levels with the scale there is."""
    if policy in ("competency-based/mastery", "competency-based/readiness"):
        more = ("--scale", "Four levels", *more)
    return terminal.ok(
        *("adopt", policy, "--jurisdiction", DISTRICT, "--from", "2020-01-01"),
        *("--authority", "Board of trustees", "--minute", "7", "--reason", "For the test", *more),
    )


def change_mastery(terminal: Terminal, *more: str) -> None:
    """Change the rule of mastery from today on, by two people."""
    with terminal.open() as ledger:
        today = ledger.today().isoformat()
    words = ("--from", today, "--authority", "Board of trustees", "--reason", "For the test", *more)
    terminal.ok("--as", "m.ortiz", "changes", "propose", "competency-based/mastery", *words)
    for who, step in (("m.ortiz", "preview"), ("m.ortiz", "submit"), ("j.lee", "approve"), ("j.lee", "schedule")):
        terminal.ok("--as", who, "changes", step, "1")
    terminal.ok("--as", "j.lee", "changes", "activate", "1")


def found_school(folder: Path) -> Terminal:
    """Make a district with a framework, a scale, mastery and course credit adopted, by typing."""
    terminal = Terminal(folder / "home")
    terminal.ok("init", DISTRICT, "--kind", "district", "--zone", "America/Chicago", "--name", "ledger.test/pine")
    terminal.ok("import", "framework", written(folder, "mathematics.csv", FRAMEWORK), "--name", "mathematics")
    terminal.ok("import", "scale", written(folder, "scale.toml", SCALE))
    adopt(terminal, "competency-based/mastery")
    adopt(terminal, "competency-based/course")
    board = ("--authority", "Department")
    terminal.ok("designate", "M.1", "M.2", "--course", "ALG", "--from", "2020-01-01", *board)
    return terminal
