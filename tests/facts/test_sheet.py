"""The sheet of a policy: values as the evaluator reads them, and what stands behind each."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.domain.framework import Band, Level, ScaleDefined
from ledger.domain.learner import FactSeen
from ledger.facts.bands import NO_SCALE, Levels, bands_of, levels_of
from ledger.facts.sheet import MOST_REMEMBERED, FactReader
from ledger.facts.surroundings import Surroundings
from ledger.policy import (
    ABSENT,
    UNKNOWN,
    AtLevel,
    Counted,
    FactDefinition,
    FactType,
    FieldIs,
    Order,
    Prepared,
    Reads,
    param,
    table,
)
from ledger.policy.canonical import value_from_text
from tests.facts.support import (
    COMPETENCY,
    COURSE,
    NOWHERE,
    OTHER,
    TODAY,
    decided,
    fact,
    policy_of,
    prepared,
    record_of,
    sheet_of,
    shown,
    status,
    value_of,
)

MASTERED = (
    fact("item.id", FactType.TEXT, name="standard"),
    fact("item.met", FactType.BOOLEAN, name="met", when_none=False),
    fact("item.outcome", FactType.CHOICE, name="outcome"),
)
DECIDED = {"reads": Reads.DECISION, "members": MASTERED}


def test_every_fact_is_seen_with_its_canonical_value_and_versions() -> None:
    """A decision's event can hold each fact as text from which the value comes back."""
    record = record_of(shown("a", "2.5", "2026-01-05"), shown("b", "3", "2026-01-06"))
    sheet = sheet_of(
        record,
        fact("latest.1", name="latest"),
        fact("count.1", FactType.INTEGER, name="count"),
        fact("today.1", FactType.DATE, name="today", reads=Reads.CALENDAR),
        fact("sum.1", name="percent", measure="percent"),
    )

    assert sheet.values == {"latest": Fraction(3), "count": 2, "today": TODAY, "percent": ABSENT}
    assert sheet.seen == (
        FactSeen(name="latest", value='{"fraction":[3,1]}', versions=(2,), count=1),
        FactSeen(name="count", value="2", versions=(1, 2), count=2),
        FactSeen(name="today", value='{"date":"2026-06-01"}'),
        FactSeen(name="percent", value="null"),
    )
    assert [value_from_text(seen.value) for seen in sheet.seen] == list(sheet.values.values())


def test_a_list_has_a_sub_sheet_for_each_item() -> None:
    """Members carry their place, day, instrument, numbers, crowding and status, each with its own when_none."""
    crowding = (("months", 3), ("same", "instrument"))
    code = (("code", "us-tx/homeless"),)
    members = (
        fact("item.ordinal", FactType.INTEGER, name="ordinal"),
        fact("item.occurred", FactType.DATE, name="taken_on", when_none=UNKNOWN),
        fact("item.instrument", FactType.TEXT, name="examination"),
        fact("item.value", name="score"),
        fact("item.percent", name="percent"),
        fact("item.passed", FactType.BOOLEAN, name="passed"),
        fact("item.earlier_in_window", FactType.INTEGER, name="crowd", arguments=crowding),
        fact("item.status", FactType.BOOLEAN, name="homeless", arguments=code, when_none=UNKNOWN),
    )
    sittings = fact(
        "items.1",
        FactType.LIST,
        measure="presence",
        where=(FieldIs("kind", "exam"),),
        members=members,
        when_none=(),
    )
    record = record_of(
        status("us-tx/homeless", first="2026-02-01", last="2026-02-28"),
        status("us-tx/homeless", False, last="2026-01-31"),
        shown("a", score=("62", "0", "80"), occurred="2026-02-10T09:00", kind="exam", instrument="clep"),
        shown("b", "3", "2026-01-10", kind="exam", instrument="clep"),
        shown("c", passed=True, kind="exam"),
        shown("d", "4", "2026-03-10"),
    )
    names = [member.name for member in members]
    rows = [
        (1, UNKNOWN, ABSENT, ABSENT, ABSENT, True, UNKNOWN, UNKNOWN),
        (2, date(2026, 1, 10), "clep", Fraction(3), ABSENT, ABSENT, 0, False),
        (3, date(2026, 2, 10), "clep", Fraction(62), Fraction(155, 2), ABSENT, 1, True),
    ]

    assert value_of(record, sittings) == tuple(dict(zip(names, row, strict=True)) for row in rows)
    assert sheet_of(record, sittings).seen[0].versions == (5, 4, 3)
    assert value_of(record_of(), sittings) == ()


