"""What the tests of this folder share: a small framework, two scales, and every reader by file ending."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from ledger.domain.aligned import Alignment
from ledger.domain.alignment import CompetencyAligned
from ledger.domain.competencies import Edition, edition_digest, outline
from ledger.domain.framework import Level, ScaleDefined
from ledger.domain.scales import scale_defined
from ledger.domain.shapes import Authority
from ledger.errors import Fault
from ledger.interchange.alignment_csv import Sides, read_alignments
from ledger.interchange.case import read_package
from ledger.interchange.evidence_check import StagedEvidence, check_row
from ledger.interchange.evidence_csv import read_rows
from ledger.interchange.evidence_map import EvidenceMap, read_map
from ledger.interchange.framework_csv import read_framework_csv
from ledger.interchange.frameworks import Converted
from ledger.interchange.known_names import KnownNames, known_names
from ledger.interchange.scale_toml import read_scale

TODAY = date(2026, 11, 22)
BOARD = Authority(body="Curriculum board", minute="9")
FRAMEWORK = b"""\
id,code,statement,parent,kind,prerequisites
m,M,Mathematics,,Domain,
m1,M.1,Add,m,Standard,
m2,M.2,Subtract,m,Standard,m1
x,TWICE,Estimate a sum,m,Standard,
y,TWICE,Estimate a product,m,Standard,
"""


def small_framework(data: bytes = FRAMEWORK) -> Edition:
    """Return the framework most tests name competencies of."""
    found = read_framework_csv(data, "small.csv", "small", "Small")
    assert isinstance(found, Converted)
    return found.edition


def scale(name: str, *labels: str) -> ScaleDefined:
    """Return a scale whose levels count from 1."""
    levels = [Level(label=label, value=str(number)) for number, label in enumerate(labels, start=1)]
    return scale_defined(name, name.title(), levels)


def known(*scales: ScaleDefined, edition: Edition | None = None, today: date = TODAY, zone: str = "UTC") -> KnownNames:
    """Return the names of a ledger that holds the small framework and these scales."""
    held = edition or small_framework()
    return known_names([(held, edition_digest(held))], scales, today, zone)


def staged(path: Path, names: KnownNames, found: EvidenceMap | None = None) -> list[StagedEvidence | Fault]:
    """Read a file of evidence and check every row."""
    results: list[StagedEvidence | Fault] = []
    for row in read_rows(path, found, path.parent):
        if isinstance(row, Fault):
            results.append(row)
            continue
        checked = check_row(row, names)
        results.extend([checked] if isinstance(checked, StagedEvidence) else checked)
    return results


def faults_of(path: Path) -> list[Fault]:
    """Read a file with the reader its name asks for; return its faults."""
    kind = path.name.split(".")[-2]
    if kind == "evidence":
        names = known(scale("four", "Low", "Fair", "Good", "High"), scale("two", "No", "Yes"))
        return [found for found in staged(path, names) if isinstance(found, Fault)]
    if kind == "alignment":
        read = read_alignments(path.read_bytes(), path.name, sides())
        return list(read) if isinstance(read, tuple) else []
    found = converted(path.read_bytes(), path.name, kind)
    return list(found) if isinstance(found, tuple) else []


def sides(*more: Alignment) -> Sides:
    """Return what a file of alignments may speak of: the small framework, and a local one aligned to it once."""
    state, local = small_framework(), local_framework()
    digests = {edition_digest(one): one.framework for one in (state, local)}
    names = known_names([(state, edition_digest(state)), (local, edition_digest(local))], (), TODAY)
    return Sides("us-tx/pine-valley", BOARD, names, names, digests, [aligned("L.1", "M.1"), *more])


def local_framework() -> Edition:
    """Return the framework of a district."""
    data = b"id,code,statement\nl1,L.1,Sums\nl2,L.2,Differences\nl3,L.3,Estimates\n"
    found = read_framework_csv(data, "local.csv", "local", "Local")
    assert isinstance(found, Converted)
    return found.edition


def aligned(local: str, state: str, **changes: Any) -> Alignment:
    """Return an alignment of the local framework to the small one, known at position 7."""
    origin, destination = outline(local_framework()), outline(small_framework())
    said = CompetencyAligned(
        jurisdiction="us-tx/pine-valley",
        framework=origin.edition.framework,
        edition=edition_digest(origin.edition),
        competency=origin.by_code[local].id,
        to_framework=destination.edition.framework,
        to_edition=edition_digest(destination.edition),
        to_competency=destination.by_code[state].id,
        relation="exactMatchOf",
        first_day="2026-01-01",
        last_day=None,
        authority=BOARD,
    )
    said = msgspec.structs.replace(said, **changes)
    return Alignment(said, said.last_day, 7, 7, None)


def converted(data: bytes, file: str, kind: str) -> object:
    """Read bytes with the converter for one kind of file; a tuple of faults where they are bad."""
    if kind == "case":
        return read_package(data, file)
    if kind == "framework":
        return read_framework_csv(data, file, "small", "Small")
    return read_scale(data, file) if kind == "scale" else read_map(data, file)


def edition_from(data: bytes | str, file: str = "package.json") -> Converted:
    """Read a CASE package that is good."""
    found = read_package(data.encode() if isinstance(data, str) else data, file)
    assert isinstance(found, Converted), found
    return found
