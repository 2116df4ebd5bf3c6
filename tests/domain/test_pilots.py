"""Whom a pilot binds on which day, and how it ends."""

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.change_fold import Written
from ledger.domain.jurisdiction import Attestation
from ledger.domain.pilots import (
    FiguresCertified,
    FiguresReceived,
    FiguresSubmitted,
    PilotEnded,
    PilotExtended,
)
from tests.domain.pilots import BOARD, CEDAR, NORTH, PINE, STATE, folded, opened, pilot, scope

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31)).map(date.isoformat)
SCHOOLS = st.sampled_from((PINE, NORTH, CEDAR, f"{CEDAR}/south", STATE, "us-xx/pine-hill", "us-yy/pine", None))


@given(SCHOOLS, DAYS)
def test_each_organisation_begins_on_its_own_day(school: str | None, day: str) -> None:
    """A learner is in the pilot from the first day of the learner's organisation to the last day of all."""
    begins = {PINE: "2026-08-01", NORTH: "2026-08-01", CEDAR: "2027-01-04", f"{CEDAR}/south": "2027-01-04"}
    first_day = begins.get(school or "")

    assert first_day == pilot().first_day_of(school)
    assert (first_day is not None and first_day <= day <= "2027-06-30") == pilot().covers(school, "4", (), day)


def test_a_school_may_begin_after_its_district() -> None:
    """The nearest organisation named says when: a school within a district has its own day."""
    found = pilot(scope=scope(PINE, (NORTH, "2026-10-01")))

    assert ("2026-10-01", "2026-08-01") == (found.first_day_of(NORTH), found.first_day_of(f"{PINE}/south"))


@pytest.mark.parametrize(
    ("grade", "courses", "meant"),
    [("4", ("ALG", "GEO"), True), ("4", ("GEO",), False), ("5", ("ALG",), False), (None, ("ALG",), False)],
)
def test_a_pilot_may_be_for_some_grades_and_courses(grade: str | None, courses: tuple[str, ...], meant: bool) -> None:
    """Where grades or courses are named, a learner is of one of the grades and in one of the courses."""
    found = pilot(scope=scope(PINE, grades=("3", "4"), courses=("ALG",)))

    assert meant == found.covers(PINE, grade, courses, "2026-09-01")


@given(DAYS | st.none() | st.just(""), DAYS, st.sampled_from([None, "2027-12-31"]))
def test_who_has_begun_finishes_under_the_pilot(begun: str | None, day: str, exit_by: str | None) -> None:
    """After the end, who began by then is still under it, to the day to finish by; undated counts as the oldest."""
    found = pilot(exit_rule="finish-under-pilot", exit_by=exit_by)
    in_time = exit_by is None or day <= exit_by

    assert (day > "2027-06-30" and begun is not None and begun <= "2027-06-30" and in_time) == found.carries_on(
        begun, day
    )


@given(DAYS, DAYS)
def test_nobody_is_left_under_it_where_all_return(begun: str, day: str) -> None:
    """Where all return at the end, nobody carries on, whenever begun."""
    assert not pilot().carries_on(begun, day)


@given(
    st.lists(
        st.tuples(st.sampled_from(["extended", "ended"]), st.integers(0, 900), st.integers(0, 900) | st.none()),
        max_size=6,
    )
)
def test_the_last_word_about_the_end_holds(
    steps: list[tuple[Literal["extended", "ended"], int, int | None]],
) -> None:
    """Extended and ended in turn, a pilot lasts as the last event says; an end leaves the day to finish by alone."""
    events, last_day, exit_by, early = [], "2027-06-30", None, False
    for kind, days, more in steps:
        last_day = (date(2026, 8, 1) + timedelta(days)).isoformat()
        if kind == "extended":
            exit_by = None if more is None else (date(2029, 1, 1) + timedelta(more)).isoformat()
            events.append(
                PilotExtended(pilot=opened().pilot, last_day=last_day, exit_by=exit_by, authority=BOARD, reason="r")
            )
        else:
            events.append(PilotEnded(pilot=opened().pilot, last_day=last_day, authority=BOARD, reason="r"))
        early = kind == "ended"
    found = pilot(*events)

    assert (last_day, exit_by, early) == (found.last_day, found.exit_by, found.ended_early)
    assert events == found.steps


