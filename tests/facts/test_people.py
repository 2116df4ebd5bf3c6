"""What a record knows of cohorts, support, panels and choices, as of a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from ledger.domain.shapes import Assessor, Subject
from ledger.facts.items import SupportItem, items_of
from ledger.policy import ABSENT, UNKNOWN, FactType, FieldIs, Reads
from tests.facts.support import (
    COMPETENCY,
    COURSE,
    LEARNER,
    OTHER,
    Store,
    approval,
    backing_of,
    chosen,
    cohort,
    fact,
    offered,
    provided,
    record_of,
    shown,
    value_of,
    voted,
)

YES, NO, AWAY, NEITHER = ("teacher", "yes"), ("teacher", "no"), ("expert", "absent"), ("expert", "abstained")
CLASS = fact("cohort.1", FactType.INTEGER, reads=Reads.COHORT, arguments=(("clock", "class"),), when_none=UNKNOWN)
ENTRY = fact("cohort.1", FactType.DATE, reads=Reads.COHORT, arguments=(("clock", "class"),), when_none=ABSENT)
RESULT = fact("panel_result.1", FactType.CHOICE, reads=Reads.PANEL, arguments=(("body", "b"),))
DAY = fact("panel_day.1", FactType.DATE, reads=Reads.PANEL, arguments=(("body", "b"),))
CHOSEN = fact("choice.1", FactType.CHOICE, reads=Reads.CHOICE, arguments=(("choice", "c"),))
CHOICES = fact(
    "choices.1",
    FactType.LIST,
    reads=Reads.CHOICE,
    arguments=(("choice", "c"),),
    when_none=(),
    members=(fact("item.id", FactType.TEXT, name="option"),),
)
SUPPORT = {"reads": Reads.SUPPORT, "measure": "presence"}


def votes_of(*arguments: tuple[str, Any]) -> Any:
    """Define a count of the members of a vote."""
    return fact("panel_votes.1", FactType.INTEGER, reads=Reads.PANEL, arguments=(("body", "b"), *arguments))


def chose(option: str) -> Any:
    """Define whether an option was chosen."""
    arguments = (("choice", "c"), ("option", option))
    return fact("chose.1", FactType.BOOLEAN, reads=Reads.CHOICE, arguments=arguments, when_none=UNKNOWN)


@pytest.mark.parametrize(
    ("settings", "year", "day"),
    [
        pytest.param([], UNKNOWN, ABSENT, id="never set"),
        pytest.param([cohort("other", 2027)], UNKNOWN, ABSENT, id="another clock"),
        pytest.param([cohort("class", 2027)], 2027, UNKNOWN, id="a year"),
        pytest.param([cohort("class", day="2024-08-19")], 2024, date(2024, 8, 19), id="a day"),
        pytest.param([cohort("class", 2028), cohort("class", 2027), cohort("other", 2030)], 2027, UNKNOWN, id="twice"),
    ],
)
def test_the_last_setting_of_a_cohort_clock_holds(settings: list[Any], year: Any, day: Any) -> None:
    """A cohort is the year or the day set last; a year alone is no day, and a day has a year."""
    record = record_of(*settings)

    assert (value_of(record, CLASS), value_of(record, ENTRY)) == (year, day)


def test_the_setting_of_a_cohort_stands_behind_it() -> None:
    """A cohort names the event that set it."""
    record = record_of(cohort("class", 2028), cohort("class", 2027), shown("a", "3"))

    assert backing_of(record, CLASS).versions == (2,)


def test_support_counts_by_stage_and_kind() -> None:
    """What was offered and what was provided are told apart, and so are kinds of support."""
    record = record_of(offered("tutoring", "2026-01-05"), provided("tutoring", "2026-01-09"), offered("summer", None))
    counted = fact("count.1", FactType.INTEGER, where=(FieldIs("stage", "offered"),), **SUPPORT)
    kinds = fact("distinct.1", FactType.INTEGER, arguments=(("field", "kind"),), **SUPPORT)
    stages = fact("distinct.1", FactType.INTEGER, arguments=(("field", "stage"),), **SUPPORT)

    assert [value_of(record, each) for each in (counted, kinds, stages)] == [2, 2, 2]
    assert backing_of(record, counted).versions == (3, 1)


@pytest.mark.parametrize(
    ("method", "kind", "arguments", "value"),
    [
        ("first_date.1", FactType.DATE, (), date(2026, 1, 5)),
        ("last_date.1", FactType.DATE, (), date(2026, 1, 9)),
        ("exists_after.1", FactType.BOOLEAN, (("after", date(2026, 1, 8)),), True),
        ("exists_after.1", FactType.BOOLEAN, (("after", date(2026, 1, 9)),), False),
    ],
)
def test_support_has_days(method: str, kind: FactType, arguments: tuple[Any, ...], value: Any) -> None:
    """The day of support is when it occurred, in whatever order it was recorded."""
    record = record_of(provided("tutoring", "2026-01-09"), offered("tutoring", "2026-01-05T10:00"), offered("x", None))

    assert value_of(record, fact(method, kind, arguments=arguments, **SUPPORT)) == value


def test_support_is_listed_with_its_stage_and_hours() -> None:
    """The members of a list of support carry stage, organisation and hours; support offered has no hours."""
    members = (
        fact("item.stage", FactType.CHOICE, name="stage"),
        fact("item.organisation", FactType.TEXT, name="organisation"),
        fact("item.value", name="hours"),
    )
    record = record_of(
        offered("tutoring", "2026-01-05"),
        provided("tutoring", "2026-01-06", hours="1.5", by=Assessor(organisation="school-4")),
    )
    listed = fact("items.1", FactType.LIST, members=members, **SUPPORT)

    assert value_of(record, listed) == (
        {"stage": "offered", "organisation": ABSENT, "hours": ABSENT},
        {"stage": "provided", "organisation": "school-4", "hours": 3 / 2},
    )


def test_hours_of_support_are_exact() -> None:
    """Hours are the exact value of their decimal."""
    (item,) = items_of(provided("tutoring", None, hours="0.1"), 1, 1, COMPETENCY.key)

    assert isinstance(item, SupportItem)
    assert item.value == (1, 10)


def test_support_of_the_learner_is_filed_under_the_learner() -> None:
    """Support that names no subject is an item of the learner's own subject and of no other."""
    record = record_of(provided("tutoring", None, subject=None))
    counted = fact("count.1", FactType.INTEGER, when_none=0, **SUPPORT)

    assert [value_of(record, counted, subject=key) for key in (f"learner/{LEARNER}", COMPETENCY.key)] == [1, 0]


