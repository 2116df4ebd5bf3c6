"""Opening, extending and ending a pilot, and what is adopted under it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.application.adopting import Adoption
from ledger.application.governing import pull_upstream
from ledger.application.piloting import end_pilot, extend_pilot, open_pilot, pilot_named
from ledger.application.records import folded_record
from ledger.application.under_pilot import adopted_under, pilot_refusals, reaching_beyond, waived_by
from ledger.audit.replay import Replay
from ledger.cli.pilot_text import pilot_lines
from ledger.domain.jurisdiction import AdoptionEnded, BoundSet, Selector
from ledger.domain.pilot_terms import terms
from ledger.domain.pilots import Participant, Scope, Waiver
from ledger.inquiry.pilots import FiguresStanding, ParticipantView, pilot_view, pilot_views
from tests.pilots.places import CEDAR, FIRST, LAST, PINE, STATE, TITLE, Places, Work, opening, places, recorded
from tests.pilots.test_certifying import handed_over
from tests.support.ledgers import AUTHORITY, LONG_AGO, adopted, author, catalogue

LAW = Waiver(citation="Statute 1", sentence="The board may set a rule aside for a pilot.")

BEYOND = "the pilot 'One kind of task' lets this bind until 2026-06-30, and it binds until 2026-12-31"


@pytest.fixture
def there(tmp_path: Path) -> Places:
    """The state and its districts."""
    return places(tmp_path)


def bound(there: Places) -> int:
    """Let the state ask for two kinds of task at least, whatever a district adopts; return the position."""
    adopted_there = there.state.governance().adoptions[0].payload
    payload = BoundSet(
        jurisdiction=STATE,
        side="floor",
        question="MASTERY",
        award="standard",
        selector=Selector(kind="competency"),
        policy=adopted_there.policy,
        edition=adopted_there.edition,
        digest=adopted_there.digest,
        overrides=(),
        first_day="2020-01-01",
        last_day=None,
        authority=AUTHORITY,
        reason="No mastery by one kind of task",
    )
    return there.state.write(author(there.state), f"jurisdiction/{STATE}", [payload]).last


def adoption(jurisdiction: str = PINE, first_day: date = FIRST, last_day: date | None = LAST, **more: Any) -> Adoption:
    """Describe an adoption of mastery under the pilot."""
    policy = catalogue().find("competency-based/mastery", LONG_AGO)
    return Adoption(policy, jurisdiction, first_day, AUTHORITY, "pilot", last_day=last_day, **{"pilot": TITLE, **more})


def test_a_pilot_is_known_below_as_it_was_opened(there: Places) -> None:
    """What the state opened, a district knows from its receipt on, with the same id, days and place."""
    identity = there.open()
    above, below = (pilot_named(ledger.governance(), identity) for ledger in (there.state, there.pine))

    assert (above.opened, above.position) == (below.opened, below.position)
    assert (None, "ledger.test/state") == (above.upstream, below.upstream)


def test_a_pilot_is_opened_once(there: Places) -> None:
    """A command repeated with its id opens no second pilot."""
    who = author(there.state, "once")
    first, again = (open_pilot(there.state, who, opening()) for _ in range(2))

    assert (first.last, True, 1) == (again.last, again.repeated, len(there.state.governance().pilots))


def test_a_waived_bound_does_not_hold_under_the_pilot(there: Places) -> None:
    """The bounds named are waived for what is adopted under the pilot, there and below, and no others are."""
    positions = [bound(there), bound(there)]
    there.open(waiver=LAW, waives=(positions[0],))
    found = {
        ledger.jurisdiction: [waived_by(ledger.governance(), TITLE, one) for one in ledger.governance().bounds]
        for ledger in (there.state, there.pine)
    }

    assert {STATE: [True, False], PINE: [True, False]} == found
    assert not waived_by(there.pine.governance(), None, there.pine.governance().bounds[0])
    assert not waived_by(there.pine.governance(), "another", there.pine.governance().bounds[0])


def test_an_adoption_under_a_pilot_keeps_within_it(there: Places) -> None:
    """Within the pilot nothing is said; beyond it each way is; of an unknown pilot that it is not known."""
    there.open()
    governance = there.pine.governance()

    assert [] == list(pilot_refusals(governance, adoption()))
    assert [] == list(pilot_refusals(governance, adoption(last_day=None, pilot=None)))
    assert ["from", "until"] == [
        where for where, _ in pilot_refusals(governance, adoption(first_day=date(2026, 1, 4), last_day=None))
    ]
    assert [("pilot", "no pilot 'Another' is known here; `mastery pilots list` names those that are")] == list(
        pilot_refusals(governance, adoption(pilot="Another"))
    )


def test_a_pilot_is_extended_and_ended(there: Places) -> None:
    """The last word holds; the day to finish by stays unless another is given."""
    there.open(exit_rule="finish-under-pilot", exit_by=date(2027, 12, 31))
    more = {"authority": AUTHORITY, "reason": "more is to be learned"}
    extend_pilot(there.state, author(there.state), TITLE, date(2027, 6, 30), exit_by=None, **more)
    after_one = pilot_view(there.state, TITLE)
    extend_pilot(there.state, author(there.state), TITLE, date(2027, 7, 31), exit_by=date(2028, 6, 30), **more)
    end_pilot(there.state, author(there.state), TITLE, date(2026, 6, 15), **more)
    there.pull()
    now = pilot_view(there.pine, TITLE)

    assert ("2027-06-30", "2027-12-31", False) == (after_one.last_day, after_one.exit_by, after_one.ended_early)
    assert ("2026-06-15", "2028-06-30", True) == (now.last_day, now.exit_by, now.ended_early)


def test_after_an_early_end_each_adoption_that_reaches_beyond_is_named(there: Places) -> None:
    """It is named until it is ended itself; one that was ended before it began never was in the way."""
    identity = there.open()
    adopted(there.pine, "competency-based/mastery", FIRST, pilot=identity, last_day=LAST)
    adopted(there.pine, "competency-based/mastery", date(2026, 9, 1), pilot=identity, last_day=LAST)
    before = list(reaching_beyond(there.pine.governance(), pilot_named(there.pine.governance(), TITLE)))
    end_pilot(there.state, author(there.state), TITLE, date(2026, 6, 30), authority=AUTHORITY, reason="enough")
    there.pull()
    pilot = pilot_named(there.pine.governance(), TITLE)
    after = list(reaching_beyond(there.pine.governance(), pilot))
    for placed in adopted_under(there.pine.governance(), pilot):
        ended = AdoptionEnded(
            jurisdiction=PINE, adoption=placed.position, last_day="2026-06-30", authority=AUTHORITY, reason="over"
        )
        there.pine.write(author(there.pine), f"jurisdiction/{PINE}", [ended])

    assert [] == before
    assert [BEYOND, BEYOND] == [sentence for _, sentence in after]
    assert [] == list(reaching_beyond(there.pine.governance(), pilot))
    assert ["2026-06-30"] * 2 == [one.last_day for one in pilot_view(there.pine, TITLE).adoptions]


def test_an_adoption_under_a_pilot_is_written_for_people(there: Places) -> None:
    """Shown with a pilot are the adoptions made under it, each with a line for each way in which it reaches beyond."""
    identity = there.open()
    adopted(there.pine, "competency-based/mastery", FIRST, pilot=identity, last_day=LAST)
    end_pilot(there.state, author(there.state), TITLE, date(2026, 6, 30), authority=AUTHORITY, reason="enough")
    there.pull()
    lines = list(pilot_lines(pilot_view(there.pine, TITLE)))
    position = there.pine.governance().adoptions[-1].position

    assert [
        "  whoever is in the middle at the end returns to the ordinary rule; what was decided stands",
        "  to adopt under it here: 2026-01-05 to 2026-06-30, binding everybody",
        f"  adopted at position {position}: us-xx/pine, competency-based/mastery@2000-01-01, 2026-01-05 to 2026-12-31",
        f"    reaches beyond it: {BEYOND}",
    ] == lines[-4:]


def test_what_was_decided_under_a_pilot_stands_and_replays(there: Places) -> None:
    """After the pilot the ordinary rule says no, and what was met under it stays met and replays as identical."""
    identity = there.open(last_day=date(2026, 6, 30), scope=Scope(organisations=(Participant(organisation=CEDAR),)))
    adopted(
        there.cedar,
        "competency-based/mastery",
        FIRST,
        overrides={"kinds": "1"},
        pilot=identity,
        last_day=date(2026, 6, 30),
    )
    learner = recorded(there.cedar, "C-1", [Work("a", "c0", 3, "task", "a", FIRST)])
    there.clock.instant = "2026-07-02T17:00:00.000000Z"
    recorded(there.cedar, "C-1", [Work("b", "c0", 3, "task", "b", date(2026, 7, 1))])
    later = recorded(there.cedar, "C-2", [Work("c", "c0", 3, "task", "c", date(2026, 7, 1))])
    verdicts = {one.verdict.value for one in Replay(there.cedar.log).replay([learner, later])}
    record = {
        name: [
            event.data.outcome for event in there.cedar.log.stream(f"learner/{name}") if hasattr(event.data, "outcome")
        ]
        for name in (learner, later)
    }

    assert {learner: ["met"], later: ["not_yet"]} == record
    assert {"identical"} == verdicts


def test_a_pilot_is_shown_with_all_that_came_of_it(there: Places) -> None:
    """The view says where the pilot stands, who takes part from when, what to adopt, and whose figures are missing."""
    there.open()
    (view,) = pilot_views(there.state)
    (below,) = pilot_views(there.cedar)

    assert (TITLE, "under way", None) == (view.title, view.status, view.upstream)
    assert (ParticipantView(PINE, "2026-01-05"),) == view.participants
    assert [(PINE,)] == [one.binding.organisations for one in view.terms if one.binding]
    assert (FiguresStanding(PINE, "not submitted"),) == view.figures
    assert ((), ()) == (below.terms, below.figures)


@pytest.mark.parametrize(
    ("instant", "status"),
    [("2026-01-04T17:00:00Z", "to come"), ("2026-12-31T17:00:00Z", "under way"), ("2027-01-02T17:00:00Z", "over")],
)
def test_a_pilot_is_to_come_under_way_and_over(there: Places, instant: str, status: str) -> None:
    """On its first and last day it is under way, in the zone of the ledger."""
    there.open()
    there.clock.instant = instant

    assert status == pilot_view(there.state, TITLE).status


def test_what_a_district_hands_over_is_passed_on_to_nobody(there: Places) -> None:
    """A pilot is received below; that figures of another district arrived above is not."""
    there.open()
    before = there.cedar.governance().position
    handed_over(there)
    received = pull_upstream(there.cedar, author(there.cedar), there.state)

    assert (0, before) == (received, there.cedar.governance().position)


@pytest.mark.parametrize(
    ("exit_rule", "kept"), [("finish-under-pilot", "met"), ("return-at-end", "not_yet")], ids=["finish", "return"]
)
def test_the_terms_of_a_pilot_carry_out_its_exit_rule(there: Places, exit_rule: str, kept: str) -> None:
    """After the end, who began by then is decided by the pilot's rule or not, as it says; who begins later is not."""
    identity = there.open(
        exit_rule=exit_rule,
        last_day=date(2026, 6, 30),
        scope=Scope(organisations=(Participant(organisation=CEDAR),)),
    )
    for one in terms(pilot_named(there.cedar.governance(), identity), CEDAR, "competency"):
        adopted(
            there.cedar,
            "competency-based/mastery",
            date.fromisoformat(one.first_day),
            overrides={"kinds": "1"},
            pilot=identity,
            last_day=date.fromisoformat(one.last_day) if one.last_day else None,
            binding=one.binding,
        )
    begun = recorded(there.cedar, "C-1", [Work("a", "c0", 1, "task", "a", FIRST)])
    there.clock.instant = "2026-07-02T17:00:00.000000Z"
    recorded(there.cedar, "C-1", [Work("b", "c0", 3, "task", "b", date(2026, 7, 1))])
    later = recorded(there.cedar, "C-2", [Work("c", "c0", 3, "task", "c", date(2026, 7, 1))])
    standing = {
        name: record.outcome
        for name in (begun, later)
        if (record := folded_record(there.cedar, f"learner/{name}").standing("MASTERY", "competency/c0", "standard"))
    }

    assert {begun: kept, later: "not_yet"} == standing
