"""The files of a demonstration, as a state and its districts would hand them over."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from ledger.demonstration.content import BANDS, DISTRICTS, FRAMEWORKS, LEVELS, SCALE
from ledger.demonstration.records import District, Framework, Row, World

FOLDER = "demo-files"
SCALE_FILE = f"{SCALE}.scale.toml"
SCALE_TITLE = "Four levels and a half step below the target"
BANDS_SINCE = "2010-08-01"
"""The first day of the bands; before the oldest score there is."""


def framework_file(framework: Framework) -> str:
    """Name the file of a framework."""
    return f"{framework.name}.csv"


def evidence_file(district: District) -> str:
    """Name the file of a district's evidence."""
    return f"{district.jurisdiction.rpartition('/')[2]}.evidence.csv"


def texts(world: World) -> Mapping[str, str]:
    """Return the text of every file by its name; the same world gives the same texts."""
    found = {framework_file(framework): _framework(framework) for framework in FRAMEWORKS}
    found[SCALE_FILE] = _scale()
    found |= {evidence_file(district): _evidence(world.rows[district.jurisdiction]) for district in DISTRICTS}
    return found


def write(world: World, home: Path) -> Path:
    """Write every file into a folder of the home, and return the folder."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts(world).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def _framework(framework: Framework) -> str:
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
    return _csv(("id", "code", "statement", "parent", "kind", "prerequisites"), rows)


def _scale() -> str:
    lines = ["# Invented for the demonstration.", f'id = "{SCALE}"', f'title = "{SCALE_TITLE}"']
    for label, value in LEVELS:
        lines += ["", "[[level]]", f'label = "{label}"', f'value = "{value}"']
    for label, percent in BANDS:
        lines += ["", "[[band]]", f'level = "{label}"', f"at_least = {percent}", f"first_day = {BANDS_SINCE}"]
        lines.append('cites = "Minute 14 of the demonstration board (invented)"')
    return "\n".join(lines) + "\n"


def _evidence(rows: Iterable[Row]) -> str:
    columns = [field.name for field in fields(Row)]
    return _csv(columns, map(attrgetter(*columns), rows))


def _csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
