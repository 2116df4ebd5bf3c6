"""Cohorts, support, votes and choices that cannot be."""

from pathlib import Path
from typing import Any

import pytest

from ledger.application.learning import record
from ledger.domain.learner import ChoiceMade, CohortSet, PanelMember, PanelVoted, SupportOffered, SupportProvided
from ledger.domain.shapes import Payload
from ledger.errors import UsageError
from tests.support.ledgers import author, opened


def cohort(year: int | None = None, day: str | None = None, clock: str = "class") -> CohortSet:
    """Set a cohort clock."""
    return CohortSet(clock=clock, year=year, day=day)


def vote(*members: tuple[str, Any], result: Any = "carried", **more: Any) -> PanelVoted:
    """Let a panel vote."""
    given = tuple(PanelMember(role=role, vote=word) for role, word in members)
    return PanelVoted(**{"body": "b", "subject": None, "occurred": None, **more}, result=result, members=given)


def choice(*options: str, code: str = "path", occurred: str | None = None) -> ChoiceMade:
    """Choose."""
    return ChoiceMade(choice=code, options=options, subject=None, occurred=occurred)


def hours(text: str) -> SupportProvided:
    """Provide some hours of support."""
    return SupportProvided(subject=None, kind="tutoring", occurred=None, hours=text)


NO_DAY = "occurred: 'soon' is not a date such as 2026-05-30 or 2026-05-30T14:05"


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        pytest.param(cohort(), "a cohort clock is set to a year or to a day, and to one of them only", id="neither"),
        pytest.param(
            cohort(2027, "2027-05-30"),
            "a cohort clock is set to a year or to a day, and to one of them only",
            id="both",
        ),
        pytest.param(cohort(1899), "year 1899 is not a calendar year from 1900 to 2200", id="before"),
        pytest.param(cohort(2201), "year 2201 is not a calendar year from 1900 to 2200", id="after"),
        pytest.param(cohort(day="1899-12-31"), "1899-12-31 is not in a year from 1900 to 2200", id="a day before"),
        pytest.param(cohort(day="2026-02-30"), "'2026-02-30' is not a day such as 2026-05-30", id="no such day"),
        pytest.param(cohort(day="20260230"), "'20260230' is not a day such as 2026-05-30", id="another form"),
        pytest.param(cohort(day="2026-05-30T10:00"), "'2026-05-30T10:00' is not a day such as 2026-05-30", id="a time"),
        pytest.param(cohort(2027, clock=" "), "clock is empty; name it by its code", id="no clock"),
        pytest.param(hours("1,5"), "'1,5' is not a number of hours such as 2 or 1.5", id="hours in another form"),
        pytest.param(hours("1.50"), "'1.50' is not a number of hours such as 2 or 1.5", id="hours not shortest"),
        pytest.param(hours("-1"), "'-1' is not a number of hours such as 2 or 1.5", id="hours below zero"),
        pytest.param(
            SupportOffered(subject=None, kind="", occurred=None), "kind is empty; name it by its code", id="no kind"
        ),
        pytest.param(SupportOffered(subject=None, kind="k", occurred="soon"), NO_DAY, id="support without day"),
        pytest.param(vote(), "a panel has at least one member: say who voted, and how", id="nobody voted"),
        pytest.param(
            vote(("teacher", "maybe")),
            "vote of the teacher: 'maybe' is not one of yes, no, abstained, absent",
            id="no such vote",
        ),
        pytest.param(
            vote(("teacher", "yes"), result="tied"),
            "result: 'tied' is not one of carried, not_carried, sent_back",
            id="no such result",
        ),
        pytest.param(vote(("", "yes")), "role is empty; name it by its code", id="no role"),
        pytest.param(vote(("teacher", "yes"), body=""), "body is empty; name it by its code", id="no body"),
        pytest.param(vote(("teacher", "yes"), occurred="soon"), NO_DAY, id="vote without day"),
        pytest.param(choice("stem", code=""), "choice is empty; name it by its code", id="no choice"),
        pytest.param(choice(""), "option is empty; name it by its code", id="no option"),
        pytest.param(choice("stem", "arts", "stem"), "the option 'stem' is chosen twice", id="an option twice"),
        pytest.param(choice("stem", occurred="soon"), NO_DAY, id="choice without day"),
    ],
)
def test_what_cannot_be_is_not_written(tmp_path: Path, payload: Payload, said: str) -> None:
    """A payload that cannot be is refused with a sentence, and nothing is stored."""
    ledger = opened(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    with pytest.raises(UsageError) as refused:
        record(ledger, author(ledger), learner, payload)

    assert said == str(refused.value)
    assert [] == list(ledger.log.stream(f"learner/{learner}"))


@pytest.mark.parametrize(
    "payload",
    [
        SupportOffered(subject=None, kind="k", occurred="2026-06-16"),
        SupportProvided(subject=None, kind="k", occurred="2026-06-16"),
        vote(("teacher", "yes"), occurred="2026-06-16"),
        choice("stem", occurred="2026-06-16"),
    ],
)
def test_what_has_not_happened_is_not_written(tmp_path: Path, payload: Payload) -> None:
    """Support, votes and choices of tomorrow are refused."""
    ledger = opened(tmp_path)
    with pytest.raises(UsageError) as refused:
        record(ledger, author(ledger), ledger.vault.learner_id("S-1"), payload)

    assert "occurred 2026-06-16 is in the future; today is 2026-06-15 in this ledger's zone" == str(refused.value)


def test_a_cohort_may_lie_ahead(tmp_path: Path) -> None:
    """The class and the day of a cohort may be to come."""
    ledger = opened(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    for payload in (cohort(2030), cohort(day="2030-05-30")):
        record(ledger, author(ledger), learner, payload)

    assert 2 == len(list(ledger.log.stream(f"learner/{learner}")))
