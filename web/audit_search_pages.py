"""The list of decisions, searched by whom and what they are about, by rule, by law, by days and by who acted."""

from functools import partial

from flask import Response

from ledger.access.actions import Action
from web import access, asking, audit_search, rules
from web.answering import answer, as_csv, form_of
from web.ledgers import here
from web.listing import DecisionRow, Shown, every
from web.pages import TABLE, scoped


@scoped.get("/decisions")
@scoped.get("/decisions" + TABLE)
@access.needs(Action.LIST_DECISIONS, access.anywhere)
def decisions(form: str = "html") -> Response:
    """List decisions, the newest first, as they were searched for."""
    shown = Shown(here(), access.named())
    wanted = audit_search.asked(shown)
    if form_of(form) == "csv":
        return as_csv(every(partial(audit_search.found, shown, wanted, 100)), DecisionRow, "decisions")
    page = audit_search.found(shown, wanted, asking.rows(), asking.text("after"))
    if form_of(form) == "json":
        return answer(form, "decisions.html", page)
    counted = audit_search.number_of(wanted)
    return answer(
        form,
        "decisions.html",
        page,
        asked=wanted,
        wanted=wanted.search.wanted,
        counted=counted,
        facets=audit_search.facets(wanted, counted),
        policies=rules.choices(here()),
        schools=audit_search.schools(),
        hidden=audit_search.hidden(),
    )
