"""What holds for every fold there is, and for every one added later: the registry says which those are."""

import copy
import itertools
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.shapes import Payload
from ledger.facts.items import EvidenceItem, items_of
from ledger.facts.methods.base import Sighting
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import Folding, folding_of
from ledger.facts.state import step
from ledger.facts.surroundings import NOWHERE
from ledger.policy import ABSENT, UNKNOWN, FactDefinition, FactType
from tests.facts.samples import FOLDS, sample
from tests.facts.support import COMPETENCY, LEARNER, fact, record_of, shown, value_of

EVERY_FOLD = pytest.mark.parametrize("name", FOLDS)
BOTH_WAYS = pytest.mark.parametrize("given_all", [False, True], ids=["needed", "all arguments"])

ABOUT_DAYS = ("first_date.1", "last_date.1", "exists_after.1", "span.1")
"""Folds whose very value is a day, or how far days are apart."""

NOT_OF_DAYS = tuple(
    fact(f"item.{name}", FactType.FRACTION if name == "value" else FactType.TEXT, name=name)
    for name in ("value", "kind", "instrument")
)
"""What a member carries that has nothing to do with its day."""


@st.composite
def pieces(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a piece of evidence says, its name, its day and its number aside."""
    return {
        "kind": draw(st.sampled_from(["task", "exam"])),
        "instrument": draw(st.sampled_from([None, "ap", "clep"])),
        "number": draw(st.sampled_from(["0", "1", "2", "2.5", "3", "4"])),
    }


DAYS = st.sampled_from([None, "2026-01-02", "2026-01-04", "2026-01-06", "2026-04-02"])
HAPPENED = st.lists(st.tuples(DAYS, pieces()), max_size=7)


def told(definition: FactDefinition, name: str, day: str | None, piece: dict[str, Any]) -> Payload:
    """Record a piece of evidence so that the definition can measure it: as a level, else as a score of 4."""
    said = {key: value for key, value in piece.items() if key != "number"}
    if definition.measure in {"value", "percent"}:
        return shown(name, occurred=day, score=(piece["number"], "0", "4"), **said)
    return shown(name, piece["number"], day, **said)


def stream_of(definition: FactDefinition, happened: Sequence[tuple[str | None, dict[str, Any]]]) -> list[Payload]:
    """Record pieces of evidence in this order."""
    return [told(definition, f"e{place}", day, piece) for place, (day, piece) in enumerate(happened)]


def folding(definition: FactDefinition) -> Folding:
    """Make a definition ready to fold."""
    found = folding_of(definition, {}, NOWHERE.levels)
    assert isinstance(found, Folding)
    return found


def stepped(ready: Folding, stream: list[Payload], passing: Any) -> list[Any]:
    """Return the state before each item and after the last, each handed on through a function."""
    states = [ready.method.initial(ready.arguments)]
    for version, payload in enumerate(stream, 1):
        for item in items_of(payload, version, version, COMPETENCY.key):
            states.append(step(passing(states[-1]), ready, item, (), ()))
    return states


@BOTH_WAYS
@EVERY_FOLD
@settings(max_examples=15, deadline=None)
@given(HAPPENED)
def test_a_state_survives_json_at_every_step(name: str, given_all: bool, happened: Any) -> None:
    """Written and read back after every item, a fold ends where it ends unwritten, with the same result behind it."""
    definition = sample(name, given_all)
    ready, stream = folding(definition), stream_of(definition, happened)
    held = stepped(ready, stream, lambda state: state)
    written = stepped(ready, stream, as_json)

    results = [ready.method.result(each[-1], ready.arguments) for each in (held, written)]

    assert as_json(held) == as_json(written)
    assert as_json(results[0][0]) == as_json(results[1][0])
    assert results[0][1] == results[1][1]


def as_json(found: Any) -> Any:
    """Return plain data as a snapshot gives it back."""
    return json.loads(json.dumps(found, sort_keys=True, default=str))


@BOTH_WAYS
@EVERY_FOLD
@settings(max_examples=15, deadline=None)
@given(HAPPENED)
def test_a_step_changes_nothing_it_was_given(name: str, given_all: bool, happened: Any) -> None:
    """The state before a step is the same after it, and so is any result read off in between."""
    definition = sample(name, given_all)
    ready = folding(definition)
    copies: list[Any] = []

    def kept(state: Any) -> Any:
        ready.method.result(state, ready.arguments)
        copies.append(copy.deepcopy(state))
        return state

    held = stepped(ready, stream_of(definition, happened), kept)

    assert held[:-1] == copies


@BOTH_WAYS
@EVERY_FOLD
@settings(max_examples=15, deadline=None)
@given(HAPPENED, st.randoms(use_true_random=False))
def test_only_items_of_one_day_keep_the_order_of_entry(name: str, given_all: bool, happened: Any, chance: Any) -> None:
    """Recorded in any other order that leaves items of one day in theirs, evidence gives the same value."""
    definition = sample(name, given_all)
    days = [day for day, _ in happened]
    of_a_day = {day: iter([one for one in happened if one[0] == day]) for day in days}
    chance.shuffle(days)
    shuffled = [next(of_a_day[day]) for day in days]
    values = [value_of(record_of(*stream_of(definition, each)), definition) for each in (happened, shuffled)]

    assert values[0] == values[1]


@BOTH_WAYS
@pytest.mark.parametrize("name", [name for name, method in FOLDS.items() if not method.ordered])
@settings(max_examples=15, deadline=None)
@given(HAPPENED.flatmap(lambda happened: st.tuples(st.just(happened), st.permutations(happened))))
def test_a_fold_that_asks_for_no_order_gives_the_same_in_any(name: str, given_all: bool, happened: Any) -> None:
    """Where a method does not say that order matters, no order of recording moves its value."""
    definition = sample(name, given_all)
    values = [value_of(record_of(*stream_of(definition, each)), definition) for each in happened]

    assert values[0] == values[1]


@pytest.mark.parametrize("name", [name for name, method in FOLDS.items() if method.ordered])
def test_a_fold_that_asks_for_order_says_so_with_reason(name: str) -> None:
    """Where a method says that order matters, two orders of entry within a day give two values."""
    four = [("4", "task", "ap"), ("2", "exam", "ap"), ("1", "task", "clep"), ("3", "exam", "ap")]
    pieces = [dict(zip(("number", "kind", "instrument"), each, strict=True)) for each in four]
    definitions = [sample(name, each) for each in (False, True)]
    found = [
        [
            value_of(record_of(*stream_of(definition, [("2026-01-05", each) for each in order])), definition)
            for order in itertools.permutations(pieces)
        ]
        for definition in definitions
    ]

    assert any(value != values[0] for values in found for value in values)


@pytest.mark.parametrize("name", [name for name in FOLDS if name not in ABOUT_DAYS])
@settings(max_examples=15, deadline=None)
@given(st.lists(pieces(), max_size=7))
def test_entry_order_decides_within_a_day_as_days_would(name: str, pieces: Any) -> None:
    """Items of one day give what the same items give on days that follow each other as they were entered."""
    definition = sample(name, members=NOT_OF_DAYS if name == "items.1" else ())
    first = date(2026, 1, 5)
    together = [(first.isoformat(), piece) for piece in pieces]
    apart = [((first + timedelta(place)).isoformat(), piece) for place, piece in enumerate(pieces)]
    values = [value_of(record_of(*stream_of(definition, each)), definition) for each in (together, apart)]

    assert values[0] == values[1]


@BOTH_WAYS
@EVERY_FOLD
@settings(max_examples=15, deadline=None)
@given(HAPPENED)
def test_what_comes_late_is_folded_as_if_it_had_come_in_time(name: str, given_all: bool, happened: Any) -> None:
    """Read after every event, a record in which evidence comes late ends where one folded in one go ends."""
    definition = sample(name, given_all)
    stream = stream_of(definition, happened)
    record = LearnerRecord(LEARNER)
    for version, payload in enumerate(stream, 1):
        record.apply(version, payload)
        value_of(record, definition)

    assert value_of(record, definition) == value_of(record_of(*stream), definition)


@BOTH_WAYS
@EVERY_FOLD
@pytest.mark.parametrize("when_none", [ABSENT, UNKNOWN, 0])
def test_the_fold_of_nothing_is_what_the_definition_declares(name: str, given_all: bool, when_none: Any) -> None:
    """Nothing counted gives when_none, for every fold."""
    assert value_of(record_of(), sample(name, given_all, when_none=when_none)) is when_none


@EVERY_FOLD
def test_where_there_is_no_value_nothing_stands_behind_it(name: str) -> None:
    """Evidence that says nothing but a level, undated, gives a value with something behind it, or neither."""
    definition = sample(name, True, when_none=UNKNOWN)
    item = Sighting(bare(), "", (3, 1))
    ready = folding(definition)
    raw, behind = ready.method.result(ready.method.step(None, item, ready.arguments), ready.arguments)

    assert (raw in (None, False)) == (behind.count == 0)


def bare() -> EvidenceItem:
    """Return evidence that says nothing but a level."""
    (item,) = items_of(shown("e", "3"), 1, 1, COMPETENCY.key)
    assert isinstance(item, EvidenceItem)
    return item
