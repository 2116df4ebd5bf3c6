"""The page of a ledger's integrity: verify and replay it now, its checkpoints, and one that somebody holds."""

from dataclasses import dataclass, replace

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.errors import LedgerError, UnknownName
from ledger.inquiry.auditing import REPLAYED, VERIFIED, KeptReplay, KeptVerification, replay_now, verify_now
from ledger.inquiry.integrity import PinChecked, Standing, pin_checked, standing
from ledger.inquiry.kept import kept
from ledger.inquiry.verified import ChangeFound, exposure_words, outcome_words, unchecked_words
from ledger.projections.runner import position_of
from web import access
from web.answering import answer, as_csv
from web.audit_bundle_pages import as_pasted
from web.audit_jobs import started
from web.ledgers import here, ledgers
from web.pages import JSON, scoped


@dataclass(frozen=True, slots=True)
class Integrity:
    """How a log stands, what was last found of it, and how far the lists that pages show follow it."""

    standing: Standing
    verified: KeptVerification | None
    replayed: KeptReplay | None
    read_models: int
    pin: PinChecked | None = None


@scoped.get("/integrity")
@scoped.get("/integrity" + JSON)
@access.needs(Action.VERIFY)
def integrity(form: str = "html") -> Response:
    """Show how the ledger's integrity stands."""
    return _page(_integrity(), form)


def _integrity() -> Integrity:
    opened = here()
    ledger, models = opened.ledger, opened.models
    with models.read() as connection:
        position = position_of(connection, models)
    found = kept(ledger, VERIFIED, KeptVerification), kept(ledger, REPLAYED, KeptReplay)
    return Integrity(standing(ledger), *found, position)


def _page(view: Integrity, form: str = "html", pasted: str = "", problem: str = "", status: int = 200) -> Response:
    words = (outcome_words, exposure_words, unchecked_words)
    names = here().ledger.vault.display_name
    more = {"pasted": pasted, "problem": problem, "named": names, "words": {one.__name__: one for one in words}}
    response = answer(form, "integrity.html", view, **more)
    response.status_code = status
    return response


@scoped.get("/integrity/findings.csv")
@access.needs(Action.VERIFY)
def integrity_findings() -> Response:
    """Give the findings of the last verification, a line each."""
    found = kept(here().ledger, VERIFIED, KeptVerification)
    if found is None:
        raise UnknownName("the ledger was not verified from these pages yet")
    return as_csv(found.report.changes, ChangeFound, "integrity")


@scoped.post("/integrity/verify")
@access.needs(Action.VERIFY)
def verify_ledger() -> AnyResponse:
    """Start verifying the ledger, perhaps against a checkpoint that was pasted."""
    ledger, by = here().ledger, access.person().person
    pin, models = as_pasted(request.form.get("pin", "")), "models" in request.form
    environment = ledgers().environment
    return started(
        "verify",
        f"Verifying {ledger.jurisdiction}",
        lambda told: verify_now(ledger, by, told, models=models, pin=pin, environment=environment),
        url_for("scoped.integrity"),
    )


@scoped.post("/integrity/replay")
@access.needs(Action.REPLAY)
def replay_ledger() -> AnyResponse:
    """Start making every decision again."""
    ledger, by = here().ledger, access.person().person
    return started(
        "replay",
        f"Making every decision of {ledger.jurisdiction} again",
        lambda told: replay_now(ledger, by, told),
        url_for("scoped.integrity") + "#replayed",
    )


@scoped.post("/integrity/checkpoint")
@access.needs(Action.VERIFY)
def check_checkpoint() -> Response:
    """Hold a checkpoint that somebody brought against the log."""
    pasted = request.form.get("pin", "")
    try:
        found = pin_checked(here().ledger, as_pasted(pasted))
    except LedgerError as error:
        return _page(_integrity(), pasted=pasted, problem=str(error), status=422)
    return _page(replace(_integrity(), pin=found), pasted=pasted)
