"""The long acts on a case: its decisions made again, and a bundle of them taken away."""

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application.auditing_cases import replay_case
from ledger.application.bundling import BundleAsked, give_out, make_bundle
from ledger.application.disclosing import Recipient
from ledger.durable import beside
from ledger.errors import Refused
from ledger.inquiry.auditing import replay_alone
from web import access, jobs
from web.audit_jobs import started
from web.case_pages import view_of
from web.guard import COMMAND
from web.ledgers import here
from web.pages import scoped


@scoped.post("/cases/<case>/replay")
@access.needs(Action.KEEP_CASE)
def replay_decisions_of_case(case: str) -> AnyResponse:
    """Start making the decisions of a case again."""
    ledger, view = here().ledger, view_of(case)
    author = access.author(Action.REPLAY, request.form.get(COMMAND, ""))
    words = f"Making the {len(view.rows):,} decisions of case {view.summary.number} again"
    address = url_for("scoped.case", case=case) + "#decisions"
    return started(
        "case-replay", words, lambda told: replay_alone(lambda: replay_case(ledger, author, case, told)), address
    )


@scoped.post("/cases/<case>/bundle")
@access.needs(Action.BUNDLE)
def bundle_case(case: str) -> AnyResponse:
    """Start making a bundle of the decisions of a case, given out on the basis the case rests on."""
    ledger, view, known = here().ledger, view_of(case), access.person()
    author = access.author(Action.BUNDLE, request.form.get(COMMAND, ""))
    asked = BundleAsked(
        decisions=tuple((row.learner, row.version) for row in view.rows if row.outcome), leaves="leaves" in request.form
    )
    if not asked.decisions:
        raise Refused("the case holds no decision yet: draw a sample, or add one")
    recipient, name = Recipient(known.name, view.summary.basis, view.purpose), f"case-{view.summary.number}.zip"

    def work(progress: jobs.Progress) -> jobs.Outcome:
        bundle = make_bundle(ledger, recipient, asked)
        with beside(progress.file(name)) as file:
            file.write(bundle.data)
            give_out(ledger, author, recipient, bundle)
        return jobs.Outcome(file=name)

    words = f"A bundle of case {view.summary.number}"
    back = url_for("scoped.case", case=case)
    return jobs.followed(jobs.start("case-bundle", words, work, back=back))
