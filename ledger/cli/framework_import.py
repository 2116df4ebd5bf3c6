"""`mastery import framework` and `mastery import scale`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from ledger.application.editions import Brought, bring_edition
from ledger.application.governing import define_scale
from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show
from ledger.cli.session import Session, pass_session
from ledger.domain.competencies import PREREQUISITE, Edition
from ledger.domain.framework import Level, ScaleDefined
from ledger.domain.framework_changes import Difference
from ledger.errors import Fault, InputFaults, UsageError
from ledger.interchange.case import read_package
from ledger.interchange.framework_csv import read_framework_csv
from ledger.interchange.frameworks import Converted
from ledger.interchange.scale_toml import read_scale

MOST_NAMES = 10
"""Competencies that are named of each kind of change."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class FrameworkBrought:
    """What became of a framework file.

    `new` says that the framework was not known, `held` that this very edition was held already;
    `position` is where it stands in the log, null where held. `changes` compares it with the edition
    held before, by competency ids; `names` gives a name to each id in it. `scales` came with rubrics.
    """

    file: str
    framework: str
    title: str
    edition: str
    new: bool
    held: bool
    position: int | None
    competencies: int
    prerequisites: int
    changes: Difference
    names: Mapping[str, str]
    scales: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScaleBrought:
    """What became of a scale file; `held` says that this very edition was held already."""

    file: str
    scale: str
    title: str
    edition: str
    held: bool
    position: int | None
    levels: tuple[Level, ...]


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
    data = file.read_bytes()
    found = _converted(data, file, name, title)
    if not isinstance(found, Converted):
        raise InputFaults(found)
    with session.open() as ledger:
        brought = bring_edition(ledger, session.author(ledger), found.edition, data)
    show(_framework_brought(file, found, brought), as_json, _framework_lines)


def _converted(data: bytes, file: Path, name: str | None, title: str | None) -> Converted | tuple[Fault, ...]:
    if not _is_case(data, file):
        identity = name or file.stem
        return read_framework_csv(data, file.name, identity, title or identity)
    if name or title:
        raise UsageError("a CASE package names itself; leave --name and --title out")
    return read_package(data, file.name)


def _is_case(data: bytes, file: Path) -> bool:
    if file.suffix.lower() in (".json", ".csv"):
        return file.suffix.lower() == ".json"
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _framework_brought(file: Path, found: Converted, brought: Brought) -> FrameworkBrought:
    edition = found.edition
    return FrameworkBrought(
        file=file.name,
        framework=edition.framework,
        title=edition.title,
        edition=brought.digest,
        new=brought.before is None,
        held=brought.appended is None,
        position=brought.appended.last if brought.appended else None,
        competencies=len(edition.items),
        prerequisites=sum(link.kind == PREREQUISITE for link in edition.links),
        changes=brought.changes,
        names=_names(brought.before, edition) if brought.changes else {},
        scales=tuple(scale.title for scale in brought.scales),
        warnings=tuple(str(warning) for warning in found.warnings),
    )


def _names(before: Edition | None, edition: Edition) -> dict[str, str]:
    held = before.items if before else ()
    return {item.id: item.code or item.local or item.label for item in (*held, *edition.items)}


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
    found = read_scale(file.read_bytes(), file.name)
    if not isinstance(found, ScaleDefined):
        raise InputFaults(found)
    with session.open() as ledger:
        done = define_scale(ledger, session.author(ledger), found)
    position = done.last if done else None
    answer = ScaleBrought(file.name, found.scale, found.title, found.digest, done is None, position, found.levels)

    def lines(_: ScaleBrought) -> Iterator[str]:
        levels = ", ".join(f"{level.label} ({level.value})" for level in found.levels)
        state = "held already, nothing to do" if done is None else f"brought in (position {position})"
        yield f"{found.title}: {state}; levels: {levels}."

    show(answer, as_json, lines)
