"""The pages about what was read: the log, for those who watch over it, and who looked, for a learner's family."""

from functools import partial
from typing import Any

from flask import Response

from ledger.access.actions import Action
from ledger.inquiry.read import ReadRow, Reads, known_reads, readers_of
from ledger.projections.pages import Page
from ledger.storage.reading_log import MOST_ROWS, Sought
from ledger.values import is_identifier
from web import access, asking
from web.answering import answer, as_csv, form_of
from web.ledgers import here
from web.listing import every
from web.pages import JSON, TABLE, scoped
from web.translating import translated

READABLE = tuple(sorted({one.value for one in Action}))
"""Every action, as the log names it."""


@scoped.get("/access/log")
@scoped.get("/access/log" + TABLE)
@access.needs(Action.READ_LOG)
def read_log(form: str = "html") -> Response:
    """List who looked at whose record, the latest first."""
    sought, names = _sought(), access.named()
    pages = partial(_rows, here(), sought, names)
    if form_of(form) == "csv":
        return as_csv(every(lambda after: pages(MOST_ROWS, after)), ReadRow, "reads")
    page = pages(asking.rows(), _before())
    return answer(form, "access_log.html", page, sought=sought, actions=[(one, one) for one in READABLE])


def _rows(opened: Any, sought: Sought | None, names: Any, limit: int, after: str | None) -> Page[ReadRow]:
    found = Reads((), None)
    if sought is not None:
        found = known_reads(opened.ledger, sought, names, limit=limit, before=int(after) if after else None)
    return Page(found.reads, str(found.next) if found.next else None, opened.position)


def _before() -> str | None:
    found = asking.number("after", 1, 10**15)
    return str(found) if found else None


def _sought() -> Sought | None:
    """Return what the log is searched for, nothing where nobody can be meant."""
    vault = here().ledger.vault
    person, learner, first, last = asking.text("person"), asking.text("learner"), asking.day("from"), asking.day("to")
    who, whom = vault.find_person(person) if person else None, _learner(learner) if learner else None
    if (person and who is None) or (learner and whom is None):
        return None
    return Sought(
        ledger=here().ledger.jurisdiction,
        person=who,
        learner=whom,
        what=asking.one_of("action", READABLE),
        first_day=first.isoformat() if first else None,
        last_day=last.isoformat() if last else None,
    )


def _learner(said: str) -> str | None:
    """Return the learner meant by a UUID, or by the id of another system where the name may be seen."""
    if is_identifier(said.lower()):
        return said.lower()
    found = here().ledger.vault.find(said)
    return found if found and access.named().see(found) else None


@scoped.get("/learners/<learner>/readers")
@scoped.get("/learners/<learner>/readers" + JSON)
@access.needs(Action.READ_OWN_LOG, access.learner)
@translated
def readers(learner: str, form: str = "html") -> Response:
    """Show a learner and the guardians who looked at the record, and what was given to somebody outside."""
    name = access.names([learner])[learner]
    before = asking.number("after", 1, 10**15)
    view = readers_of(here().ledger, learner, name, limit=asking.rows(), before=before)
    return answer(form, "access_readers.html", view)
