"""Bringing in frameworks and scales: a CASE package, a plain CSV, a scale in TOML."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from ledger.application.editions import Brought, bring_edition
from ledger.application.governing import define_scale
from ledger.application.ledger import Ledger
from ledger.domain.competencies import PREREQUISITE, Edition
from ledger.domain.framework import Level, ScaleDefined
from ledger.domain.framework_changes import Difference
from ledger.errors import Fault, InputFaults, UsageError
from ledger.interchange.case import read_package
from ledger.interchange.framework_csv import read_framework_csv
from ledger.interchange.frameworks import Converted
from ledger.interchange.scale_toml import read_scale
from ledger.storage.envelope import Author


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


def import_framework_file(
    ledger: Ledger, author: Author, data: bytes, file: str, *, name: str | None = None, title: str | None = None
) -> FrameworkBrought:
    """Bring in a framework; `name` and `title` are those of a plain CSV. Raises `InputFaults` with every fault."""
    found = _converted(data, PurePath(file), name, title)
    if not isinstance(found, Converted):
        raise InputFaults(found)
    return _framework_brought(file, found, bring_edition(ledger, author, found.edition, data))


def import_scale_file(ledger: Ledger, author: Author, data: bytes, file: str) -> ScaleBrought:
    """Bring in a scale; raise `InputFaults` with every fault."""
    found = read_scale(data, file)
    if not isinstance(found, ScaleDefined):
        raise InputFaults(found)
    done = define_scale(ledger, author, found)
    position = done.last if done else None
    return ScaleBrought(file, found.scale, found.title, found.digest, done is None, position, found.levels)


def _converted(data: bytes, file: PurePath, name: str | None, title: str | None) -> Converted | tuple[Fault, ...]:
    if not _is_case(data, file):
        identity = name or file.stem
        return read_framework_csv(data, file.name, identity, title or identity)
    if name or title:
        raise UsageError("a CASE package names itself; leave --name and --title out")
    return read_package(data, file.name)


def _is_case(data: bytes, file: PurePath) -> bool:
    if file.suffix.lower() in (".json", ".csv"):
        return file.suffix.lower() == ".json"
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _framework_brought(file: str, found: Converted, brought: Brought) -> FrameworkBrought:
    edition = found.edition
    return FrameworkBrought(
        file=file,
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
