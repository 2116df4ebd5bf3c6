"""What carries a pilot out, and what reaches beyond it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.jurisdiction import Binding, Selector
from ledger.domain.pilot_terms import PilotTerms, meant, outside, terms
from tests.domain.pilots import CEDAR, NORTH, PINE, STATE, adopted, pilot, scope

FINISHING = {"exit_rule": "finish-under-pilot", "exit_by": "2027-12-31"}


def test_a_district_adopts_for_all_its_learners() -> None:
    """Where a whole district takes part, it adopts from its own first day to the end, for everybody."""
    assert (PilotTerms("2027-01-04", "2027-06-30", None, None),) == terms(pilot(), CEDAR, "competency")
    assert () == terms(pilot(), "us-xx/oak", "competency")


def test_a_state_adopts_once_for_each_first_day() -> None:
    """Above the organisations there is one adoption for each day on which some begin, naming them."""
    found = terms(pilot(scope=scope(PINE, "us-xx/oak", (CEDAR, "2027-01-04"))), STATE, "competency")

    assert (
        PilotTerms("2026-08-01", "2027-06-30", Binding(organisations=("us-xx/oak", PINE)), None),
        PilotTerms("2027-01-04", "2027-06-30", Binding(organisations=(CEDAR,)), None),
    ) == found


def test_a_school_that_begins_sooner_has_its_own_adoption() -> None:
    """A district that takes part as a whole, one of its schools sooner, adopts twice."""
    found = terms(pilot(scope=scope((PINE, "2027-01-04"), NORTH)), PINE, "competency")

    assert (
        PilotTerms("2026-08-01", "2027-06-30", Binding(organisations=(NORTH,)), None),
        PilotTerms("2027-01-04", "2027-06-30", None, None),
    ) == found


def test_who_has_begun_is_bound_by_an_adoption_of_its_own() -> None:
    """From the day after the end, those whose first evidence came by the end stay bound, to the day to finish by."""
    found = terms(pilot(**FINISHING), PINE, "competency")

    assert PilotTerms("2027-07-01", "2027-12-31", Binding(clock="evidence", until="2027-06-30"), None) == found[-1]


def test_courses_are_finished_by_their_beginning() -> None:
    """Of a course, and of competencies in a course, it counts when the course began."""
    narrow = pilot(**FINISHING, scope=scope(PINE, grades=("9",), courses=("ALG",)))
    by_course = Binding(clock="course", until="2027-06-30", grades=("9",))

    assert (
        PilotTerms("2026-08-01", "2027-06-30", Binding(grades=("9",)), ("ALG",)),
        PilotTerms("2027-07-01", "2027-12-31", by_course, ("ALG",)),
    ) == terms(narrow, PINE, "course")
    assert Binding(clock="course", until="2027-06-30", grades=("9",), courses=("ALG",)) == (
        terms(narrow, PINE, "competency")[-1].binding
    )


def test_nobody_is_in_the_middle_of_a_diploma() -> None:
    """For a question about the learner as a whole, the pilot's rule ends with the pilot."""
    assert 1 == len(terms(pilot(**FINISHING), PINE, "learner"))


@given(
    st.sampled_from([STATE, PINE, CEDAR, NORTH]),
    st.sampled_from(["competency", "course", "learner"]),
    st.sampled_from([{}, FINISHING, {"exit_rule": "finish-under-pilot"}]),
    st.sampled_from([None, ("ALG",)]),
    st.sampled_from([None, ("9",)]),
)
def test_the_terms_of_a_pilot_lie_within_it(
    jurisdiction: str, kind: Any, ends: dict[str, Any], courses: tuple[str, ...] | None, grades: tuple[str, ...] | None
) -> None:
    """Whatever `terms` says may be adopted, `outside` finds nothing wrong with, whoever adopts what."""
    found = pilot(**ends, scope=scope(PINE, (CEDAR, "2027-01-04"), courses=courses, grades=grades))
    wrong = [
        sentence
        for one in terms(found, jurisdiction, kind)
        for sentence in outside(
            found,
            meant(
                adopted(
                    jurisdiction=jurisdiction,
                    selector=Selector(kind=kind, ids=one.subjects),
                    first_day=one.first_day,
                    last_day=one.last_day,
                    binding=one.binding,
                )
            ),
        )
    ]

    assert [] == wrong


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"question": "CREDIT", "award": "course"},
            ("pilot", "the pilot 'Two kinds of task' is about MASTERY (standard), not about CREDIT (course)"),
        ),
        (
            {"jurisdiction": "us-xx/oak"},
            (
                "pilot",
                "us-xx/oak takes no part in the pilot 'Two kinds of task'; those who do are us-xx/pine, us-xx/cedar",
            ),
        ),
        (
            {"jurisdiction": STATE},
            ("pilot", "us-xx takes no part in the pilot 'Two kinds of task'; those who do are us-xx/pine, us-xx/cedar"),
        ),
        (
            {"jurisdiction": CEDAR},
            ("from", "us-xx/cedar is in the pilot from 2027-01-04, and this binds from 2026-08-01"),
        ),
        (
            {"last_day": "2027-07-01"},
            ("until", "the pilot 'Two kinds of task' lets this bind until 2027-06-30, and it binds until 2027-07-01"),
        ),
        (
            {"last_day": None},
            (
                "until",
                "the pilot 'Two kinds of task' lets this bind until 2027-06-30, and it binds until further notice",
            ),
        ),
    ],
)
def test_each_way_beyond_a_pilot_is_a_sentence(changes: dict[str, Any], said: tuple[str, str]) -> None:
    """Another question, people who take no part, days before or after: each is told, and nothing else."""
    assert (said,) == outside(pilot(), meant(adopted(**changes)))


def test_other_grades_and_courses_are_beyond_it() -> None:
    """Where the pilot names grades and courses, an adoption names no others, and not all."""
    narrow = pilot(scope=scope(PINE, grades=("3", "4"), courses=("ALG",)))
    wider = adopted(binding={"grades": ("4", "5"), "courses": ("ALG", "GEO")})

    assert (
        ("grades", "the pilot is for grades 3, 4, and this binds 5"),
        ("courses", "the pilot is for the courses ALG, and this binds GEO"),
    ) == outside(narrow, meant(wider))
    assert (
        ("grades", "the pilot is for grades 3, 4, and this binds all"),
        ("courses", "the pilot is for the courses ALG, and this binds all"),
    ) == outside(narrow, meant(adopted()))


@pytest.mark.parametrize(
    ("binding", "last_day", "within"),
    [
        ({"clock": "evidence", "until": "2027-06-30"}, "2027-12-31", True),
        ({"clock": "evidence", "until": "2027-06-30"}, "2028-01-01", False),
        ({"clock": "evidence", "until": "2027-07-01"}, "2027-12-31", False),
        ({"clock": "evidence", "since": "2027-01-01"}, "2027-12-31", False),
        ({"clock": "decision"}, "2027-12-31", False),
    ],
)
def test_only_who_has_begun_is_bound_after_the_end(binding: dict[str, Any], last_day: str, within: bool) -> None:
    """An adoption reaches beyond the last day only for those who began by then, and to the day to finish by."""
    found = outside(pilot(**FINISHING), meant(adopted(binding=binding, last_day=last_day)))

    assert within == (found == ())


def test_after_an_early_end_an_adoption_reaches_beyond() -> None:
    """What lay within a pilot reaches beyond it once the pilot has ended sooner."""
    ended = pilot()
    ended.last_day = "2027-01-15"

    assert ["until"] == [where for where, _ in outside(ended, meant(adopted()))]
