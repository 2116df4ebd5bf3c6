"""The pages on which a teacher attests that learners prepared anew, so that a retake may count."""

from collections.abc import Mapping
from datetime import date

from flask import Response, redirect, render_template, request
from marshmallow import EXCLUDE, Schema
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application.classroom_evidence import record_preparations
from ledger.application.retaking import PREPARATIONS, kinds_asked
from ledger.errors import UsageError
from web.errors import words_of
from web.fields import Day, Line, typed
from web.ledgers import here
from web.recording_form import About, abouts
from web.recording_pages import add, author_of
from web.recording_roster import Roster, require_learners, roster

LABELS = {"kind": "How they prepared", "occurred": "Day", "who": "Who prepared"}
NOBODY = "Choose at least one learner."


class PreparationSchema(Schema):
    """How some learners prepared, and when."""

    class Meta:
        """Tokens, and who prepared, are read elsewhere."""

        unknown = EXCLUDE

    kind = Line(required=True, error_messages={"required": "Say how they prepared."})
    occurred = Day(required=True, error_messages={"required": "Say when."})


def prepare() -> Response:
    """Show the form for a preparation of some learners."""
    who = roster()
    require_learners(who)
    given = {"occurred": here().ledger.today().isoformat(), "retake": request.args.get("retake", "")}
    chosen = who.learners if len(who.learners) == 1 else request.args.getlist("learner")
    given |= {f"who.{one}": "yes" for one in chosen}
    return _form(who, _about(request.args.get("about", "")), given, {})


def _about(name: str) -> About:
    found = abouts([name])
    if not found:
        raise UsageError("say for which competency they prepared; open this page from the class or from a retake")
    return found[0]


def _form(
    who: Roster, about: About, given: Mapping[str, str], problems: Mapping[str, str], status: int = 200
) -> Response:
    errors = [(name, LABELS[name], problems[name]) for name in LABELS if name in problems]
    asked = [kind for kinds in kinds_asked(here().ledger, about.subject) for kind in kinds]
    kinds = list(dict.fromkeys((*asked, *PREPARATIONS)))
    page = render_template(
        "record_preparation.html", who=who, about=about, typed=given, problems=problems, errors=errors, kinds=kinds
    )
    return Response(page, status)


def send_preparation() -> AnyResponse:
    """Record the preparation, attested by whoever is signed in, and lead back to the retake or the class."""
    who, given = roster(), typed(request.form)
    about, problems = _about(given.get("about", "")), _problems(given)
    learners = [one for one in who.learners if given.get(f"who.{one}")]
    if not learners:
        problems["who"] = NOBODY
    if problems:
        return _form(who, about, given, problems, 422)
    author = author_of(Action.RECORD_EVIDENCE, who)
    try:
        record_preparations(here().ledger, author, learners, about.subject, given["kind"], given["occurred"])
    except UsageError as error:
        return _form(who, about, given, {"occurred": words_of(error)}, 422)
    more = {"about": about.subject.id, "prepared": len(learners), "retake": given.get("retake") or None}
    return redirect(who.address("record", **more), 303)


def _problems(given: Mapping[str, str]) -> dict[str, str]:
    wrong = {str(name): str(said[0]) for name, said in PreparationSchema().validate(dict(given)).items()}
    if "occurred" not in wrong and date.fromisoformat(given["occurred"]) > here().ledger.today():
        wrong["occurred"] = "It lies in the future."
    return wrong


add("/preparation", "prepare", prepare, "GET", Action.RECORD_EVIDENCE)
add("/preparation", "prepared", send_preparation, "POST", Action.RECORD_EVIDENCE)
