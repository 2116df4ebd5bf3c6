"""The two worked examples, row by row."""

from datetime import date
from typing import Any

import pytest

from ledger.policy import UNKNOWN
from ledger.policy.evaluate import decide
from tests.policy.examples import CHALLENGE, FOLIO

CHALLENGER = {
    "taken_on": date(2025, 2, 20),
    "course_begins": date(2025, 8, 20),
    "tries": 1,
    "local_score": 80,
    "enrolled": False,
    "credits_this_way": 0,
    "credit_sought": 100,
}
SPRING = date(2025, 3, 1)
ELIGIBLE = ("not-enrolled", "tries", "year-cap")
SHORT = (*ELIGIBLE, "local", "outside")


@pytest.mark.parametrize(
    ("on", "changed", "outcome", "decisive"),
    [
        pytest.param(
            SPRING,
            {},
            "met",
            (*ELIGIBLE, "in-time", "local"),
            id="first try at the cut",
        ),
        pytest.param(
            SPRING, {"local_score": 79}, "not_yet", (*ELIGIBLE, "in-time", "local", "outside"), id="below the cut"
        ),
        pytest.param(SPRING, {"local_score": 79, "tries": 2}, "denied", SHORT, id="no try is left"),
        pytest.param(SPRING, {"tries": 3, "local_score": 100}, "ineligible", ("tries",), id="third try"),
        pytest.param(SPRING, {"credits_this_way": 150}, "ineligible", ("year-cap",), id="over the year's cap"),
        pytest.param(
            SPRING, {"taken_on": date(2025, 8, 21)}, "denied", (*ELIGIBLE, "in-time"), id="after the course began"
        ),
        pytest.param(SPRING, {"enrolled": UNKNOWN}, "undetermined", ("enrolled",), id="enrolment unknown"),
        pytest.param(
            SPRING,
            {"local_score": UNKNOWN, "outside_score": 4},
            "met",
            (*ELIGIBLE, "in-time", "outside"),
            id="nothing unknown matters",
        ),
        pytest.param(
            date(2024, 6, 30), {}, "not_yet", (*ELIGIBLE, "in-time", "local", "outside"), id="85 was the cut then"
        ),
        pytest.param(date(2024, 7, 1), {}, "met", None, id="80 is the cut from the next day"),
        pytest.param(
            date(2022, 6, 30),
            {"local_score": 79, "outside_score": 5},
            "not_yet",
            (*ELIGIBLE, "in-time", "local", "outside"),
            id="the outside route was not in force",
        ),
        pytest.param(date(2022, 7, 1), {"local_score": 79, "outside_score": 5}, "met", None, id="and is from July"),
    ],
)
def test_a_challenge_comes_to(
    on: date, changed: dict[str, Any], outcome: str, decisive: tuple[str, ...] | None
) -> None:
    """Each row of the course challenge comes to its outcome and rests on its clauses."""
    finding = decide(CHALLENGE, CHALLENGER | changed, on)

    assert outcome == finding.outcome.value
    assert decisive in (None, finding.decisive)


def test_a_met_challenge_gives_credit_and_notation() -> None:
    """A met decision gives the credit sought and the notation; no other decision gives anything."""
    met = decide(CHALLENGE, CHALLENGER, SPRING)
    short = decide(CHALLENGE, CHALLENGER | {"local_score": 79}, SPRING)

    assert met.grants == (("credit", 100), ("notation", "CH"))
    assert short.grants == ()


def test_next_is_shown_while_a_step_is_open() -> None:
    """A learner who can still repair it is told the next step; one who cannot is told none."""
    open_step = decide(CHALLENGE, CHALLENGER | {"local_score": 79}, SPRING)
    closed = decide(CHALLENGE, CHALLENGER | {"local_score": 79, "tries": 2}, SPRING)

    assert (open_step.next, open_step.missing()) == (("retake",), ("local", "outside"))
    assert (closed.next, closed.missing()) == ((), ())


def item(kind: object, sound: object = True) -> dict[str, Any]:
    """Describe an item of a portfolio."""
    return {"item_kind": kind, "item_sound": sound}


ARTEFACT, PLACEMENT, RESIDENCY = item("artefact"), item("placement"), item("residency")
PORTFOLIO = {
    "graduating_class": 2028,
    "areas": ({"area": "writing", "area_level": 3}, {"area": "number", "area_level": 4}),
    "items": (ARTEFACT, PLACEMENT, PLACEMENT),
    "handed_in": True,
}
AREAS = ("area[writing]", "area[number]")
WHOLE = ("class", *AREAS, "items", "handed-in", "board")
BOARD = {"votes_cast": 4, "votes_against": 1}


@pytest.mark.parametrize(
    ("changed", "outcome", "decisive"),
    [
        pytest.param({}, "needs_panel", WHOLE, id="the board has not sat"),
        pytest.param(
            {"votes_cast": 3},
            "met",
            WHOLE,
            id="three votes, none against",
        ),
        pytest.param(BOARD, "denied", ("class", "board"), id="one vote against"),
        pytest.param(BOARD | {"asked_for_more": True}, "not_yet", ("class", "board"), id="sent back"),
        pytest.param({"items": (PLACEMENT,) * 3}, "not_yet", ("class", "items"), id="no studio"),
        pytest.param({"items": (RESIDENCY, PLACEMENT, PLACEMENT)}, "needs_panel", WHOLE, id="residency as studio"),
        pytest.param({"items": (ARTEFACT, *[PLACEMENT] * 3)}, "needs_panel", WHOLE, id="one placement too many"),
        pytest.param({"handed_in": False}, "not_yet", ("class", "handed-in"), id="not handed in"),
        pytest.param({"graduating_class": 2026}, "not_applicable", ("class",), id="class before the first"),
        pytest.param({"areas": ()}, "not_yet", ("class",), id="no areas"),
        pytest.param({"graduating_class": UNKNOWN}, "undetermined", ("graduating_class",), id="class unknown"),
    ],
)
def test_a_portfolio_comes_to(changed: dict[str, Any], outcome: str, decisive: tuple[str, ...]) -> None:
    """Each row of the portfolio diploma comes to its outcome and rests on its clauses."""
    finding = decide(FOLIO, PORTFOLIO | changed, SPRING)

    assert (outcome, decisive) == (finding.outcome.value, finding.decisive)


def test_a_class_brings_its_own_table() -> None:
    """Science is an area from the class of 2029 on; before, the option does not exist."""
    areas = ({"area": "science", "area_level": 4},)
    values = {
        year: decide(FOLIO, PORTFOLIO | {"areas": areas, "graduating_class": year}, SPRING).nodes()[1]
        for year in (2028, 2029)
    }

    assert {2028: "area[science]=not_yet", 2029: "area[science]=met"} == values


def test_only_open_facts_are_asked_for() -> None:
    """An undetermined portfolio asks for the facts under clauses that are still open, by member."""
    items = (ARTEFACT, PLACEMENT, item(UNKNOWN), item("placement", False))
    areas = ({"area": "writing", "area_level": 3}, {"area": "number", "area_level": UNKNOWN})
    finding = decide(FOLIO, PORTFOLIO | {"items": items, "areas": areas, "votes_cast": 3}, SPRING)

    assert finding.needs == ("area_level[number]", "item_kind[3]")
    assert finding.decisive == finding.needs
