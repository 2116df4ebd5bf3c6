"""Bundles: what an auditor takes away to check offline, written down with every learner it concerns."""

from typing import Any

from marshmallow.fields import Nested

from ledger.access.actions import Action
from ledger.application.bundling import BundleAsked, give_out, make_bundle
from ledger.application.disclosing import Recipient
from web import access
from web.api import commands, jobs
from web.api.differing import UUID
from web.api.fields import Body, Said, Several, Truth, WholeNumber
from web.api.noun import SCOPE, Noun
from web.api.sharing import CODE, says
from web.job_pages import JobView
from web.jobs import Outcome, Progress
from web.ledgers import here

NOUN = Noun("bundles", "Bundles", "What can be checked offline: events, rules, proofs; by pseudonym, and on record.")
FILE = "bundle.zip"


class DecisionMeant(Body):
    """One decision."""

    learner = Said(required=True, pattern=UUID, **says("Whose it is."))
    version = WholeNumber(required=True, **says("Its version in the learner's stream."))


class NewBundle(Body):
    """What a bundle holds, for whom, and on what legal basis."""

    one_of = ("learners", "decisions", "sample")
    basis = Said(required=True, longest=200, **says("The law, rule or order it rests on; it stays on record."))
    purpose = Said(longest=100, pattern=CODE, **says("What it is for; `audit` where not given."))
    learners = Several(Said(pattern=UUID), most=100, **says("The whole records of these learners."))
    decisions = Several(Nested(DecisionMeant), most=100, **says("These decisions."))
    sample = WholeNumber(1, 1000, **says("So many decisions, drawn by the seed."))
    seed = Said(longest=100, **says("What draws the sample; let the auditor name it."))
    leaves = Truth(load_default=False, **says("Also the record of every leaf of the log."))


@NOUN.commands(f"{SCOPE}/bundles", JobView, body=NewBundle)
@access.needs(Action.BUNDLE)
def start_bundle(given: dict[str, Any]) -> Any:
    """Make a bundle as a job; its file is the result of the job, and giving it out is a disclosure on record."""
    ledger, author = here().ledger, commands.author()
    recipient = Recipient(access.person().name, given["basis"], given["purpose"] or "audit")
    asked = BundleAsked(
        learners=tuple(given["learners"] or ()),
        decisions=tuple((one["learner"], one["version"]) for one in given["decisions"] or ()),
        sample=given["sample"],
        seed=given["seed"] or "",
        leaves=bool(given["leaves"]),
    )

    def work(progress: Progress) -> Outcome:
        bundle = make_bundle(ledger, recipient, asked)
        progress(1, 2)
        progress.file(FILE).write_bytes(bundle.data)
        give_out(ledger, author, recipient, bundle)
        return Outcome(file=FILE)

    return jobs.started_with_file("bundle", _words(asked), work)


def _words(asked: BundleAsked) -> str:
    if asked.sample is not None:
        return f"A bundle of {asked.sample} decisions drawn by {asked.seed!r}"
    named = [*asked.learners, *(f"{learner} version {version}" for learner, version in asked.decisions)]
    return f"A bundle of {', '.join(named[:3])}{f' and {len(named) - 3} more' if len(named) > 3 else ''}"
