"""Simulations: what another rule would decide about the learners on record; nothing is decided or written by it."""

from typing import Any

from ledger.access.actions import Action
from ledger.application.named import policy_named, scale_named
from ledger.errors import PolicyProblems
from ledger.inquiry.trying import EVERY_GROUP, Asking, Simulated, try_rules
from ledger.overrides import read_overrides
from ledger.policy.sheet import value_words
from ledger.simulation.reading import Tried
from web import access
from web.api import jobs
from web.api.adoptions import Settings
from web.api.fields import Body, Day, Said, Truth, WholeNumber
from web.api.noun import SCOPE, Noun
from web.api.problems import values_stand_in
from web.api.sharing import CODE, says
from web.job_pages import JobView
from web.ledgers import here, ledgers

NOUN = Noun("simulations", "Simulations", "What another rule would say: a what-if, never a replay.", Simulated)


class Tries(Body):
    """Two rules of one question, each with values of its own, and a day."""

    baseline = Said(required=True, longest=200, pattern=CODE, **says("The rule as it is, by id or `policy@first-day`."))
    baseline_values = Settings(**says("Values set in it."))
    candidate = Said(required=True, longest=200, pattern=CODE, **says("The rule to be tried."))
    candidate_values = Settings(**says("Values set in it."))
    scale = Said(longest=200, **says("The scale both read levels with, by id or title; that in force otherwise."))
    on = Day(**says("The day asked about; today where not given."))
    groups = Truth(load_default=False, **says("Also by group, small figures hidden."))
    seed = WholeNumber(0, 2**31 - 1, load_default=0, **says("Draws the unchanged learners that are looked at twice."))


@NOUN.commands(f"{SCOPE}/simulations", JobView, body=Tries)
@access.needs(Action.SIMULATE)
def start_simulation(given: dict[str, Any]) -> Any:
    """Try a rule against another on the learners on record, as a job whose result is a `Simulated`."""
    ledger, folder = here().ledger, ledgers().home
    groups = (EVERY_GROUP,) if given["groups"] and access.may(Action.SEE_GROUPS) else ()
    on, scale = given["on"] or ledger.today(), scale_named(ledger, given["scale"])
    tried = [_tried(given, side, on, scale) for side in ("baseline", "candidate")]
    asking = Asking(tried[0], tried[1], on, (ledger.jurisdiction,), groups, given["seed"] or 0)
    words = f"Try {_words(tried[1])} against {_words(tried[0])} for {on}{' by group' if groups else ''}"

    def work(told: jobs.Told) -> Simulated:
        return try_rules(folder, ledger.vault, asking, told)

    return jobs.started("simulate", words, work)


def _tried(given: dict[str, Any], side: str, on: Any, scale: str | None) -> Tried:
    policy = policy_named(ledgers().catalogue, given[side], on)
    values_stand_in(f"{side}_values")
    values, problems = read_overrides(policy, given[f"{side}_values"] or {}, on)
    if problems:
        raise PolicyProblems(problems)
    return Tried(policy, values, scale)


def _words(tried: Tried) -> str:
    values = ", ".join(f"{name} = {value_words(value)}" for name, value in tried.overrides.items())
    return f"{tried.policy.edition}{f' ({values})' if values else ''}"
