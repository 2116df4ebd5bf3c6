"""Taking a bundle away: what somebody can check offline, by pseudonym, and on record with every learner in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response, render_template, request

from ledger.access.actions import Action
from ledger.application.bundling import BundleAsked, give_out, make_bundle, pin_sizes
from ledger.application.disclosing import Recipient
from ledger.errors import LedgerDamaged, LedgerError, Refused, UnknownName, UsageError
from ledger.inquiry.decisions import decision_at
from web import access
from web.guard import COMMAND
from web.ledgers import here
from web.pages import POSITION, scoped

PINNED = "the checkpoint you pasted"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent: what was typed, what is wrong with fields of it, and what is wrong with none of them."""

    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    general: tuple[str, ...] = ()

    def errors(self, labels: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """Return what is wrong as the summary of a form lists it."""
        return [(name, labels[name], said) for name, said in self.problems.items()]


LABELS = {"basis": "The law, rule or order it rests on", "pin": "A checkpoint you hold"}


@scoped.get("/decisions/" + POSITION + "/bundle")
@access.needs(Action.BUNDLE, access.decision)
def decision_bundle(position: int) -> Response:
    """Ask what a bundle of one decision rests on."""
    return _page(position, Filled())


def _page(position: int, filled: Filled, status: int = 200) -> Response:
    title = f"A bundle of the decision at position {position:,}"
    return Response(
        render_template(
            "audit_bundle.html", position=position, title=title, filled=filled, errors=filled.errors(LABELS)
        ),
        status,
    )


@scoped.post("/decisions/" + POSITION + "/bundle")
@access.needs(Action.BUNDLE, access.decision)
def take_decision_bundle(position: int) -> Response:
    """Make a bundle of one decision, write down that it was given out, and send it."""
    ledger, filled = here().ledger, _read(request.form)
    if filled.problems:
        return _page(position, filled, 422)
    author = access.author(Action.BUNDLE, request.form.get(COMMAND, ""), access.decision())
    recipient = Recipient(access.person().name, filled.typed["basis"])
    try:
        asked = BundleAsked(decisions=(decision_at(ledger, position),), pins=_pins(filled))
        bundle = make_bundle(ledger, recipient, asked)
        give_out(ledger, author, recipient, bundle)
    except (UsageError, Refused, UnknownName, LedgerDamaged) as error:
        return _page(position, Filled(filled.typed, {}, (str(error),)), 422)
    response = Response(bundle.data, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="decision-{position}.zip"'
    return response


def _read(form: Mapping[str, str]) -> Filled:
    typed = {name: form.get(name, "").strip() for name in LABELS}
    problems = {} if typed["basis"] else {"basis": "name it: it stays on record with the learner"}
    if typed["pin"]:
        try:
            _pins(Filled(typed))
        except LedgerError as error:
            problems["pin"] = str(error)
    return Filled(typed, problems)


def _pins(filled: Filled) -> tuple[int, ...]:
    pasted = as_pasted(filled.typed["pin"])
    return pin_sizes(here().ledger, {PINNED: pasted}) if pasted else ()


def as_pasted(text: str) -> str:
    """Return a checkpoint as it was pasted: line feeds alone, and one at its end."""
    plain = text.replace("\r\n", "\n").strip()
    return f"{plain}\n" if plain else ""
