"""Which items count."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import (
    ABSENT,
    UNKNOWN,
    AtLevel,
    Counted,
    DatedBefore,
    DatedFrom,
    FactType,
    FieldIn,
    FieldIs,
    Order,
    Prepared,
    Reads,
    Ready,
    param,
)
from tests.facts.support import COMPETENCY, OTHER, decided, fact, prepared, record_of, shown, status, value_of

PURPOSES = ("baseline", "practice", "formative", "summative")
EVERY_PURPOSE = record_of(*(shown(each, "3", "2026-01-05", purpose=each) for each in PURPOSES))


def counted(record: Any, *where: Any, parameters: Any = None, **more: Any) -> Any:
    """Count the evidence that passes some filters."""
    definition = fact("count.1", FactType.INTEGER, where=where, measure="level", when_none=0, **more)
    return value_of(record, definition, parameters=parameters)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        pytest.param((), 1, id="nothing said"),
        pytest.param((AtLevel(1),), 1, id="another filter"),
        pytest.param((Counted(),), 1, id="the default of counted"),
        pytest.param((Counted(("formative", "summative")),), 2, id="two purposes named"),
        pytest.param((Counted(param.purposes),), 2, id="named by a parameter"),
        pytest.param((FieldIn("purpose", ("practice", "baseline", "formative")),), 3, id="named as a field"),
        pytest.param((FieldIs("purpose", "practice"),), 1, id="one purpose named as a field"),
        pytest.param((Counted(("formative", "summative")), FieldIs("purpose", "practice")), 0, id="no purpose is both"),
    ],
)
def test_only_purposes_that_are_named_count(where: tuple[Any, ...], value: int) -> None:
    """Without a word about purposes only summative evidence counts: practice and baseline never by default."""
    assert counted(EVERY_PURPOSE, *where, parameters={"purposes": ("practice", "summative")}) == value


@pytest.mark.parametrize(
    ("where", "value"),
    [
        pytest.param(FieldIs("kind", "exam"), 2, id="kind"),
        pytest.param(FieldIs("instrument", "ap"), 1, id="instrument"),
        pytest.param(FieldIs("instrument", param.instrument), 1, id="a parameter"),
        pytest.param(FieldIn("instrument", ("ap", "clep")), 2, id="one of several"),
        pytest.param(FieldIn("instrument", param.menu), 2, id="a parameter that holds several"),
        pytest.param(FieldIs("setting", "school"), 0, id="null equals nothing"),
        pytest.param(FieldIn("setting", ("school",)), 0, id="null is in no list"),
    ],
)
def test_fields_are_compared(where: Any, value: int) -> None:
    """A field equals a value or is one of several; a field that is null is neither."""
    record = record_of(
        shown("a", "3", kind="exam", instrument="ap"), shown("b", "3", kind="exam", instrument="clep"), shown("c", "3")
    )

    assert counted(record, where, parameters={"instrument": "ap", "menu": ("ap", "clep")}) == value


@pytest.mark.parametrize(
    ("where", "value"),
    [
        pytest.param((DatedFrom(date(2026, 1, 10)),), 2, id="from includes its day"),
        pytest.param((DatedBefore(date(2026, 1, 10)),), 1, id="before does not include its day"),
        pytest.param((DatedFrom(date(2026, 1, 10)), DatedBefore(date(2026, 1, 20))), 1, id="a window"),
        pytest.param((DatedFrom(param.start),), 2, id="a parameter"),
        pytest.param((DatedFrom("status:course"),), 1, id="the first day of a status"),
        pytest.param((DatedBefore("status:course"),), 2, id="before a status"),
        pytest.param((DatedFrom("status:never"),), 0, id="from a status that never was"),
        pytest.param((DatedBefore("status:never"),), 0, id="before a status that never was"),
        pytest.param((DatedFrom("status:open"),), 0, id="a status without a first day"),
    ],
)
def test_a_window_takes_what_is_dated_in_it(where: tuple[Any, ...], value: int) -> None:
    """A window includes its first day and excludes its bound; what is undated is in none."""
    record = record_of(
        shown("a", "3", "2026-01-09"),
        shown("b", "3", "2026-01-10T08:00"),
        shown("c", "3", "2026-01-20"),
        shown("d", "3"),
        status("course", first="2026-01-15"),
        status("open"),
    )

    assert counted(record, *where, parameters={"start": date(2026, 1, 10)}) == value


def test_a_new_first_day_of_a_status_moves_the_window() -> None:
    """The status set last bounds the window, also for facts that were folded before."""
    record = record_of(shown("a", "3", "2026-01-09"), status("course", first="2026-01-01"))
    before = counted(record, DatedFrom("status:course"))
    record.apply(3, status("course", first="2026-02-01"))

    assert (before, counted(record, DatedFrom("status:course"))) == (1, 0)


@pytest.mark.parametrize(("at_least", "value"), [(Fraction(5, 2), 2), (3, 1), (param.cut, 2)])
def test_at_level_includes_the_level_itself(at_least: Any, value: int) -> None:
    """A measure at the level passes, one below does not."""
    record = record_of(shown("a", "2.5"), shown("b", "3"), shown("c", "2.4"))

    assert counted(record, AtLevel(at_least), parameters={"cut": Fraction(5, 2)}) == value


@pytest.mark.parametrize(("missing", "expected"), [(UNKNOWN, UNKNOWN), (ABSENT, ABSENT)])
@pytest.mark.parametrize("where", [AtLevel(param.p), Counted(param.p), DatedFrom(param.p), FieldIs("kind", param.p)])
def test_a_parameter_without_a_value_decides_nothing(where: Any, missing: Any, expected: Any) -> None:
    """A filter on a parameter that is not known leaves the fact not known; one not in force leaves it absent."""
    assert counted(EVERY_PURPOSE, where, parameters={"p": missing}) is expected


def test_a_parameter_nobody_gave_is_not_known() -> None:
    """A gap in the parameters leaves the fact not known."""
    assert counted(EVERY_PURPOSE, AtLevel(param.p)) is UNKNOWN


@pytest.mark.parametrize("asked", [Prepared, Ready])
@pytest.mark.parametrize(("required", "value"), [(True, 1), (False, 2), (ABSENT, 2), (UNKNOWN, UNKNOWN)])
def test_a_requirement_that_is_not_in_force_is_none(asked: Any, required: Any, value: Any) -> None:
    """Preparation and readiness are required only where the parameter says so."""
    record = record_of(
        decided("READINESS", "met", "2026-01-10"),
        shown("a", "3", "2026-01-05", task="t"),
        shown("b", "3", "2026-01-15", task="t"),
    )

    assert counted(record, asked(param.required), parameters={"required": required}) == value


def test_readiness_counts_from_its_day_on() -> None:
    """Evidence of the very day readiness was met counts, earlier and undated evidence does not."""
    record = record_of(
        decided("READINESS", "not_yet", "2026-01-01"),
        decided("READINESS", "met", "2026-01-10"),
        shown("a", "3", "2026-01-09"),
        shown("b", "3", "2026-01-10"),
        shown("c", "3", "2026-02-10"),
        shown("d", "3"),
    )

    assert counted(record, Ready()) == 2


def test_a_new_readiness_decision_is_noticed_by_facts_already_folded() -> None:
    """A readiness decision dated earlier than the one before lets earlier evidence count."""
    record = record_of(shown("a", "3", "2026-01-09"), shown("b", "3", "2026-01-20"))
    seen = [counted(record, Ready())]
    for day in ("2026-01-15", "2026-01-05"):
        record.apply(record.version + 1, decided("READINESS", "met", day))
        seen.append(counted(record, Ready()))

    assert seen == [0, 1, 2]


def test_readiness_of_another_subject_is_none() -> None:
    """Readiness is decided competency by competency."""
    record = record_of(decided("READINESS", "met", "2026-01-01", OTHER), shown("a", "3", "2026-01-09"))

    assert counted(record, Ready()) == 0


def test_a_proposed_readiness_is_not_yet_in_force() -> None:
    """A decision that still has to be confirmed opens nothing."""
    record = record_of(decided("READINESS", "met", "2026-01-01", effect="proposed"), shown("a", "3", "2026-01-09"))

    assert counted(record, Ready()) == 0


TRY = "2026-01-10"
RETAKE = "2026-01-20"


@pytest.mark.parametrize(
    ("between", "value"),
    [
        pytest.param([], 1, id="no preparation"),
        pytest.param([prepared("2026-01-15")], 2, id="preparation between"),
        pytest.param([prepared(RETAKE)], 2, id="on the day of the retake"),
        pytest.param([prepared(f"{RETAKE}T23:00")], 2, id="on that day, later on the clock"),
        pytest.param([prepared(TRY)], 1, id="on the day of the try before"),
        pytest.param([prepared("2026-01-09")], 1, id="before the first try"),
        pytest.param([prepared("2026-01-21")], 1, id="after the retake"),
        pytest.param([prepared(None)], 1, id="undated"),
        pytest.param([prepared("2026-01-15", OTHER)], 1, id="for another competency"),
        pytest.param([prepared("2026-01-09"), prepared("2026-01-11"), prepared("2026-01-25")], 2, id="one of several"),
    ],
)
@pytest.mark.parametrize("order", [Order.OCCURRED, Order.RECORDED])
def test_a_retake_counts_only_after_preparation(between: list[Any], value: int, order: Order) -> None:
    """A second try counts when preparation is dated after the first try's day and not after its own."""
    record = record_of(shown("a", "3", TRY, task="t"), *between, shown("b", "3", RETAKE, task="t"))

    assert counted(record, Prepared(), order=order) == value


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        pytest.param({"task": "t"}, {"task": "t"}, 1, id="same task"),
        pytest.param({"task": "t"}, {"task": "u"}, 2, id="another task"),
        pytest.param({}, {}, 2, id="nothing links them"),
        pytest.param({}, {"attempt_of": "a"}, 1, id="names the first try"),
        pytest.param({"task": "t"}, {"task": "u", "attempt_of": "a"}, 1, id="another form of the task"),
        pytest.param({"task": "t", "purpose": "practice"}, {"task": "t"}, 1, id="practice is no try"),
        pytest.param({"task": "t", "level": "1"}, {"task": "t"}, 1, id="a failed try is one"),
        pytest.param({"task": "t", "level": None, "absent": "ill"}, {"task": "t"}, 1, id="an absent one is none"),
    ],
)
def test_tries_belong_together(first: dict[str, Any], second: dict[str, Any], value: int) -> None:
    """Tries share a task or name their first try; a failed try is one, practice and absence are none."""
    record = record_of(shown("a", occurred=TRY, **{"level": "3", **first}), shown("b", "3", RETAKE, **second))

    assert counted(record, Prepared(), AtLevel(0)) == value


