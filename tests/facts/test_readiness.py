"""Readiness: a decision that stood on the day of the work, or the evidence the policy names by that day."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.framework import Band, Level
from ledger.domain.scales import scale_defined
from ledger.facts.bands import levels_of
from ledger.facts.record import LearnerRecord
from ledger.facts.spans import Spans, begun_on, ended_on, holds_on, spans_text
from ledger.facts.surroundings import Surroundings
from ledger.policy import ABSENT, UNKNOWN, Counted, FactType, Order, Ready, param
from tests.facts.support import COMPETENCY, OTHER, Store, decided, fact, record_of, shown, value_of, withdrawn

NAMED = Ready(True, ("practice", "formative"), 2)
WORK = "2026-01-10"


def counted(record: LearnerRecord, ready: Ready, *, parameters: Any = None, **more: Any) -> Any:
    """Count the summative work that comes when the learner is ready."""
    surroundings = more.pop("surroundings", Surroundings())
    definition = fact("count.1", FactType.INTEGER, where=(Counted(), ready), measure="presence", when_none=0, **more)
    return value_of(record, definition, parameters=parameters, surroundings=surroundings)


def practice(name: str, level: str | None = "2", occurred: str | None = WORK, **more: Any) -> Any:
    """Record practice."""
    return shown(name, level, occurred, **{"purpose": "practice", **more})


@pytest.mark.parametrize(
    ("decisions", "day", "ready"),
    [
        pytest.param([("met", "2026-01-05"), ("not_yet", "2026-01-08")], "2026-01-05", True, id="while it stood"),
        pytest.param([("met", "2026-01-05"), ("not_yet", "2026-01-08")], "2026-01-07", True, id="its last day"),
        pytest.param([("met", "2026-01-05"), ("not_yet", "2026-01-08")], "2026-01-08", False, id="the day it ended"),
        pytest.param([("met", "2026-01-05"), ("not_yet", "2026-01-08")], "2026-02-01", False, id="after it ended"),
        pytest.param([("met", "2026-01-05"), ("undetermined", "2026-01-08")], "2026-01-08", False, id="open again"),
        pytest.param(
            [("met", "2026-01-05"), ("not_yet", "2026-01-05")], "2026-01-05", False, id="of one day, the last"
        ),
        pytest.param(
            [("met", "2026-01-05"), ("not_yet", "2026-01-08"), ("met", "2026-01-09")], "2026-01-08", False, id="a gap"
        ),
        pytest.param(
            [("met", "2026-01-05"), ("not_yet", "2026-01-08"), ("met", "2026-01-09")], "2026-01-09", True, id="anew"
        ),
        pytest.param([("met", "2026-01-08"), ("not_yet", "2026-01-05")], "2026-01-09", False, id="taken back earlier"),
        pytest.param([("met", "2026-01-08"), ("met", "2026-01-05")], "2026-01-06", True, id="met earlier"),
    ],
)
def test_a_decision_opens_the_days_on_which_it_stood(decisions: list[Any], day: str, ready: bool) -> None:
    """Readiness taken back lets nothing count from that day on; what was done while it stood still counts."""
    record = record_of(*(decided("READINESS", *each) for each in decisions), shown("a", "3", day))

    assert counted(record, Ready()) == int(ready)


DAYS = [f"2026-01-{number:02d}" for number in range(1, 10)]


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(DAYS)), max_size=8))
def test_spans_say_of_each_day_what_was_said_of_it_last(said: list[tuple[bool, str]]) -> None:
    """Each word speaks for its day and all that follow; spans hold exactly that, in order and apart."""
    spans: Spans = ()
    held = dict.fromkeys(DAYS, False)
    for holds, day in said:
        spans = (begun_on if holds else ended_on)(spans, day)
        held.update({each: holds for each in DAYS if each >= day})
    bounds = [bound for span in spans for bound in span if bound is not None]

    assert {day: holds_on(spans, day) for day in DAYS} == held
    assert bounds == sorted(set(bounds))
    assert not holds_on(spans, "")


def test_spans_have_a_short_text_of_their_own() -> None:
    """A state is named after the spans it was folded with."""
    spans = begun_on(ended_on(begun_on((), "2026-01-02"), "2026-01-04"), "2026-01-06")

    assert (spans_text(()), spans_text(spans)) == ("-", "2026-01-02/2026-01-04,2026-01-06/")


SCALE = scale_defined(
    "s",
    "Levels",
    (Level(label="low", value="1"), Level(label="high", value="2")),
    (Band(level="high", at_least="80", first_day="", last_day=None, cites="Board"),),
)


@pytest.mark.parametrize(
    ("shows", "ready"),
    [
        pytest.param(practice("p", occurred="2026-01-09"), True, id="the day before"),
        pytest.param(practice("p"), True, id="the same day"),
        pytest.param(practice("p", occurred=f"{WORK}T23:00"), True, id="the same day, later on the clock"),
        pytest.param(practice("p", occurred="2026-01-11"), False, id="the day after"),
        pytest.param(practice("p", occurred=None), False, id="undated"),
        pytest.param(practice("p", "2.5"), True, id="above the level"),
        pytest.param(practice("p", "1.5"), False, id="below the level"),
        pytest.param(practice("p", purpose="formative"), True, id="formative"),
        pytest.param(practice("p", purpose="baseline"), False, id="of a purpose that is not named"),
        pytest.param(practice("p", None, absent="ill"), False, id="absent"),
        pytest.param(practice("p", None, passed=True), False, id="no level"),
        pytest.param(practice("p", None, score=("80", "0", "100")), False, id="a score without bands"),
        pytest.param(practice("p", subjects=(OTHER,)), False, id="another competency"),
        pytest.param(practice("p", subjects=(OTHER, COMPETENCY)), True, id="several competencies"),
    ],
)
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("order", [Order.OCCURRED, Order.RECORDED])
def test_the_evidence_a_policy_names_shows_readiness_from_its_day(
    shows: Any, ready: bool, late: bool, order: Order
) -> None:
    """Practice at the level dated not after the work lets it count, whenever it was recorded."""
    work = shown("a", "3", f"{WORK}T09:00")
    record = record_of(work, shows) if late else record_of(shows, work)

    assert counted(record, NAMED, order=order) == int(ready)


def test_undated_work_is_never_ready() -> None:
    """Nothing can be said to come before work whose day is not known."""
    assert counted(record_of(practice("p", occurred="2020-01-01"), shown("a", "3")), NAMED) == 0


def test_scores_show_readiness_through_the_bands_of_the_adoption() -> None:
    """Where the adoption names bands, practice with a score is read as a level."""
    record = record_of(practice("p", None, score=("80", "0", "100")), shown("a", "3", WORK))
    surroundings = Surroundings(levels=levels_of(SCALE, ()))

    assert counted(record, NAMED, surroundings=surroundings) == 1


def test_a_level_of_another_scale_shows_no_readiness() -> None:
    """Practice on a scale the adoption does not name is at no level, for a fact of presence too."""
    record = record_of(practice("p"), shown("a", "3", WORK))
    surroundings = Surroundings(levels=levels_of(SCALE, ()))

    assert [counted(record, NAMED), counted(record, NAMED, surroundings=surroundings)] == [1, 0]


def test_without_a_level_any_result_shows_readiness() -> None:
    """A policy may ask for practice as such."""
    record = record_of(practice("p", None, passed=False), shown("a", "3", WORK))

    assert counted(record, Ready(True, ("practice",))) == 1


def test_either_half_is_enough() -> None:
    """Work counts while a decision stood, and from the day of the evidence on."""
    record = record_of(
        decided("READINESS", "met", "2026-01-02"),
        decided("READINESS", "not_yet", "2026-01-04"),
        *(shown(f"e{day}", "3", f"2026-01-{day:02d}") for day in (1, 3, 5, 7)),
        practice("p", occurred="2026-01-06"),
    )

    assert [counted(record, Ready()), counted(record, NAMED)] == [1, 2]


def test_facts_already_folded_notice_evidence_of_readiness_that_comes_and_goes() -> None:
    """Practice entered late, entered later still but dated earlier, and withdrawn, each moves what counts."""
    record = record_of(shown("a", "3", "2026-01-03"), shown("b", "3", "2026-01-08"))
    seen = [counted(record, NAMED)]
    for payload in (practice("p", occurred="2026-01-05"), practice("q", occurred="2026-01-02"), withdrawn("q")):
        record.apply(record.version + 1, payload)
        seen.append(counted(record, NAMED))

    assert seen == [0, 1, 2, 1]


def test_evidence_of_readiness_is_remembered_in_the_snapshot() -> None:
    """The first day is kept with the subject: one more piece of work reads no entry that was read before."""
    store = Store()
    record = store.happen(practice("p", occurred="2026-01-02"))
    counted(record, NAMED)
    store.save(record)
    store.reads.clear()
    record = store.record()
    record.apply(2, shown("a", "3", WORK))

    assert counted(record, NAMED) == 1
    assert [name for name in store.reads if name.startswith("version")] == []


@pytest.mark.parametrize(
    ("parameters", "value"),
    [
        pytest.param({"required": True, "level": Fraction(2), "purposes": ("practice",)}, 1, id="in force"),
        pytest.param({"required": True, "level": Fraction(3), "purposes": ("practice",)}, 0, id="another level"),
        pytest.param({"required": True, "level": ABSENT, "purposes": ("practice",)}, 0, id="the level not in force"),
        pytest.param({"required": True, "level": 2, "purposes": ABSENT}, 0, id="the purposes not in force"),
        pytest.param({"required": True, "level": UNKNOWN, "purposes": ("practice",)}, UNKNOWN, id="a gap"),
        pytest.param({"required": False, "level": UNKNOWN, "purposes": UNKNOWN}, 1, id="not required"),
        pytest.param({"required": ABSENT, "level": UNKNOWN, "purposes": UNKNOWN}, 1, id="requirement not in force"),
        pytest.param({"required": UNKNOWN, "level": 2, "purposes": ("practice",)}, UNKNOWN, id="not known if required"),
    ],
)
def test_level_and_purposes_may_be_parameters(parameters: Any, value: Any) -> None:
    """Not required, nothing else matters; with the level not in force only a decision shows readiness."""
    record = record_of(practice("p"), shown("a", "3", WORK))

    assert counted(record, Ready(param.required, param.purposes, param.level), parameters=parameters) == value
