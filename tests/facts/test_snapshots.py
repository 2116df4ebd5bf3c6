"""A record opened from its snapshot: what it reads, what it writes, and what it does not trust."""

from datetime import date, timedelta
from typing import Any

import pytest

from ledger.errors import SnapshotUnusable
from ledger.facts.entries import CHUNK
from ledger.facts.record import LearnerRecord, fold_learner
from ledger.facts.sheet import FactReader
from ledger.facts.subject import MOST_STATES
from ledger.policy import ABSENT, AtLevel, FactType, Prepared, Reads, Ready
from tests.facts.support import (
    COMPETENCY,
    LEARNER,
    NOWHERE,
    OTHER,
    TODAY,
    Store,
    approval,
    corrected,
    decided,
    fact,
    policy_of,
    prepared,
    record_of,
    shown,
    status,
    value_of,
    withdrawn,
)

KEY = COMPETENCY.key
FIELD = (("field", "kind"),)
READER = FactReader(
    policy_of(
        fact("distinct.1", FactType.INTEGER, name="kinds", arguments=FIELD, where=(Prepared(), AtLevel(2))),
        fact("latest.1", name="latest", where=(Prepared(), Ready())),
        fact("mean.1", name="mean"),
        fact("decision.1", FactType.BOOLEAN, name="met", reads=Reads.DECISION, arguments=(("question", "MASTERY"),)),
    )
)


def sheet(record: LearnerRecord) -> Any:
    """Read the sheet of the competency."""
    return READER.sheet(record, KEY, TODAY, {}, NOWHERE)


def asked(store: Store, *payloads: Any) -> Store:
    """Let events happen in one command that also reads the sheet."""
    record = store.record()
    for payload in payloads:
        record.apply(record.version + 1, payload)
        store.stream.append(payload)
    sheet(record)
    store.save(record)
    return store


def history(size: int) -> list[Any]:
    """Write evidence of one competency, two tries of each task, prepared once in a while."""
    found: list[Any] = [decided("READINESS", "met", "2020-01-01"), decided("MASTERY", "not_yet", "2020-01-01")]
    for place in range(size):
        day = (date(2020, 1, 2) + timedelta(place)).isoformat()
        found.append(prepared(day) if place % 10 == 9 else shown(f"e{place}", "3", day, task=f"t{place // 2}"))
    return found


@pytest.mark.parametrize("size", [5, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7])
def test_a_command_reads_and_writes_no_more_however_long_the_history(size: int) -> None:
    """One more piece of evidence in order reads and writes the learner and one subject, and a chunk once it is full."""
    store = asked(Store(), *history(size))
    store.reads.clear()
    record = store.record()
    record.apply(record.version + 1, shown("new", "3", "2026-01-01"))
    seen = sheet(record)
    written = store.save(record)
    filled = [] if size % CHUNK else [f"entries/{size // CHUNK - 1}/{KEY}"]

    assert store.reads == ["learner", f"subject/{KEY}"]
    assert list(written) == [*filled, f"subject/{KEY}", "learner"]
    assert seen == sheet(record_of(*history(size), shown("new", "3", "2026-01-01")))


def test_the_state_of_a_fact_does_not_grow_with_history() -> None:
    """The subject's part of a long history is not much larger than that of a short one."""
    short, long = (len(asked(Store(), *history(size)).parts[f"subject/{KEY}"]) for size in (60, 572))

    assert long < short + 300


def test_equal_histories_have_equal_bytes() -> None:
    """Two records that were asked the same after the same events save the same parts."""
    first, second = (asked(Store(), *history(70)).parts for _ in range(2))

    assert first == second


def test_a_subject_without_evidence_writes_nothing() -> None:
    """Asking about a competency nothing is known of leaves no trace."""
    store = Store()
    record = store.record()
    sheet(record)

    assert store.save(record) == {}


def test_an_event_without_a_subject_writes_the_learner_alone() -> None:
    """A status changes the learner's part and no other; nothing new writes nothing."""
    store = asked(Store(), shown("a", "3"))

    assert list(store.save(store.happen(status("x")))) == []
    assert store.record().status_on("x", KEY, "2026-01-01") is not None
    assert store.record().version == 2


def test_tables_come_back_as_they_were() -> None:
    """Statuses, approvals and decisions read from a snapshot equal those folded from the events."""
    stream = [status("x", first="2026-01-01"), approval(True, None), decided("MASTERY", "met"), shown("a", "2.5")]
    store = asked(Store(), *stream)
    opened, folded = store.record(), record_of(*stream)

    assert (opened.statuses, opened.approvals) == (folded.statuses, folded.approvals)
    assert opened.standing("MASTERY", KEY, "standard") == folded.standing("MASTERY", KEY, "standard")
    assert (opened.subjects, opened.decision_keys) == (folded.subjects, folded.decision_keys)
    assert opened.standing("CREDIT", KEY, "standard") is None


def test_a_correction_reads_the_evidence_it_replaces() -> None:
    """A correction leaves and enters subjects though only the snapshot is in memory."""
    store = asked(Store(), *history(100), shown("a", "2", "2026-02-01", task="x"))
    asked(store, corrected("a", "4", "2026-02-01", task="x"))
    both = [sheet(store.record()).values["latest"]]
    asked(store, corrected("a", "4", "2026-02-01", subjects=(OTHER,)))
    both.append(sheet(store.record()).values["latest"])

    assert both == [4, 3]
    assert value_of(store.record(), fact("latest.1"), subject=OTHER.key) == 4


