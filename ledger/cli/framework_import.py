"""`mastery import framework` and `mastery import scale`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show
from ledger.cli.session import Session, pass_session
from ledger.importing.frameworks import FrameworkBrought, ScaleBrought, import_framework_file, import_scale_file

MOST_NAMES = 10
"""Competencies that are named of each kind of change."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--name", type=text, help="What tells a plain CSV's framework from others; its file name at first.")
@click.option("--title", type=text, help="The title of a plain CSV's framework; its name where not given.")
@prints(FrameworkBrought)
@pass_session
def framework(session: Session, file: Path, name: str | None, title: str | None, as_json: bool) -> None:
    """Bring in a framework: a CASE package (JSON) or a plain CSV.

    Example: mastery import framework mathematics.csv --name pine-valley/mathematics --title Mathematics
    """
    with session.open() as ledger:
        author = session.author(ledger)
        brought = import_framework_file(ledger, author, file.read_bytes(), file.name, name=name, title=title)
    show(brought, as_json, _framework_lines)


def _framework_lines(answer: FrameworkBrought) -> Iterator[str]:
    size = f"{counted(answer.competencies, 'competency', 'competencies')}, "
    size += counted(answer.prerequisites, "prerequisite")
    if answer.held:
        yield f"{answer.title}: held already, nothing to do ({size})."
    elif answer.new:
        yield f"{answer.title}: new, {size} (position {answer.position})."
        yield f"  framework {answer.framework}"
    else:
        yield f"{answer.title}: a new edition, {size} (position {answer.position})."
        yield from _change_lines(answer)
    for title in answer.scales:
        yield f"  a scale came with it: {title}"
    if answer.warnings:
        yield f"{counted(len(answer.warnings), 'remark')}; the file is taken as it is:"
        yield from (f"  {warning}" for warning in answer.warnings)


def _change_lines(answer: FrameworkBrought) -> Iterator[str]:
    changes = answer.changes
    for word in ("added", "removed", "reworded", "recoded", "retired", "reinstated", "re_parented", "reordered"):
        yield from _named(word.replace("_", "-"), list(getattr(changes, word)), answer.names)
    for word, pairs in (
        ("new prerequisites", changes.new_prerequisites),
        ("dropped prerequisites", changes.dropped_prerequisites),
        ("replaced", changes.replaced),
    ):
        sign = "by" if word == "replaced" else "after"
        said = [f"{answer.names.get(one, one)} {sign} {answer.names.get(other, other)}" for one, other in pairs]
        yield from _named(word, said, {})
    yield from _named("other details of", list(changes.details), answer.names)
    if changes.links:
        yield f"  other links: {changes.links}"
    if changes.framework:
        yield f"  of the framework itself: {', '.join(changes.framework)}"


def _named(word: str, found: list[str], names: Mapping[str, str]) -> Iterator[str]:
    if found:
        said = ", ".join(names.get(one, one) for one in found[:MOST_NAMES])
        rest = f", and {len(found) - MOST_NAMES} more" if len(found) > MOST_NAMES else ""
        yield f"  {word}: {len(found)} ({said}{rest})"


@click.command()
@click.argument("file", type=FILE)
@prints(ScaleBrought)
@pass_session
def scale(session: Session, file: Path, as_json: bool) -> None:
    """Bring in a scale of levels, with bands where scores may be read as levels.

    Example: mastery import scale four-levels.toml
    """
    with session.open() as ledger:
        answer = import_scale_file(ledger, session.author(ledger), file.read_bytes(), file.name)

    def lines(found: ScaleBrought) -> Iterator[str]:
        levels = ", ".join(f"{level.label} ({level.value})" for level in found.levels)
        state = "held already, nothing to do" if found.held else f"brought in (position {found.position})"
        yield f"{found.title}: {state}; levels: {levels}."

    show(answer, as_json, lines)
