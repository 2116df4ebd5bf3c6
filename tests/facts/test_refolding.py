"""Stepping and folding anew are the same thing, in any order of arrival."""

from typing import Any

from hypothesis import given, settings

from ledger.domain.shapes import Payload
from ledger.facts.record import LearnerRecord, fold_learner
from ledger.facts.sheet import FactReader
from tests.facts.strategies import ALL_FACTS, streams, without_removed
from tests.facts.support import COMPETENCY, LEARNER, NOWHERE, OTHER, TODAY, Store, policy_of, record_of

READER = FactReader(policy_of(*ALL_FACTS))


def sheets(record: LearnerRecord) -> Any:
    """Read every fact of both subjects."""
    return [READER.sheet(record, each.key, TODAY, {}, NOWHERE) for each in (COMPETENCY, OTHER)]


@settings(max_examples=60, deadline=None)
@given(streams())
def test_stepping_equals_folding_anew(stream: list[Payload]) -> None:
    """A record asked after every event answers as one folded from scratch to that version."""
    record = LearnerRecord(LEARNER)

    for version, payload in enumerate(stream, 1):
        record.apply(version, payload)

        assert sheets(record) == sheets(record_of(*stream[:version]))


@settings(max_examples=40, deadline=None)
@given(streams())
def test_a_record_opened_from_its_snapshot_equals_one_folded_anew(stream: list[Payload]) -> None:
    """Saved and opened after every event, a record answers as one folded from scratch, and saves the same facts."""
    store = Store()

    for version, payload in enumerate(stream, 1):
        record = store.happen(payload)
        opened = sheets(record)
        store.save(record)

        assert opened == sheets(record_of(*stream[:version]))

    stepped, at_once = facts_saved(store), facts_saved(saved_at_once(stream))

    assert stepped[0] == at_once[0]
    assert {name: state for name, state in stepped[1].items() if name in at_once[1]} == {
        name: state for name, state in at_once[1].items() if name in stepped[1]
    }


def saved_at_once(stream: list[Payload]) -> Store:
    """Fold a stream in one go, read its facts and save it."""
    store = Store()
    store.stream = stream
    record = fold_learner(store.record(), enumerate(stream, 1))
    sheets(record)
    store.save(record)
    return store


def facts_saved(store: Store) -> tuple[Any, dict[tuple[str, str], Any]]:
    """Return what the snapshot holds: entries and tries, and each fact that is folded to the end."""
    record = store.record()
    subjects = [record.subject(each.key) for each in (COMPETENCY, OTHER)]
    states = {
        (subject.key, name): state
        for subject in subjects
        for name, state in subject.states.items()
        if state.count == subject.entries.count
    }
    return [(list(subject.entries.since(0)), subject.tries) for subject in subjects], states


@settings(max_examples=60, deadline=None)
@given(streams())
def test_corrections_end_where_the_right_record_would_have_been(stream: list[Payload]) -> None:
    """After all corrections and withdrawals values are those of a ledger that had been right at once."""
    wrong, right = sheets(record_of(*stream)), sheets(record_of(*without_removed(stream)))

    assert [each.values for each in wrong] == [each.values for each in right]
