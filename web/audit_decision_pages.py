"""Beside a decision: its proof line by line, its receipt, and what another rule would have said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Response, request

from ledger.access.actions import Action
from ledger.audit.proving import proof_of
from ledger.errors import Refused, UnknownName, UsageError
from ledger.inquiry.decisions import decision_at, decision_view
from ledger.inquiry.proof_lines import proof_view
from ledger.inquiry.receipts import receipt
from ledger.inquiry.supposing import Supposed, rules_for, supposed
from ledger.inquiry.views import DecisionView
from ledger.overrides import read_overrides
from ledger.policy.model import Policy
from ledger.simulation.reading import Tried
from web import access, asking
from web.answering import answer, as_json, form_of
from web.ledgers import here, ledgers
from web.pages import JSON, POSITION, scoped
from web.policy_form import ParameterField, parameter_fields, read_parameters


@scoped.get("/decisions/" + POSITION + "/proof")
@scoped.get("/decisions/" + POSITION + "/proof" + JSON)
@access.needs(Action.READ_RECORD, access.decision)
def decision_proof(position: int, form: str = "html") -> Response:
    """Show the way from a decision to whoever signed, line by line."""
    return answer(form, "proof.html", proof_view(here().ledger, position))


@scoped.get("/decisions/" + POSITION + "/proof.tlog-proof")
@access.needs(Action.READ_RECORD, access.decision)
def decision_proof_file(position: int) -> Response:
    """Give the proof of a decision as a file that is checked without this ledger."""
    ledger = here().ledger
    text = proof_of(ledger.home, ledger.jurisdiction, position).text()
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="position-{position}.tlog-proof"'
    return response


@scoped.get("/decisions/" + POSITION + "/receipt.json")
@access.needs(Action.READ_RECORD, access.decision)
def decision_receipt(position: int) -> Response:
    """Give the receipt of a credit or a graduation, once a checkpoint covers it."""
    ledger = here().ledger
    response = as_json(receipt(ledger, *decision_at(ledger, position), patience=0))
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{position}.json"'
    return response


@dataclass(frozen=True, slots=True)
class OtherRule:
    """The page of a what-if: the decision as made, the rules one may ask, and what the one asked would have said.

    `refusal` is why it was not asked, empty where it was or where none is named yet.
    """

    decision: DecisionView
    rules: tuple[tuple[str, str], ...]
    rule: str
    parameters: tuple[ParameterField, ...]
    answer: Supposed | None
    refusal: str


@scoped.get("/decisions/" + POSITION + "/other-rule")
@scoped.get("/decisions/" + POSITION + "/other-rule" + JSON)
@access.needs(Action.REPLAY, access.decision)
def decision_other_rule(position: int, form: str = "html") -> Response:
    """Show what another rule, or other values, would have said of a decision: a what-if, and never a replay."""
    ledger = here().ledger
    made = decision_view(ledger, *decision_at(ledger, position), audience=access.audience(access.target()))
    found = rules_for(ledger, ledgers().catalogue.policies, made.summary)
    named = asking.text("rule")
    if named is not None and named not in found:
        raise UnknownName(f"no rule {named!r} answers this question here")
    view = _supposed(made, found[named]) if named else None
    rules = tuple((name, f"{one.title} ({name.rpartition('@')[2]})") for name, one in found.items())
    page = view or OtherRule(made, (), made.summary.edition, (), None, "")
    page = OtherRule(made, rules, page.rule, page.parameters, page.answer, page.refusal)
    if form_of(form) == "json":
        return as_json(page.answer)
    status = 422 if page.refusal or any(one.problem for one in page.parameters) else 200
    response = answer(form, "replay_other.html", page)
    response.status_code = status
    return response


def _supposed(made: DecisionView, policy: Policy) -> OtherRule:
    on = date.fromisoformat(made.summary.on)
    read = read_parameters(policy, request.args, on)
    fields = parameter_fields(policy, on, read.given, read.problems, {})
    if read.problems:
        return OtherRule(made, (), policy.edition, fields, None, "")
    values, _ = read_overrides(policy, read.given, on)
    return _asked(made, Tried(policy, values), fields)


def _asked(made: DecisionView, tried: Tried, fields: tuple[ParameterField, ...]) -> OtherRule:
    ledger, summary = here().ledger, made.summary
    edition = tried.policy.edition
    try:
        found = supposed(ledger, summary.learner, summary.version, tried, audience=access.audience(access.target()))
    except (Refused, UsageError) as error:
        return OtherRule(made, (), edition, fields, None, str(error))
    return OtherRule(made, (), edition, fields, found, "")


def digests_of(view: DecisionView) -> Mapping[int, str]:
    """Return the SHA-256 of the stored bytes of a decision and of the evidence behind it, by version."""
    return dict(view.stored)
