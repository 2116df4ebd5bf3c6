"""The files of a demonstration, as a state and its districts would hand them over."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from ledger.demonstration.content import ALGEBRA, BANDS, COURSE, DISTRICTS, FRAMEWORKS, LEVELS, SCALE
from ledger.demonstration.pathway import ALIGNED, ALIGNED_SINCE, ALIGNMENT_FILE, PATHWAY
from ledger.demonstration.records import District, Framework, Row, World

FOLDER = "demo-files"
SCALE_FILE = f"{SCALE}.scale.toml"
SCALE_TITLE = "Four levels and a half step below the target"
BANDS_SINCE = "2010-08-01"
"""The first day of the bands; before the oldest score there is."""

ROSTER = ("learner", "organisation", "grade", "course", "section", "session", "from", "until")
"""The columns of a roster."""


def framework_file(framework: Framework) -> str:
    """Name the file of a framework."""
    return f"{framework.name}.csv"


def evidence_file(district: District) -> str:
    """Name the file of a district's evidence."""
    return f"{district.jurisdiction.rpartition('/')[2]}.evidence.csv"


def roster_file(district: District) -> str:
    """Name the file of a district's roster."""
    return f"{district.jurisdiction.rpartition('/')[2]}.roster.csv"


def texts(world: World) -> Mapping[str, str]:
    """Return the text of every file by its name; the same world gives the same texts."""
    found = governing_texts() | {framework_file(PATHWAY): framework_text(PATHWAY)}
    found[ALIGNMENT_FILE] = csv_text(("state", "local", "relation", "from"), ((*row, ALIGNED_SINCE) for row in ALIGNED))
    found |= {evidence_file(district): evidence_text(world.rows[district.jurisdiction]) for district in DISTRICTS}
    found |= {roster_file(district): _roster(world, district) for district in DISTRICTS}
    return found


def governing_texts() -> dict[str, str]:
    """Return the text of every file of the state: its frameworks and its scale."""
    own = ((label, value, percent) for (label, value), (_, percent) in zip(LEVELS, BANDS, strict=True))
    return {framework_file(one): framework_text(one) for one in FRAMEWORKS} | {
        SCALE_FILE: scale_text(SCALE, SCALE_TITLE, own)
    }


def write(found: Mapping[str, str], home: Path) -> Path:
    """Write files into a folder of the home, and return the folder."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in found.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def framework_text(framework: Framework) -> str:
    """Write a framework as CSV."""
    domains = dict.fromkeys(standard.domain for standard in framework.standards)
    rows = [(domain.lower(), "", domain, "", "Domain", "") for domain in domains]
    rows += [
        (
            standard.code.lower(),
            standard.code,
            standard.statement,
            standard.domain.lower(),
            "Standard",
            ";".join(code.lower() for code in standard.before),
        )
        for standard in framework.standards
    ]
    return csv_text(("id", "code", "statement", "parent", "kind", "prerequisites"), rows)


def _roster(world: World, district: District) -> str:
    """Enrol each learner in a school and a grade, and who takes it in the high-school course, for the year."""
    year, rows = world.plan.year, []
    first_day, last_day = year.first_day.isoformat(), year.last_day.isoformat()
    session = f"{year.first_day.year}-{year.last_day.year}"
    for one in world.learners:
        if one.district is district:
            rows.append((one.id, one.school, one.grade, "", "", "", first_day, ""))
            if one.track == ALGEBRA and one.grade:
                rows.append((one.id, one.school, "", COURSE, str(one.section), session, first_day, last_day))
    return csv_text(ROSTER, rows)


def scale_text(scale: str, title: str, levels: Iterable[tuple[str, str, str]]) -> str:
    """Write a scale as TOML: each level with its value, and from which percent of a score it is reached."""
    lines, bands = ["# Invented for the demonstration.", f'id = "{scale}"', f'title = "{title}"'], []
    for label, value, percent in levels:
        lines += ["", "[[level]]", f'label = "{label}"', f'value = "{value}"']
        bands += ["", "[[band]]", f'level = "{label}"', f"at_least = {percent}", f"first_day = {BANDS_SINCE}"]
        bands.append('cites = "Minute 14 of the demonstration board (invented)"')
    return "\n".join((*lines, *bands)) + "\n"


def evidence_text(rows: Iterable[Row]) -> str:
    """Write rows as a file of evidence."""
    columns = [field.name for field in fields(Row)]
    return csv_text(columns, map(attrgetter(*columns), rows))


def csv_text(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