def test_a_failed_first_try_is_remembered_by_a_fact_that_counts_only_the_level() -> None:
    """An unprepared retake at the level does not pass for a first try because the first was below."""
    record = record_of(shown("a", "1", TRY, task="t"), shown("b", "3", RETAKE, task="t"))

    assert counted(record, Prepared(), AtLevel(3)) == 0


def test_the_try_before_is_the_last_one_counted_or_not() -> None:
    """Preparation has to come after the last try, even where that one did not count."""
    record = record_of(
        shown("a", "3", "2026-01-01", task="t"),
        shown("b", "3", "2026-01-05", task="t"),
        prepared("2026-01-04"),
        shown("c", "3", "2026-01-09", task="t"),
    )

    assert counted(record, Prepared()) == 2


def test_each_further_try_needs_preparation_of_its_own() -> None:
    """One preparation serves the next try of each task, not the one after it."""
    record = record_of(
        shown("a", "3", "2026-01-01", task="t"),
        shown("b", "3", "2026-01-01", task="u"),
        prepared("2026-01-02"),
        shown("c", "3", "2026-01-03", task="t"),
        shown("d", "3", "2026-01-04", task="t"),
        shown("e", "3", "2026-01-05", task="u"),
    )

    assert counted(record, Prepared()) == 4


def test_preparations_are_no_tries() -> None:
    """A fact over preparations asks for none."""
    record = record_of(prepared("2026-01-01"), prepared("2026-01-02"))
    definition = fact("count.1", FactType.INTEGER, reads=Reads.PREPARATION, measure="presence", where=(Prepared(),))

    assert value_of(record, definition) == 2


def test_a_preparation_recorded_late_lets_the_retake_count() -> None:
    """Preparation that enters the ledger after the retake counts by its own date."""
    record = record_of(shown("a", "3", TRY, task="t"), shown("b", "3", RETAKE, task="t"))
    before = counted(record, Prepared())
    record.apply(3, prepared("2026-01-15", COMPETENCY))

    assert (before, counted(record, Prepared())) == (1, 2)