def test_a_waiver_is_of_the_bounds_of_its_own_ledger() -> None:
    """A bound is named by its position where it was set: a like number in another ledger is another bound."""
    (here,) = folded(opened(waives=(7,)))
    (below,) = folded(opened(waives=(7,)), upstream="ledger.test/state")

    assert [True, False, False] == [here.waives(7), here.waives(8), here.waives(7, "ledger.test/state")]
    assert [True, False, False] == [
        below.waives(7, "ledger.test/state"),
        below.waives(7),
        below.waives(7, "ledger.test/other"),
    ]


def test_a_pilot_is_found_by_title_or_beginning() -> None:
    """The title in any case, the id, or four characters of it that only one has."""
    other = opened(pilot="4f0dffff-0000-4000-8000-000000000002", title="Another")
    pilots = folded(opened(), other)

    assert 2 == len(pilots)
    assert [opened().pilot] * 3 == [
        found.id for name in ("two KINDS of task", "4f0d1", opened().pilot) if (found := pilots.find(name)) is not None
    ]
    assert [None, None, None] == [pilots.find("4f0d"), pilots.find("4f0"), pilots.find("Three kinds")]


def submitted(jurisdiction: str, position: int) -> FiguresSubmitted:
    """Describe figures of a jurisdiction."""
    return FiguresSubmitted(
        pilot=opened().pilot,
        jurisdiction=jurisdiction,
        origin=f"ledger.test/{jurisdiction}",
        position=position,
        on="2026-12-31",
        first_day="2026-08-01",
        last_day="2026-12-31",
        figures="{}",
        digest="d",
    )


def test_figures_wait_for_a_certificate() -> None:
    """The latest submission of a jurisdiction counts, and is certified by its own certificate alone."""
    attestation = Attestation(who="p-2", capacity="superintendent", day="2027-01-10", reason="complete")
    certified = FiguresCertified(
        pilot=opened().pilot, jurisdiction=PINE, submission=11, digest="d", attestation=attestation
    )
    found = pilot(submitted(PINE, 50), submitted(CEDAR, 70), certified, submitted(PINE, 60))
    latest = found.submission(PINE)
    certificate = found.certificate(11)

    assert latest is not None
    assert (14, 60, Written("p-1", None, "", 14)) == (latest[0], latest[1].figures.position, latest[1].written)
    assert certificate is not None
    assert (certified, 13) == (certificate.certified, certificate.position)
    assert [None, None] == [found.certificate(14), found.submission("us-xx/oak")]


def received(jurisdiction: str, position: int) -> FiguresReceived:
    """Describe figures as they arrived."""
    return FiguresReceived(
        pilot=opened().pilot, jurisdiction=jurisdiction, origin="o", position=position, digest="d", canonical="{}"
    )


def test_the_latest_figures_of_each_ledger_count() -> None:
    """Figures certified later replace those before, in whatever order they arrive."""
    found = pilot(received(PINE, 50), received(CEDAR, 9), received(PINE, 40))

    assert [(CEDAR, 9), (PINE, 50)] == [(one.jurisdiction, one.position) for one in found.latest_received()]


def test_what_is_not_about_a_known_pilot_is_passed_over() -> None:
    """Events of other kinds, and of a pilot nobody opened, leave the fold as it is."""
    ended = PilotEnded(pilot="unknown", last_day="2026-09-01", authority=BOARD, reason="r")

    assert [] == list(folded(ended, BOARD))  # type: ignore[arg-type]
