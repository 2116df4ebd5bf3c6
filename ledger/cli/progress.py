"""Progress on standard error: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import click

Progress = Callable[[str, int, int], None]
"""Told the stage, how much is done, and how much there is, 0 where that is not known."""

SECONDS = 5.0
"""Between two plain lines."""


@contextmanager
def progress(stages: Mapping[str, str]) -> Iterator[Progress]:
    """Give what is to be told of progress; `stages` maps each stage to what is done in it."""
    if sys.stderr.isatty():
        with _bars(stages) as told:
            yield told
    else:
        yield _Lines(stages).tell


@contextmanager
def _bars(stages: Mapping[str, str]) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        known: dict[str, object] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in known:
                known[stage] = bars.add_task(stages.get(stage, stage), total=total or None)
            bars.update(known[stage], completed=done, total=total or None)  # type: ignore[arg-type]

        yield tell


class _Lines:
    """Writes a line now and then."""

    def __init__(self, stages: Mapping[str, str]) -> None:
        self._stages = stages
        self._written = time.monotonic()

    def tell(self, stage: str, done: int, total: int) -> None:
        if time.monotonic() - self._written >= SECONDS:
            self._written = time.monotonic()
            click.echo(f"{self._stages.get(stage, stage)}: {done:,}{f' of {total:,}' if total else ''}", err=True)
