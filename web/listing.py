"""The lists: learners and decisions, each row with the names that people know."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from ledger.domain.shapes import Subject
from ledger.errors import LedgerError
from ledger.policy.model import Outcome, Words
from ledger.projections import answers, queries
from ledger.projections.filters import Filter, Narrowing
from ledger.projections.pages import MOST_ROWS, Page, write_cursor
from ledger.values import is_identifier
from ledger.vault import pseudonym
from web.ledgers import Opened
from web.names import Names
from web.wording import whole_label

Row = TypeVar("Row")

DIGITS = 16
"""How many ids there may be that differ in the last digit only."""


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner in a line; `met` and `open` count standing decisions with and without the outcome met."""

    learner: str
    name: str
    pseudonym: str
    evidence: int
    met: int
    open: int
    last_activity: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in a line; `word` is the jurisdiction's own, `stands` whether none came after it."""

    position: int
    version: int
    decided_on: str
    learner: str
    name: str
    question: str
    subject: str
    subject_code: str
    subject_label: str
    award: str
    outcome: str
    word: str
    level: str | None
    policy: str
    edition: str
    recorded: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A ledger as it is shown to somebody, who may be gone before a long list is sent to its end."""

    opened: Opened
    names: Names


def learner_list(shown: Shown, wanted: Filter, sought: str | None, limit: int, after: str | None) -> Page[LearnerRow]:
    """Return learners in the order of their ids, narrowed by a standing decision and by what is sought.

    `sought` is a pseudonym, a UUID, or of learners whose names may be seen a name, a part of one, or the id
    of the system a learner came from.
    """
    if sought is None:
        found = queries.find_learners(shown.opened.models, wanted, limit=limit, after=after)
    elif identity := _exactly(shown, sought):
        found = _one(shown.opened, identity, wanted)
    else:
        found = _search(shown, wanted, sought, limit, after)
    return Page(_learner_rows(shown, found.rows), found.next, found.position)


def _exactly(shown: Shown, sought: str) -> str | None:
    if is_identifier(sought.lower()):
        return sought.lower()
    found = shown.opened.ledger.vault.find(sought)
    return found if found and shown.names.see(found) else None


def _one(opened: Opened, identity: str, wanted: Filter) -> Page[answers.Learner]:
    page = queries.find_learners(opened.models, wanted, limit=DIGITS, after=write_cursor((identity[:-1],)))
    return Page(tuple(row for row in page.rows if row.learner == identity), None, page.position)


def _search(shown: Shown, wanted: Filter, sought: str, limit: int, after: str | None) -> Page[answers.Learner]:
    """Read every learner's name, for names are sealed and cannot be searched where they stand."""
    models = shown.opened.models
    first = queries.find_learners(models, wanted, limit=MOST_ROWS, after=after)
    rows = _and_on(first, lambda then: queries.find_learners(models, wanted, limit=MOST_ROWS, after=then))
    meant = (row for row in rows if _is_meant(shown, row.learner, sought.casefold()))
    found = tuple(islice(meant, limit + 1))
    following = write_cursor((found[limit - 1].learner,)) if len(found) > limit else None
    return Page(found[:limit], following, first.position)


def _is_meant(shown: Shown, learner: str, sought: str) -> bool:
    called = (shown.names([learner])[learner].casefold(), pseudonym(learner))
    return any(sought in name for name in called)


def _learner_rows(shown: Shown, rows: Sequence[answers.Learner]) -> tuple[LearnerRow, ...]:
    names = shown.names(row.learner for row in rows)
    return tuple(_learner_row(shown.opened, row, names[row.learner]) for row in rows)


def _learner_row(opened: Opened, row: answers.Learner, name: str) -> LearnerRow:
    standing = queries.learner_progress(opened.read_models, row.learner).rows
    met = sum(one.outcome == "met" for one in standing)
    return LearnerRow(
        row.learner, name, pseudonym(row.learner), row.evidence, met, len(standing) - met, row.last_activity
    )


def decision_list(
    shown: Shown,
    wanted: Narrowing,
    standing_at: int | None,
    limit: int,
    after: str | None,
    *,
    known_at: int | None = None,
) -> Page[DecisionRow]:
    """Return decisions, the newest first; with `known_at`, a row says whether it stood at that position."""
    page = queries.find_decisions(shown.opened.models, wanted, standing_at=standing_at, limit=limit, after=after)
    return Page(_decision_rows(shown, page.rows, known_at), page.next, known_at or page.position)


def _decision_rows(shown: Shown, rows: Sequence[answers.Decision], known_at: int | None) -> tuple[DecisionRow, ...]:
    opened, names = shown.opened, shown.names({row.learner for row in rows})
    naming, words = opened.naming(), _words(opened)
    return tuple(
        _decision_row(row, names[row.learner], naming.subject(_subject(row)), words(row.adoption), known_at)
        for row in rows
    )


def _subject(row: answers.Decision) -> Subject:
    kind, _, identity = row.subject.partition("/")
    return Subject(kind=kind, id=identity, framework=row.framework)  # type: ignore[arg-type]


def _words(opened: Opened) -> Callable[[int], Words]:
    shelf = opened.ledger.shelf()
    adopted = {placed.position: placed.payload.digest for placed in opened.ledger.governance().adoptions}

    @cache
    def words(adoption: int) -> Words:
        try:
            return shelf.find(adopted.get(adoption, "")).policy.words
        except LedgerError:
            return Words()

    return words


def _decision_row(row: answers.Decision, name: str, subject: Any, words: Words, known_at: int | None) -> DecisionRow:
    return DecisionRow(
        position=row.position,
        version=row.version,
        decided_on=row.decided_on,
        learner=row.learner,
        name=name,
        question=row.question,
        subject=row.subject,
        subject_code=subject.code,
        subject_label=whole_label(subject),
        award=row.award,
        outcome=row.outcome,
        word=words.of(Outcome(row.outcome)),
        level=row.level,
        policy=row.policy,
        edition=row.edition,
        recorded=row.at,
        stands=row.to_position is None or (known_at is not None and row.to_position > known_at),
    )


def every(pages: Callable[[str | None], Page[Row]]) -> Iterator[Row]:
    """Return the rows of every page, one page after the other; the first is asked for at once."""
    return _and_on(pages(None), pages)


def _and_on(page: Page[Row], pages: Callable[[str | None], Page[Row]]) -> Iterator[Row]:
    yield from page.rows
    while page.next is not None:
        page = pages(page.next)
        yield from page.rows