@pytest.mark.parametrize(
    ("votes", "result"),
    [
        pytest.param([], ABSENT, id="no vote"),
        pytest.param([voted("carried", "2026-06-02", [YES])], ABSENT, id="after the day"),
        pytest.param([voted("carried", "2026-06-01", [YES])], "carried", id="on the day"),
        pytest.param([voted("carried", "2026-01-05", [YES], OTHER)], ABSENT, id="another subject"),
        pytest.param([voted("carried", "2026-01-05", [YES], body="other")], ABSENT, id="another panel"),
        pytest.param(
            [voted("carried", "2026-01-06", [YES]), voted("sent_back", "2026-01-05", [NO], COMPETENCY)],
            "carried",
            id="the later day though recorded earlier",
        ),
        pytest.param(
            [voted("sent_back", "2026-01-05", [NO], COMPETENCY), voted("not_carried", "2026-01-05", [NO])],
            "not_carried",
            id="of one day the later recorded",
        ),
        pytest.param(
            [voted("carried", "2026-01-05", [YES]), voted("sent_back", None, [NO])], "carried", id="undated is oldest"
        ),
    ],
)
def test_the_last_vote_of_a_panel_is_read(votes: list[Any], result: Any) -> None:
    """Of the votes about the subject or the learner as a whole, dated by the day of decision, the last one counts."""
    assert value_of(record_of(*votes), RESULT) == result


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        pytest.param((), 5, id="every member by default"),
        pytest.param((("vote", "any"),), 5, id="any"),
        pytest.param((("vote", "cast"),), 4, id="cast"),
        pytest.param((("vote", "yes"),), 2, id="yes"),
        pytest.param((("vote", "no"),), 1, id="no"),
        pytest.param((("vote", "abstained"),), 1, id="abstained"),
        pytest.param((("role", "expert"),), 2, id="a role"),
        pytest.param((("vote", "cast"), ("role", "expert")), 1, id="cast by a role"),
        pytest.param((("vote", "yes"), ("role", "parent")), 0, id="nobody"),
    ],
)
def test_members_of_a_vote_are_counted(arguments: tuple[Any, ...], count: int) -> None:
    """Members count by vote and role, in the last vote alone."""
    record = record_of(
        voted("carried", "2026-01-05", [YES] * 9), voted("sent_back", "2026-01-06", [YES, YES, NO, AWAY, NEITHER])
    )

    assert value_of(record, votes_of(*arguments)) == count
    assert backing_of(record, votes_of(*arguments)).versions == (2,)


