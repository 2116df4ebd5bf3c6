"""The pages on which a policy is written from another, clause by clause, without code."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application.adopting import Adoption
from ledger.application.policy_drafts import A_FEW, draft, keep_draft, tried
from ledger.application.preview_rows import Preview
from ledger.catalogue.writing import Compares, offered_methods, writing_problems
from ledger.domain.shapes import Authority
from ledger.errors import PolicyProblems, UsageError
from ledger.facts.claims import compares_levels
from ledger.inquiry.rule_difference import RuleDifference, difference_of
from ledger.policy.facts import FactType
from ledger.policy.model import Policy
from web import access, proposing
from web.clone_form import LABELS, MOST, PLACES, CloneForm, clauses_of, read_clone, with_writing_problems
from web.clone_reading import EXISTING, NEW
from web.fields import typed
from web.ledgers import Opened, here, ledgers
from web.pages import scoped

MEASURES = ("level", "percent", "value", "passed", "presence")


def register(app: Flask) -> None:
    """Teach an application's templates what may stand in a clause."""
    app.jinja_env.globals.update(
        CLONE_LABELS=LABELS,
        CLAUSE_PLACES=PLACES,
        COMPARES=[(one.value, one.value) for one in Compares],
        FACT_METHODS=[(one.name, one.title or one.name.partition(".")[0], one.formula) for one in offered_methods()],
        MEASURES=MEASURES,
        NEW_FACT=NEW,
        MOST_CLAUSES=MOST,
    )


@scoped.get("/changes/clone/<path:edition>")
@access.needs(Action.PROPOSE_CHANGE)
def clone(edition: str) -> Response:
    """Show the form in which a policy is written from another."""
    policy = proposing.policy_of(here(), ledgers().catalogue, edition)
    first_day = max(here().ledger.today(), policy.effective)
    given = {"title": policy.title, "first_day": first_day.isoformat(), "clauses": "1", "c1.purposes": "summative"}
    return _page(policy, CloneForm(given, clauses_of(given)), 200)


@scoped.post("/changes/clone/<path:edition>")
@access.needs(Action.PROPOSE_CHANGE)
def write_clone(edition: str) -> AnyResponse:
    """Check what was written: show it read aloud, tried on a few learners, or lead on to the proposal."""
    policy, given = proposing.policy_of(here(), ledgers().catalogue, edition), typed(request.form)
    if given.get("do") in ("more", "method"):
        forms = clauses_of(given, more=given["do"] == "more")
        return _page(policy, CloneForm({**given, "clauses": str(len(forms))}, forms), 200)
    form = read_clone(given, policy, here().ledger.jurisdiction)
    if form.policy is not None and (found := writing_problems(form.policy)):
        form = with_writing_problems(form, found)
    if form.policy is None or form.problems:
        return _page(policy, form, 422)
    if given.get("do") == "propose":
        name = keep_draft(here().ledger, form.policy)
        return redirect(url_for("scoped.new", edition=form.policy.edition, draft=name), 303)
    return _page(policy, form, 200)


def _page(policy: Policy, form: CloneForm, status: int) -> Response:
    more = _shown(here(), policy, form.policy) if form.policy is not None and not form.problems else {}
    page = render_template(
        "clone.html",
        policy=policy,
        form=form,
        typed=form.typed,
        problems=form.problems,
        facts=_facts(policy),
        errors=list(form.errors()),
        **more,
    )
    return Response(page, status)


def _facts(policy: Policy) -> list[tuple[str, str]]:
    """Return what may be looked at: a new fact, or one the policy reads already that has one value."""
    simple = (FactType.INTEGER, FactType.FRACTION, FactType.BOOLEAN, FactType.DATE)
    known = [(EXISTING + one.name, one.says) for one in policy.sheet if one.type in simple]
    return [(NEW, "something new, worked out below"), *known]


def _shown(opened: Opened, policy: Policy, mine: Policy) -> Mapping[str, Any]:
    """Return a policy read aloud beside the one it was written from, and what it would do to a few learners."""
    on = max(opened.ledger.today(), mine.effective)
    difference: RuleDifference = difference_of((policy, {}), (mine, {}), on)
    try:
        return {"mine": mine, "difference": difference, "preview": _tried(opened, mine), "a_few": A_FEW}
    except PolicyProblems as error:
        return {"mine": mine, "difference": difference, "refused": [str(one) for one in error.problems], "a_few": A_FEW}
    except UsageError as error:
        return {"mine": mine, "difference": difference, "refused": [str(error)], "a_few": A_FEW}


def _tried(opened: Opened, mine: Policy) -> Preview:
    held = [digest for digest, _ in proposing.scales(opened)]
    adoption = Adoption(
        policy=mine,
        jurisdiction=opened.ledger.jurisdiction,
        first_day=max(opened.ledger.today(), mine.effective),
        authority=Authority(body="nobody yet"),
        reason="only tried",
        scale=held[0] if held and compares_levels(mine) else None,
        acknowledge_unverified=True,
    )
    return tried(opened.ledger, adoption)


def draft_of(opened: Opened, edition: str, name: str) -> Policy | None:
    """Return a policy written here that waits to be proposed, nothing where its edition is another."""
    found = draft(opened.ledger, name)
    return found if found.edition == edition else None