def test_prerequisites_are_listed_with_their_decisions() -> None:
    """Each competency that precedes the subject is a member, by id, met only where its decision says so."""
    record = record_of(
        decided("MASTERY", "met", subject=OTHER),
        decided("MASTERY", "undetermined", subject=COMPETENCY),
    )
    around = Surroundings(prerequisites=("ratio", "area", "count"))
    sheet = sheet_of(record, fact("prerequisites.1", FactType.LIST, **DECIDED), surroundings=around)

    assert sheet.values["it"] == (
        {"standard": "area", "met": True, "outcome": "met"},
        {"standard": "count", "met": False, "outcome": ABSENT},
        {"standard": "ratio", "met": UNKNOWN, "outcome": "undetermined"},
    )
    assert sheet.seen[0].versions == (1, 2)


def test_only_designations_of_the_kind_asked_for_are_listed() -> None:
    """A habit designated for a course moves nothing unless the fact names habits; each says its kind."""
    members = (
        FactDefinition("standard", "", "item.id", FactType.TEXT, Reads.DECISION),
        FactDefinition("kind", "", "item.designation", FactType.CHOICE, Reads.DECISION),
    )
    around = Surroundings(designated=("c1", "c2"), kinds={"c1": "academic", "c2": "habit"})

    def listed(*kind: tuple[str, str]) -> Any:
        definition = fact(
            "designated.1", FactType.LIST, reads=Reads.DECISION, when_none=UNKNOWN, arguments=kind, members=members
        )
        return value_of(record_of(), definition, subject=COURSE.key, surroundings=around)

    assert ({"standard": "c1", "kind": "academic"},) == listed()
    assert ({"standard": "c2", "kind": "habit"},) == listed(("kind", "habit"))
    assert 2 == len(listed(("kind", "any")))
    assert UNKNOWN is listed(("kind", "transferable"))


@pytest.mark.parametrize(
    ("designated", "value"),
    [
        pytest.param(None, UNKNOWN, id="nobody said"),
        pytest.param((), (), id="none"),
        pytest.param(("area",), ({"standard": "area", "met": True, "outcome": "met"},), id="one"),
    ],
)
def test_designated_standards_are_listed(designated: Any, value: Any) -> None:
    """Where nobody designated the standards of a course they are not known; an empty designation is empty."""
    record = record_of(decided("MASTERY", "met", subject=OTHER))
    definition = fact("designated.1", FactType.LIST, when_none=UNKNOWN, **DECIDED)

    assert value_of(record, definition, subject=COURSE.key, surroundings=Surroundings(designated=designated)) == value


SCALE = ScaleDefined(
    scale="s",
    title="Four levels",
    digest="d" * 64,
    levels=tuple(Level(label=label, value=value) for label, value in (("low", "1"), ("half", "2.5"), ("high", "3"))),
    bands=(
        Band(level="low", at_least="0", first_day="2020-01-01", last_day=None, cites="Board"),
        Band(level="half", at_least="62.5", first_day="2020-01-01", last_day=None, cites="Board"),
        Band(level="high", at_least="90", first_day="2020-01-01", last_day="2025-12-31", cites="Board"),
        Band(level="high", at_least="80", first_day="2026-01-01", last_day=None, cites="Board"),
        Band(level="no such level", at_least="1", first_day="2020-01-01", last_day=None, cites="Board"),
    ),
)
WITH_BANDS = Surroundings(levels=Levels("bands", bands=bands_of(SCALE)))


@pytest.mark.parametrize(
    ("score", "day", "level"),
    [
        pytest.param("80", "2026-01-01", 3, id="at the band"),
        pytest.param("79.9", "2026-01-01", Fraction(5, 2), id="below it"),
        pytest.param("62.5", "2026-01-01", Fraction(5, 2), id="at a half level"),
        pytest.param("80", "2025-12-31", Fraction(5, 2), id="under the bands of its day"),
        pytest.param("90", "2025-12-31", 3, id="at the band of its day"),
        pytest.param("90", "2019-12-31", ABSENT, id="before any band"),
        pytest.param("90", None, ABSENT, id="undated"),
        pytest.param("-1", "2026-01-01", ABSENT, id="below every band"),
    ],
)
def test_a_score_is_read_as_a_level_through_the_bands_of_its_day(score: str, day: str | None, level: Any) -> None:
    """With bands a score has the highest level whose band of that day it reaches."""
    record = record_of(shown("a", score=(score, "0", "100"), occurred=day))

    assert [value_of(record, fact(each), surroundings=WITH_BANDS) for each in ("latest.1", "level.1")] == [level, level]


def test_bands_open_at_both_ends_read_undated_scores() -> None:
    """An undated score has a level where the band has neither a first nor a last day."""
    always = Band(level="high", at_least="80", first_day="", last_day=None, cites="Board")
    scale = ScaleDefined(scale="s", title="s", digest="e", levels=SCALE.levels, bands=(always,))
    record = record_of(shown("a", score=("80", "0", "100")))

    assert value_of(record, fact("latest.1"), surroundings=Surroundings(levels=levels_of(scale, ()))) == 3


