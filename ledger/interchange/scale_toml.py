"""A scale file: its levels lowest first, and the bands in which a score may be read as a level.

id = "four-levels"
title = "Four levels"

[[level]]
label = "Beginning"
value = 1               # a whole number, or a decimal in quotation marks: "2.5"

[[band]]
level = "Beginning"     # the label of a level
at_least = 0            # percent of the full score
first_day = 2026-08-01
last_day = 2030-07-31   # may be left out
cites = "Board minute 2026-14"
"""

from itertools import combinations

from ledger import values
from ledger.domain.framework import Band, Level, ScaleDefined
from ledger.domain.scales import scale_defined
from ledger.errors import Fault
from ledger.interchange import sentences
from ledger.interchange.report import Report
from ledger.interchange.toml_text import Table, parsed_toml

_FOREVER = "9999-12-31"


def read_scale(data: bytes, file: str) -> ScaleDefined | tuple[Fault, ...]:
    """Turn the bytes of a scale file into an edition of a scale, or return every fault."""
    report = Report(file)
    document = parsed_toml(data, report)
    if report.faults:
        return tuple(report.faults)
    table = Table(document, "", report)
    scale, title = table.text("id", needed=True), table.text("title", needed=True)
    levels = _levels(table, report)
    bands = [_band(band, levels) for band in table.tables("band")]
    table.done()
    if not report.faults:
        _refuse_bands_that_clash(bands, levels, report)
    if report.faults:
        return tuple(report.faults)
    return scale_defined(scale or "", title or "", levels, bands)


def _levels(table: Table, report: Report) -> list[Level]:
    levels: list[Level] = []
    for part in table.tables("level"):
        label, value = part.text("label", needed=True), part.decimal("value")
        part.done()
        if label is None or value is None:
            continue
        if label.casefold() in {level.label.casefold() for level in levels}:
            part.fault("label", sentences.SAME_LABEL.format(label=label))
        if levels and values.exact(value) <= values.exact(levels[-1].value):
            part.fault("value", sentences.NOT_RISING.format(value=value, before=levels[-1].value))
        levels.append(Level(label=label, value=value))
    if len(levels) < 2 and not report.faults:
        report.fault(sentences.TOO_FEW_LEVELS, pointer="/level")
    return levels


def _band(part: Table, levels: list[Level]) -> Band:
    """Read one band; its level is stored by label, as the facts look it up."""
    label, at_least = part.text("level", needed=True), part.decimal("at_least")
    first, last = part.day("first_day", needed=True), part.day("last_day")
    cites = part.text("cites", needed=True)
    part.done()
    known = [level.label for level in levels]
    if label is not None and label not in known:
        words = {"level": label, "levels": ", ".join(known)}
        part.fault("level", sentences.UNKNOWN_LEVEL_OF_BAND.format(**words))
    if at_least is not None and not 0 <= values.exact(at_least) <= 100:
        part.fault("at_least", sentences.NOT_A_PERCENT.format(text=at_least))
    if first and last and last < first:
        part.fault("last_day", sentences.BAND_ENDS_FIRST.format(first_day=first, last_day=last))
    return Band(
        level=label or "",
        at_least=at_least or "",
        first_day=first or "",
        last_day=last,
        cites=cites or "",
    )


def _refuse_bands_that_clash(bands: list[Band], levels: list[Level], report: Report) -> None:
    order = [level.label for level in levels]
    rising = sorted(enumerate(bands), key=lambda pair: order.index(pair[1].level))
    for (_, low), (index, high) in combinations(rising, 2):
        day = max(low.first_day, high.first_day)
        if day > min(low.last_day or _FOREVER, high.last_day or _FOREVER):
            continue
        why = _clash(low, high, day)
        if why:
            report.fault(why, pointer=f"/band/{index}")


def _clash(low: Band, high: Band, day: str) -> str:
    if low.level == high.level:
        return sentences.BANDS_OVERLAP.format(level=low.level, day=day)
    if values.exact(high.at_least) > values.exact(low.at_least):
        return ""
    return sentences.BANDS_CROSS.format(
        day=day, higher=high.level, high=high.at_least, lower=low.level, low=low.at_least
    )
