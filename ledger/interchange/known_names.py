"""What a ledger knows when a file is read: its competencies, its scales, and what day it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ledger import values
from ledger.domain.competencies import Edition, references
from ledger.domain.framework import ScaleDefined
from ledger.domain.shapes import Subject
from ledger.interchange import sentences
from ledger.interchange.nearest import nearest
from ledger.interchange.remembered import Remembered, Wrong


@dataclass(frozen=True, slots=True)
class Meaning:
    """One competency a text may stand for; `label` is for sentences."""

    subject: Subject
    label: str


@dataclass(frozen=True, slots=True)
class LevelRead:
    """A level of a scale edition: the scale's digest and the level's exact value."""

    scale: str
    value: str


class KnownNames:
    """Names by which files may speak of what one ledger holds; each answer is remembered.

    `competencies` maps each id, code and URI to what it may mean; `scales` holds the edition in
    force of each scale; `today` and `zone` (IANA) are the district's.
    """

    def __init__(
        self,
        competencies: Mapping[str, tuple[Meaning, ...]],
        scales: Iterable[ScaleDefined],
        today: date,
        zone: str,
    ) -> None:
        """Begin with nothing asked yet."""
        self._competencies = competencies
        self._scales = tuple(scales)
        self._today = today
        self._zone = zone
        self.subject: Remembered[str, Subject] = Remembered(self._subject)
        self.level: Remembered[tuple[str | None, str], LevelRead] = Remembered(self._level)
        self.past: Remembered[str, str] = Remembered(self._past)

    def _subject(self, text: str) -> Subject | Wrong:
        """Return the competency a text stands for."""
        found = self._competencies.get(text) or self._competencies.get(_uuid(text)) or ()
        if len(found) == 1:
            return found[0].subject
        if not self._competencies:
            return Wrong(sentences.NO_FRAMEWORK.format(text=text))
        if not found:
            words = {"text": text, "nearest": nearest(text, self._competencies)}
            return Wrong(sentences.UNKNOWN_COMPETENCY.format(**words))
        meanings = " or ".join(f"{meaning.label!r} ({meaning.subject.id})" for meaning in found[:4])
        return Wrong(sentences.AMBIGUOUS.format(text=text, count=len(found), meanings=meanings))

    def _level(self, asked: tuple[str | None, str]) -> LevelRead | Wrong:
        """Return the level a text stands for, by label or value, on the scale named or the only one."""
        scale = self._scale(asked[0])
        if isinstance(scale, Wrong):
            return scale
        by_text = {level.label.casefold(): level.value for level in scale.levels}
        by_text |= {level.value: level.value for level in scale.levels}
        text = asked[1]
        value = by_text.get(text.casefold()) or by_text.get(_plain(text))
        if value is not None:
            return LevelRead(scale.digest, value)
        levels = ", ".join(f"{level.label} ({level.value})" for level in scale.levels)
        return Wrong(sentences.OUTSIDE_SCALE.format(text=text[:40], scale=scale.title, levels=levels))

    def _scale(self, text: str | None) -> ScaleDefined | Wrong:
        if text is None and len(self._scales) == 1:
            return self._scales[0]
        if not self._scales:
            return Wrong(sentences.NO_SCALE_YET)
        if text is None:
            titles = ", ".join(scale.title for scale in self._scales)
            return Wrong(sentences.NO_SCALE.format(scales=titles))
        for scale in self._scales:
            if text in (scale.scale, scale.title, scale.digest):
                return scale
        titles = ", ".join(scale.title for scale in self._scales)
        return Wrong(sentences.UNKNOWN_SCALE.format(text=text[:40], scales=titles))

    def _past(self, text: str) -> str | Wrong:
        """Return a legal date that is not after today in the district's zone."""
        if values.day_in_zone(text, self._zone) > self._today:
            return Wrong(sentences.FUTURE.format(text=text, today=self._today.isoformat()))
        return text


def _uuid(text: str) -> str:
    return text.lower() if values.is_identifier(text[-36:].lower()) else text


def _plain(text: str) -> str:
    try:
        return values.decimal_text(text)
    except ValueError:
        return text


def known_names(
    editions: Iterable[tuple[Edition, str]], scales: Iterable[ScaleDefined], today: date, zone: str = "UTC"
) -> KnownNames:
    """Return the names of a ledger that holds these framework editions, each with its digest."""
    found: dict[str, dict[str, Meaning]] = {}
    for edition, digest in editions:
        for text, items in references(edition).items():
            meanings = found.setdefault(text, {})
            for item in items:
                subject = Subject(kind="competency", id=item.id, framework=digest)
                meanings.setdefault(item.id, Meaning(subject, item.label))
    competencies = {text: tuple(meanings.values()) for text, meanings in found.items()}
    return KnownNames(competencies, scales, today, zone)
