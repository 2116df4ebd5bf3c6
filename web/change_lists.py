"""The lists behind a change: the learners whose answers it would alter, and the decisions that would now differ."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from ledger.application.change_state import change_named
from ledger.application.changing import worked_out_again
from ledger.application.preview_rows import Preview, PreviewRow, Said
from ledger.domain.change_fold import Change
from ledger.domain.changes import ChangePreviewed
from ledger.errors import UnknownName
from ledger.inquiry.differing import Differing, DifferingRow, differing
from ledger.inquiry.predicting import Came, Fate
from ledger.inquiry.views import SubjectView
from ledger.policy.model import Outcome, Words
from ledger.projections.pages import Page
from ledger.vault import pseudonym
from web import access, asking
from web.clauses import Adopted, Clauses
from web.ledgers import Opened
from web.wording import natural, whole_label

Row = TypeVar("Row")

KINDS = {
    "gain": ("good", "+", "gain"),
    "loss": ("bad", "−", "lose"),
    "person": ("ask", "◐", "need a person"),
    "other": ("none", "↔", "change otherwise"),
}
"""For each kind of difference: the tone, the mark and the words."""


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """One answer about a learner without a change and with it; the outcomes are empty where nothing is asked.

    `because` holds the clauses on which the answer with the change rests; `awarded` says that an award
    stands which the change does not take back.
    """

    learner: str
    name: str
    pseudonym: str
    kind: str
    question: str
    subject: str
    subject_code: str
    subject_label: str
    award: str
    without: str
    without_word: str
    without_level: str | None
    with_it: str
    with_word: str
    with_level: str | None
    because: str
    awarded: bool


FATES = {
    Fate.CAME_TRUE: ("good", "✓", "came true"),
    Fate.AWARD_STANDS: ("open", "★", "the award stands"),
    Fate.SETTLED_OTHERWISE: ("open", "✋", "a person let it stand"),
    Fate.OPEN: ("ask", "○", "still open"),
    Fate.NOT_ASKED: ("none", "–", "no longer asked"),
    Fate.NO_LONGER: ("none", "↔", "changed by what was recorded since"),
    Fate.UNPREDICTED: ("bad", "!", "not predicted"),
}
"""For each way an answer can come out: the tone, the mark and the words."""


@dataclass(frozen=True, slots=True)
class CameRow:
    """One answer that a change alters, and what came of it; `standing` is empty where nothing stands."""

    learner: str
    name: str
    question: str
    subject: str
    subject_code: str
    subject_label: str
    award: str
    predicted: str
    predicted_word: str
    predicted_level: str | None
    standing: str
    standing_word: str
    fate: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One decision that would now be another, to be settled; `version` and `adoption` say what was seen."""

    learner: str
    name: str
    pseudonym: str
    kind: str
    question: str
    subject: str
    subject_code: str
    subject_label: str
    award: str
    decided_on: str
    version: int
    outcome: str
    word: str
    level: str | None
    adoption: int
    offered: str
    offered_word: str
    offered_level: str | None
    because: str


def clauses_of(opened: Opened, on: date) -> Clauses:
    """Return what says clauses in words, without those that read an entitlement for whoever may not see them."""
    return Clauses(opened, on, entitlements=access.entitlements())


@lru_cache(maxsize=8)
def _worked_out(opened: Opened, change: str, version: int) -> Preview:
    """Return the rows of a preview; the same for ever, for they follow from the log as it was."""
    found = change_named(opened.ledger.governance(), change)
    return worked_out_again(opened.ledger, found, found.previews[version])


def worked_out(opened: Opened, change: Change, version: int | None = None) -> Preview:
    """Return the preview a change rests on, or the one of a version, with every row.

    Raises `UnknownName` where it was never previewed.
    """
    preview_of(change)
    return _worked_out(opened, change.id, version or _version(change) or 0)


def preview_of(change: Change) -> ChangePreviewed:
    """Return what was written down of the preview a change rests on; raises `UnknownName` without one."""
    version = _version(change)
    if version is None:
        raise UnknownName(f"change {change.proposed.number} was never previewed")
    return change.previews[version]


def _version(change: Change) -> int | None:
    """Return the version of the preview a change rests on: the latest while it is under way, then the one approved."""
    return change.latest_preview if change.pending else change.submitted or change.latest_preview


def differing_answers(opened: Opened, change: Change, kind: str | None, *, awarded: bool) -> list[PreviewRow]:
    """Return the answers the preview of a change says would differ, narrowed; raises `UnknownName` without one."""
    meant = [
        one for one in worked_out(opened, change).rows if kind in (None, one.kind) and (one.awarded or not awarded)
    ]
    return in_order(opened, meant, lambda one: (one.learner, one.subject))


def in_order(opened: Opened, rows: Sequence[Row], about: Callable[[Row], tuple[str, str]]) -> list[Row]:
    """Return rows by learner, and for each by the code of the subject, as people count."""
    naming, codes = opened.naming(), dict[str, list[tuple[int, str]]]()

    def place(row: Row) -> tuple[str, list[tuple[int, str]]]:
        learner, subject = about(row)
        if subject not in codes:
            found = naming.by_key(subject)
            codes[subject] = natural(found.code or found.id)
        return learner, codes[subject]

    return sorted(rows, key=place)


