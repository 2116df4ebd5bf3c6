"""One row of somebody's file as fields whose values are checked, without asking the ledger anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from ledger import values
from ledger.domain.learner import Condition, EvidenceKind, Purpose, Setting
from ledger.domain.shapes import Score
from ledger.errors import Fault
from ledger.interchange import csv_text, sentences
from ledger.interchange.csv_text import Record
from ledger.interchange.evidence_columns import Layout
from ledger.interchange.evidence_fields import NEEDED, RESULTS, SUBJECTS
from ledger.interchange.evidence_map import EvidenceMap
from ledger.interchange.remembered import Remembered, Wrong


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a row came from, and the name of the column each field was read from."""

    file: str
    columns: Mapping[str, str]

    def fault(self, line: int, field: str, why: str) -> Fault:
        """Return a fault of one field of a row."""
        return Fault(self.file, line, "", self.columns.get(field, field), why)


class Row(Struct, frozen=True, kw_only=True, gc=False):
    """A row whose every value is well-formed; `competencies` are as the file names them.

    Exactly one of `level`, `score`, `passed` and `absent_reason` is not null.
    """

    line: int
    origin: Origin
    learner: str
    kind: EvidenceKind
    purpose: Purpose
    competencies: tuple[str, ...] = ()
    course: str | None = None
    requirement: str | None = None
    level: str | None = None
    score: Score | None = None
    passed: bool | None = None
    absent_reason: str | None = None
    scale: str | None = None
    task: str | None = None
    item: str | None = None
    instrument: str | None = None
    form: str | None = None
    rubric: str | None = None
    setting: Setting | None = None
    conditions: tuple[Condition, ...] = ()
    language: str | None = None
    attempt: int | None = None
    occurred: str | None = None
    submitted: str | None = None
    due: str | None = None
    scored: str | None = None
    organisation: str | None = None
    capacity: str | None = None
    source_system: str | None = None
    source_record: str | None = None


class RowReader:
    """Turns records of one file into rows."""

    def __init__(self, file: str, found: EvidenceMap, ready: Layout) -> None:
        """Begin; `ready` says where the fields of the map stand in this file."""
        self._origin = Origin(file, ready.columns)
        self._constants = dict(found.constants)
        self._absent = found.absent_when_empty
        self._layout = ready
        self._scores: Remembered[tuple[str, str | None, str | None], Score] = Remembered(_score)

    def row(self, record: Record) -> Row | list[Fault]:
        """Return the row with every value checked, or every fault of it."""
        if len(record.cells) != self._layout.width:
            return [csv_text.wrong_width(record, self._layout.width, self._origin.file)]
        sources = [record.cells]
        for place, joined in self._layout.joined:
            key = csv_text.clean(record.cells[place])
            found = joined.rows.get(key)
            if found is None:
                words = {"file": joined.join.file, "column": joined.join.key, "key": key[:40]}
                why = sentences.NO_JOINED_ROW.format(**words)
                return [Fault(self._origin.file, record.line, "", joined.join.on, why)]
            sources.append(found)
        return self._checked(record.line, sources)

    def _checked(self, line: int, sources: list[list[str]]) -> Row | list[Fault]:
        given = dict(self._constants)
        wrong: list[tuple[str, str]] = []
        for cell in self._layout.cells:
            source, index = cell.place
            value = cell.memory[sources[source][index]]
            if value.__class__ is Wrong:
                wrong.append((cell.field, value.why))
            elif value is not None:
                given[cell.field] = value
        if self._layout.days or self._layout.marked:
            self._derive(sources, given, wrong)
        self._complete(given, wrong)
        if wrong:
            return [self._origin.fault(line, field, why) for field, why in wrong]
        return Row(line=line, origin=self._origin, **given)

    def _derive(self, sources: list[list[str]], given: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
        for day in self._layout.days:
            start = sources[day.start[0]][day.start[1]] if day.start else ""
            value = day.memory[start, sources[day.days[0]][day.days[1]]]
            if isinstance(value, Wrong):
                wrong.append((day.field, value.why))
            elif value is not None:
                given[day.field] = value
        if self._layout.marked:
            found = self._layout.marked.memory[csv_text.clean(sources[0][self._layout.marked.place])]
            if isinstance(found, Wrong):
                wrong.append(("competency", found.why))
            else:
                given["competencies"] = found

    def _complete(self, given: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
        """Fold what belongs together, and note what every row needs and this one lacks."""
        broken = {field for field, _ in wrong}
        competency = given.pop("competency", None)
        if competency is not None:
            given["competencies"] = (competency,)
        self._fold_score(given, wrong)
        wrong.extend(
            (field, sentences.MISSING_VALUE.format(field=field))
            for field in NEEDED
            if field not in given and field not in broken
        )
        if not (broken.intersection(SUBJECTS) or "competencies" in given or _any_of(given, SUBJECTS)):
            wrong.append(("competency", sentences.NO_SUBJECT))
        if not broken.intersection(RESULTS):
            self._refuse_none_or_several(given, wrong)

    def _fold_score(self, given: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
        lowest, highest = given.pop("score_min", None), given.pop("score_max", None)
        if "score" in given:
            score = self._scores[given["score"], lowest, highest]
            if isinstance(score, Wrong):
                wrong.append(("score", score.why))
            given["score"] = score

    def _refuse_none_or_several(self, given: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
        found = [field for field in RESULTS if field in given]
        if len(found) > 1:
            wrong.append((found[1], sentences.SEVERAL_RESULTS.format(given=" and ".join(found))))
        elif not found and self._absent:
            given["absent_reason"] = self._absent
        elif not found:
            mapped = [field for field in RESULTS if field in self._origin.columns]
            wrong.append((mapped[0] if mapped else "score", sentences.NO_RESULT))


def _any_of(given: dict[str, Any], fields: tuple[str, ...]) -> bool:
    return any(field in given for field in fields)


def _score(parts: tuple[str, str | None, str | None]) -> Score | Wrong:
    value, lowest, highest = parts
    number = values.exact(value)
    if lowest is not None and highest is not None and values.exact(lowest) >= values.exact(highest):
        return Wrong(sentences.MINIMUM_ABOVE_MAXIMUM.format(minimum=lowest, maximum=highest))
    if highest is not None and number > values.exact(highest):
        return Wrong(sentences.SCORE_TOO_HIGH.format(score=value, maximum=highest))
    if lowest is not None and number < values.exact(lowest):
        return Wrong(sentences.SCORE_TOO_LOW.format(score=value, minimum=lowest))
    return Score(value=value, minimum=lowest, maximum=highest)