def test_a_withdrawal_that_empties_a_chunk_removes_its_part() -> None:
    """Parts that hold no entry any more are removed."""
    store = asked(Store(), *(shown(f"e{place}", "3") for place in range(2 * CHUNK + 1)))
    before = {name for name in store.parts if name.startswith("entries/")}
    asked(store, withdrawn("e0"))
    after = {name for name in store.parts if name.startswith("entries/")}

    assert (before, after) == ({f"entries/0/{KEY}", f"entries/1/{KEY}"}, {f"entries/0/{KEY}"})
    assert len(list(store.record().subject(KEY).entries.since(0))) == 2 * CHUNK


def test_withdrawn_evidence_is_corrected_back_from_a_snapshot() -> None:
    """The place of withdrawn evidence is found again through the ledger."""
    store = asked(Store(), shown("a", "4"), shown("b", "2"))
    asked(store, withdrawn("a"))
    asked(store, corrected("a", "3"))

    assert list(store.record().subject(KEY).entries.since(0)) == [(1, 4), (2, 2)]


def test_late_evidence_reads_the_history_of_one_subject() -> None:
    """Evidence dated before what is folded makes that subject read its evidence again, and no other."""
    store = asked(Store(), shown("a", "3", "2026-02-01"), shown("b", "3", "2026-02-01", subjects=(OTHER,)))
    store.reads.clear()
    asked(store, shown("c", "2", "2026-01-01"))

    assert "version 1" in store.reads
    assert "version 2" not in store.reads
    assert sheet(store.record()) == sheet(record_of(*store.stream))


def test_a_fact_never_asked_before_is_folded_from_the_events() -> None:
    """A new fact of an old subject reads the evidence through the ledger."""
    store = asked(Store(), shown("a", "3"), shown("b", "4"))

    assert value_of(store.record(), fact("sum.1")) == 7


def test_facts_beyond_the_limit_are_folded_anew() -> None:
    """A subject keeps a limited number of states, and a fact whose state went still has its value."""
    record = record_of(shown("a", "3"))
    definitions = [fact("count.1", FactType.INTEGER, where=(AtLevel(-place),)) for place in range(MOST_STATES + 5)]
    values = {value_of(record, definition) for definition in (*definitions, definitions[0])}

    assert values == {1}
    assert len(record.subject(KEY).states) == MOST_STATES


@pytest.mark.parametrize("name", [f"subject/{KEY}", f"entries/0/{KEY}"])
def test_a_missing_part_is_noticed(name: str) -> None:
    """A part another part speaks of and that is not there is never taken for an empty one."""
    store = asked(Store(), *history(CHUNK + 5))
    del store.parts[name]

    with pytest.raises(SnapshotUnusable) as caught:
        asked(store, shown("late", "3", "2019-01-01"))

    assert str(caught.value) == f"the snapshot part {name} is missing; fold the learner anew"


def test_a_stale_subject_is_noticed() -> None:
    """A subject's part of an earlier version does not pass for the one that was written last."""
    store, name = asked(Store(), *history(5)), f"subject/{KEY}"
    old = store.parts[name]
    asked(store, shown("later", "3", "2026-01-01"))
    store.parts[name] = old
    record = store.record()

    with pytest.raises(SnapshotUnusable) as caught:
        record.apply(record.version + 1, shown("new", "3"))

    assert str(caught.value) == f"the snapshot part {name} is of version 7, not 8; fold the learner anew"


def test_a_stale_chunk_is_noticed() -> None:
    """A chunk as it was before a correction does not pass for the one that was written with it."""
    store, name = asked(Store(), *history(CHUNK + 5)), f"entries/0/{KEY}"
    old = store.parts[name]
    asked(store, corrected("e0", "4"))
    store.parts[name] = old

    with pytest.raises(SnapshotUnusable) as caught:
        asked(store, withdrawn("e1"))

    assert str(caught.value) == f"the snapshot part {name} is of version 71, not 72; fold the learner anew"


@pytest.mark.parametrize("name", ["learner", f"subject/{KEY}", f"entries/0/{KEY}"])
def test_a_part_that_cannot_be_read_is_noticed(name: str) -> None:
    """Bytes that are no part of this kind stop the record before anything is decided."""
    store = asked(Store(), *history(CHUNK + 5))
    store.parts[name] = store.parts[name].replace(b"[", b"{", 1)

    with pytest.raises(SnapshotUnusable, match=f"the snapshot part {name} cannot be read .*; fold the learner anew"):
        asked(store, shown("late", "3", "2019-01-01"))


def test_a_version_that_is_not_in_the_stream_is_noticed() -> None:
    """A snapshot that speaks of an event the stream does not hold is not trusted."""
    store = asked(Store(), *history(5))
    record = LearnerRecord(LEARNER, store, lambda _versions: {}, store.locate)

    with pytest.raises(SnapshotUnusable) as caught:
        value_of(record, fact("sum.1"))

    assert str(caught.value) == (
        f"learner/{LEARNER} holds no version 3, which its snapshot names; fold the learner anew"
    )


def test_a_record_folded_anew_repairs_the_snapshot() -> None:
    """After a part was lost a record folded from the events writes every part again."""
    store = asked(Store(), *history(5))
    store.parts.clear()
    record = fold_learner(LearnerRecord(LEARNER), enumerate(store.stream, 1))
    sheet(record)
    store.save(record)

    assert sheet(store.record()) == sheet(record_of(*store.stream))
    assert store.parts == asked(Store(), *history(5)).parts


def test_nothing_is_known_of_a_new_learner() -> None:
    """A record without a snapshot begins at version 0 with no value for any fact."""
    record = Store().record()

    assert (record.version, record.subjects, record.decision_keys) == (0, (f"learner/{LEARNER}",), ())
    assert value_of(record, fact("latest.1")) is ABSENT