def impact_rows(opened: Opened, change: Change, rows: Sequence[PreviewRow]) -> Iterator[ImpactRow]:
    """Return answers with the names and sentences that people know, one after the other."""
    preview = change.preview
    names = access.names({row.learner for row in rows})
    naming = opened.naming()
    clauses = clauses_of(opened, date.fromisoformat(preview.on) if preview else opened.ledger.today())
    held, supposed = _held(opened, change)

    def impact(row: PreviewRow) -> ImpactRow:
        subject = naming.by_key(row.subject)
        return ImpactRow(
            learner=row.learner,
            name=names[row.learner],
            pseudonym=pseudonym(row.learner),
            kind=row.kind,
            question=row.question,
            subject=row.subject,
            subject_code=subject.code,
            subject_label=whole_label(subject),
            award=row.award,
            without=row.without.outcome or "",
            without_word=_word(clauses, held, row.without),
            without_level=row.without.level,
            with_it=row.supposed.outcome or "",
            with_word=_word(clauses, supposed, row.supposed),
            with_level=row.supposed.level,
            because=clauses.sentences(supposed.get(row.supposed.edition), row.supposed.decisive),
            awarded=row.awarded,
        )

    return map(impact, rows)


def _held(opened: Opened, change: Change) -> tuple[Mapping[str | None, Adopted], Mapping[str | None, Adopted]]:
    """Return by edition what was adopted before a change, and what would be with it."""
    adopts = change.proposed.adopts
    held: dict[str | None, Adopted] = {
        one.payload.edition: one.payload
        for one in opened.ledger.governance().adoptions
        if one.position <= change.position
    }
    return held, held if adopts is None else {**held, adopts.edition: adopts}


def _word(clauses: Clauses, held: Mapping[str | None, Adopted], said: Said) -> str:
    return clauses.words(held.get(said.edition)).of(Outcome(said.outcome)) if said.outcome else "not asked"


def came_rows(opened: Opened, change: Change, rows: Sequence[Came]) -> tuple[CameRow, ...]:
    """Return what came of answers, with the names and words that people know."""
    names, naming = access.names({one.row.learner for one in rows}), opened.naming()
    clauses, (held, supposed) = clauses_of(opened, opened.ledger.today()), _held(opened, change)

    def came(one: Came) -> CameRow:
        stands = clauses.words(held.get(one.row.without.edition))
        predicted = _word(clauses, supposed, one.row.supposed)
        return _came(one, names[one.row.learner], naming.by_key(one.row.subject), predicted, stands)

    return tuple(came(one) for one in rows)


def _came(one: Came, name: str, subject: SubjectView, predicted: str, stands: Words) -> CameRow:
    row = one.row
    return CameRow(
        learner=row.learner,
        name=name,
        question=row.question,
        subject=row.subject,
        subject_code=subject.code,
        subject_label=whole_label(subject),
        award=row.award,
        predicted=row.supposed.outcome or "",
        predicted_word=predicted,
        predicted_level=row.supposed.level,
        standing=one.standing or "",
        standing_word=stands.of(Outcome(one.standing)) if one.standing else "",
        fate=one.fate.value,
    )


def now_differing(opened: Opened, question: str | None, policy: str | None) -> Differing:
    """Return what stands although the rule in force would now say otherwise."""
    return differing(opened.ledger, opened.models, question=question, policy=policy)


def work_rows(opened: Opened, rows: Sequence[DifferingRow], on: date) -> tuple[WorkRow, ...]:
    """Return decisions to settle with the names that people know."""
    names = access.names({row.learner for row in rows})
    naming, clauses = opened.naming(), clauses_of(opened, on)
    adoptions = {one.position: one.payload for one in opened.ledger.governance().adoptions}
    editions: dict[str, Adopted] = {one.edition: one for one in adoptions.values()}
    return tuple(
        _work(
            row,
            names[row.learner],
            naming.by_key(row.subject),
            clauses,
            editions.get(row.edition),
            adoptions[row.adoption],
        )
        for row in rows
    )


def _work(
    row: DifferingRow, name: str, subject: SubjectView, clauses: Clauses, made: Adopted | None, offered: Adopted
) -> WorkRow:
    return WorkRow(
        learner=row.learner,
        name=name,
        pseudonym=pseudonym(row.learner),
        kind=row.kind,
        question=row.question,
        subject=row.subject,
        subject_code=subject.code,
        subject_label=whole_label(subject),
        award=row.award,
        decided_on=row.on,
        version=row.version,
        outcome=row.outcome,
        word=clauses.words(made).of(Outcome(row.outcome)),
        level=row.level,
        adoption=row.adoption,
        offered=row.offered,
        offered_word=clauses.words(offered).of(Outcome(row.offered)),
        offered_level=row.offered_level,
        because=clauses.sentences(offered, row.decisive),
    )


def paged(rows: Sequence[Row], position: int) -> Page[Row]:
    """Return the page of a list that is asked for: as many rows as wanted, after as many as were shown."""
    start = asking.number("after", 0, 10**9) or 0
    end = start + asking.rows()
    return Page(tuple(rows[start:end]), str(end) if end < len(rows) else None, position)