def test_a_vote_has_a_day_where_it_is_dated() -> None:
    """The day of the last vote is a date, not known where the vote is undated."""
    dated, undated = voted("carried", "2026-01-05T10:00", [YES]), voted("carried", None, [YES])

    assert [value_of(record_of(each), DAY) for each in (dated, undated)] == [date(2026, 1, 5), ABSENT]
    assert value_of(record_of(), votes_of()) is ABSENT


@pytest.mark.parametrize(
    ("choices", "first", "includes", "options"),
    [
        pytest.param([], ABSENT, UNKNOWN, [], id="none"),
        pytest.param([chosen("arts", "stem")], "arts", True, ["arts", "stem"], id="several"),
        pytest.param([chosen("arts")], "arts", False, ["arts"], id="another option"),
        pytest.param([chosen("stem"), chosen("arts")], "arts", False, ["arts"], id="replaced"),
        pytest.param([chosen("stem"), chosen()], ABSENT, UNKNOWN, [], id="withdrawn"),
        pytest.param([chosen(), chosen("stem")], "stem", True, ["stem"], id="chosen again"),
        pytest.param([chosen("stem", occurred="2026-06-02")], ABSENT, UNKNOWN, [], id="after the day"),
        pytest.param([chosen("stem", subject=OTHER)], ABSENT, UNKNOWN, [], id="another subject"),
        pytest.param([chosen("stem", choice="other")], ABSENT, UNKNOWN, [], id="another choice"),
        pytest.param(
            [chosen("stem", occurred="2026-01-06"), chosen("arts", occurred="2026-01-05", subject=COMPETENCY)],
            "stem",
            True,
            ["stem"],
            id="the later day",
        ),
    ],
)
def test_the_last_choice_is_read(choices: list[Any], first: Any, includes: Any, options: Sequence[str]) -> None:
    """The last choice of a code replaces those before it, and one without options withdraws it."""
    record = record_of(*choices)

    assert value_of(record, CHOSEN) == first
    assert value_of(record, chose("stem")) is includes
    assert value_of(record, CHOICES) == tuple({"option": option} for option in options)


def test_the_past_is_read_as_of_its_day() -> None:
    """A later vote or choice is not known on an earlier day of decision."""
    record = record_of(
        voted("sent_back", "2026-01-05", [NO]),
        chosen("arts", occurred="2026-01-05"),
        voted("carried", "2026-02-05", [YES]),
        chosen("stem", occurred="2026-02-05"),
    )
    days = [date(2026, 1, 4), date(2026, 1, 5), date(2026, 2, 5)]

    assert [value_of(record, RESULT, on=day) for day in days] == [ABSENT, "sent_back", "carried"]
    assert [value_of(record, CHOSEN, on=day) for day in days] == [ABSENT, "arts", "stem"]


def test_votes_and_choices_name_their_subjects() -> None:
    """What a panel voted on and what a choice was about are subjects of the record, and so is support."""
    requirement = Subject(kind="requirement", id="us-xx/portfolio")
    record = record_of(
        voted("carried", None, [YES], requirement), chosen("stem", subject=COURSE), offered("x", None, OTHER)
    )

    assert record.subjects == (OTHER.key, COURSE.key, f"learner/{LEARNER}", requirement.key)


def test_all_of_it_comes_back_from_a_snapshot() -> None:
    """Cohorts, votes, choices and support read from a snapshot equal those folded from the events."""
    stream = [
        cohort("class", 2027),
        cohort("entry", day="2024-08-19"),
        voted("carried", "2026-01-05", [YES, NEITHER], COMPETENCY),
        chosen("arts", "stem"),
        approval(True, None),
        provided("tutoring", "2026-01-05", hours="1.5"),
    ]
    store = Store()
    store.happen(*stream)
    opened, folded = store.record(), record_of(*stream)
    counted = fact("count.1", FactType.INTEGER, **SUPPORT)

    assert (opened.cohorts, opened.panels, opened.choices) == (folded.cohorts, folded.panels, folded.choices)
    assert opened.subjects == folded.subjects
    assert [value_of(opened, each) for each in (CLASS, RESULT, CHOSEN, counted)] == [2027, "carried", "arts", 1]