def test_without_bands_a_score_has_no_level() -> None:
    """A score is not comparable with a level unless the adoption names bands; its own level needs none."""
    record = record_of(shown("a", score=("100", "0", "100"), occurred="2026-01-05"), shown("b", "2", "2026-01-04"))

    assert value_of(record, fact("latest.1")) == 2
    assert value_of(record, fact("latest.1"), surroundings=WITH_BANDS) == 3


def test_preparations_have_no_level() -> None:
    """Bands read evidence alone."""
    counted = fact("count.1", FactType.INTEGER, reads=Reads.PREPARATION, when_none=0)

    assert value_of(record_of(prepared("2026-01-05")), counted, surroundings=WITH_BANDS) == 0


@pytest.mark.parametrize(
    ("cut", "value"),
    [(Fraction(3), 1), (Fraction(2), 2), (table({"ratio": 2, "area": 4}), 2), (table({"x": 1}), ABSENT)],
)
def test_arguments_take_the_value_in_force(cut: Any, value: Any) -> None:
    """A parameter in a filter has the value given for the day, a table the entry of its constant key."""
    record = record_of(shown("a", "2"), shown("b", "3"))
    by = param.cut.by("ratio") if not isinstance(cut, Fraction) else param.cut

    assert value_of(record, fact("count.1", FactType.INTEGER, where=(AtLevel(by),)), parameters={"cut": cut}) == value


def test_a_key_of_what_is_no_table_has_no_value() -> None:
    """Looking into a parameter that is not a table finds nothing."""
    definition = fact("count.1", FactType.INTEGER, where=(AtLevel(param.cut.by("ratio")),))

    assert value_of(record_of(shown("a", "2")), definition, parameters={"cut": 2}) is ABSENT


@pytest.mark.parametrize(
    ("definition", "missing"),
    [
        (fact("weighted.1", arguments=(("weight", param.p),)), UNKNOWN),
        (fact("weighted.1"), UNKNOWN),
        (fact("status.1", FactType.BOOLEAN, reads=Reads.STATUS, arguments=(("code", param.p),)), UNKNOWN),
    ],
)
def test_an_argument_without_a_value_leaves_the_fact_not_known(definition: Any, missing: Any) -> None:
    """Nothing is folded with a number that is not known."""
    assert value_of(record_of(shown("a", "2")), definition) is missing


def test_one_reader_serves_every_value_of_a_parameter() -> None:
    """A reader kept over many sheets answers each time with the parameters of that time."""
    reader = FactReader(policy_of(fact("count.1", FactType.INTEGER, where=(AtLevel(param.cut),), when_none=0)))
    record = record_of(shown("a", "2"), shown("b", "3"))
    cuts = [*range(MOST_REMEMBERED + 2), 3, 2]
    values = [reader.sheet(record, COMPETENCY.key, TODAY, {"cut": cut}, NOWHERE).values["it"] for cut in cuts]

    assert (values[:5], values[-2:]) == ([2, 2, 2, 1, 0], [1, 2])


def test_a_changed_definition_has_states_of_its_own() -> None:
    """A fact with another parameter, order or method never takes over the state of the one before it."""
    record = record_of(
        shown("a", "4", "2026-01-01", task="t", submitted="2026-01-09"), shown("b", "2", "2026-01-05", task="t")
    )
    each_in_turn = [
        value_of(record, fact("latest.1")),
        value_of(record, fact("best.1")),
        value_of(record, fact("latest.1", where=(Prepared(),))),
        value_of(record, fact("latest.1", where=(AtLevel(3),))),
        value_of(record, fact("latest.1", where=(Counted(("practice",)),))),
        value_of(record, fact("latest.1", order=Order.SUBMITTED)),
        value_of(record, fact("latest.1")),
    ]

    assert each_in_turn == [2, 4, 4, 4, ABSENT, 4, 2]


def test_facts_that_differ_in_name_and_type_alone_share_a_state() -> None:
    """What a fact is called, and the type its value takes, does not move its state."""
    record = record_of(shown("a", "4"))
    sheet = sheet_of(record, fact("latest.1", name="x"), fact("latest.1", FactType.INTEGER, name="y", says="y"))

    assert sheet.values == {"x": Fraction(4), "y": 4}
    assert len(record.subject(COMPETENCY.key).states) == 1


def test_a_folding_is_not_made_of_a_look_up() -> None:
    """Asking to fold what is only looked up is a mistake of the program, and says so."""
    from ledger.facts.resolving import folding_of

    with pytest.raises(TypeError) as caught:
        folding_of(fact("today.1", FactType.DATE), {}, NO_SCALE)

    assert str(caught.value) == "today.1 is a look-up and folds nothing"
