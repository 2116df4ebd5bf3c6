"""The pilot of the demonstration: opened by the state, its figures submitted and certified by both districts."""

from collections.abc import Mapping
from datetime import date

from ledger.application import Ledger
from ledger.application.governing import pull_upstream
from ledger.application.pilot_figures import certify_figures, submit_figures
from ledger.application.pilot_handing import figures_document, receive_figures
from ledger.application.piloting import Opening, open_pilot
from ledger.demonstration.governing import Hands
from ledger.demonstration.plan import SchoolYear
from ledger.domain.pilots import Participant, Scope
from ledger.domain.shapes import Authority

PILOT = "How many kinds of task"
ANALYST, SUPERINTENDENT = "analyst", "superintendent"


def run_pilot(state: Hands, districts: Mapping[str, Ledger], year: SchoolYear) -> None:
    """Open the pilot, and hand the figures of the districts to the state; a repeat changes nothing."""
    opening = Opening(
        title=PILOT,
        authority=Authority(body="State board of the demonstration (invented)", minute="31"),
        purpose="Does a third kind of task show more than two?",
        question="MASTERY",
        award="standard",
        first_day=year.first_day,
        last_day=date(year.first_day.year + 3, 6, 30),
        scope=Scope(organisations=tuple(Participant(organisation=name) for name in districts)),
        exit_rule="finish-under-pilot",
        exit_by=date(year.first_day.year + 4, 6, 30),
    )
    state.once("pilot", lambda author: open_pilot(state.ledger, author, opening))
    for name, ledger in districts.items():
        _hand_over(state, Hands(ledger, state.seed), name)


def _hand_over(state: Hands, district: Hands, name: str) -> None:
    ledger = district.ledger
    pull_upstream(ledger, district.author("pull the pilot"), state.ledger)
    district.once("figures", lambda author: submit_figures(ledger, author, PILOT), f"{ANALYST} of {name}", ANALYST)
    district.once(
        "certificate",
        lambda author: certify_figures(ledger, author, PILOT, SUPERINTENDENT, "Complete, as far as I know."),
        f"{SUPERINTENDENT} of {name}",
        SUPERINTENDENT,
    )
    state.once(
        f"figures of {name}", lambda author: receive_figures(state.ledger, author, figures_document(ledger, PILOT))
    )
