"""Run benchmarks and print one table: `python -m benchmarks [NAME ...] [--rounds N] [--quick] [--json FILE]`.

The exit status is 1 where two sides that are compared did not do the same work; a missed target is told
in the table only.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import (
    append,
    commands,
    evidence_over_http,
    fold,
    imports,
    million,
    pages,
    policies,
    posting,
    printing,
    proofs,
    replay,
    replays,
    simulation,
    verify,
)
from benchmarks.measuring import Report, Setting

BENCHMARKS: Mapping[str, Callable[[Setting], Report]] = {
    "append": append.run,
    "commands": commands.run,
    "replay": replay.run,
    "fold": fold.run,
    "imports": imports.run,
    "policies": policies.run,
    "simulation": simulation.run,
    "million": million.run,
    "verify": verify.run,
    "proofs": proofs.run,
    "replays": replays.run,
    "posting": posting.run,
    "http": evidence_over_http.run,
    "pages": pages.run,
}
BY_NAME_ONLY = frozenset({"http", "million", "pages", "posting", "proofs", "replays", "verify"})


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; return the exit status."""
    asked = _parser().parse_args(arguments)
    names = asked.names or [name for name in BENCHMARKS if name not in BY_NAME_ONLY]
    reports = [_run(name, asked) for name in names]
    print(printing.table(reports))
    for note in (note for report in reports for note in report.notes):
        print(f"- {note}")
    print("- " + ", ".join(f"{name} {value}" for name, value in printing.machine().items()))
    if asked.json:
        asked.json.write_text(json.dumps(printing.data(reports), indent=1) + "\n")
    unequal = [check.what for report in reports for check in report.checks if not check.same]
    for what in unequal:
        print(f"NOT THE SAME WORK: {what}", file=sys.stderr)
    return 1 if unequal else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios measured in one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of {', '.join(BENCHMARKS)}")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of which the median is taken (7)")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: shows that it works, measures nothing")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every round as JSON")
    parser.add_argument("--dir", type=Path, default=Path(), help="a folder on the disk to be measured (here)")
    return parser


def _run(name: str, asked: argparse.Namespace) -> Report:
    if name not in BENCHMARKS:
        raise SystemExit(f"there is no benchmark {name!r}; there are {', '.join(BENCHMARKS)}")
    print(f"{name} ...", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=asked.dir) as directory:
        return BENCHMARKS[name](Setting(Path(directory), asked.rounds, asked.quick))


if __name__ == "__main__":
    sys.exit(main())
