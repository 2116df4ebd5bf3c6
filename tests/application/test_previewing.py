"""What a change would do to the learners on record, and whether that still holds."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.application import Ledger
from ledger.application.preview_rows import Preview, PreviewRow
from ledger.application.previewing import preview, record_at, still_holds
from ledger.deciding.payload import decided_payload
from ledger.deciding.supposing import Key, answers
from ledger.domain.changes import OutcomePair
from tests.support.ledgers import adopted, classroom, record
from tests.support.suppositions import ONE_KIND, THREE_KINDS, ending, made, supposing

MASTERY, COURSE = "competency-based/mastery", "competency-based/course"
TODAY = date(2026, 6, 15)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A state's ledger: two learners with credit for algebra, one with a single kind of task, one with nothing yet."""
    found = classroom(tmp_path)
    for name in ("S-1", "S-2"):
        both(found, name)
    record(found, found.vault.learner_id("S-3"), "S-3 one", "C.0")
    record(found, found.vault.learner_id("S-4"), "S-4 one", "C.0", "1")
    return found


def both(ledger: Ledger, name: str) -> None:
    """Let a learner master both standards of algebra, in two kinds of task each."""
    learner = ledger.vault.learner_id(name)
    for code in ("C.0", "C.1"):
        for kind in ("task", "exam"):
            record(ledger, learner, f"{name} {code} {kind}", code, kind=kind)


def listed(found: Preview, ledger: Ledger) -> list[tuple[str, str, str | None, str | None]]:
    """Return learner, question and subject, and both outcomes of each row, by learner's name."""
    names = {ledger.vault.learner_id(f"S-{number}"): f"S-{number}" for number in range(1, 5)}
    return sorted(
        (names[row.learner], f"{row.question} {row.subject}", row.without.outcome, row.supposed.outcome)
        for row in found.rows
    )


def test_a_stricter_rule_loses_and_an_award_stands(ledger: Ledger) -> None:
    """Three kinds of task: nobody would hold mastery, credit or advancement; what was awarded is told apart."""
    found = preview(ledger, supposing(ledger, MASTERY, THREE_KINDS), TODAY)
    keys = ("ADVANCEMENT course/algebra", "CREDIT course/algebra", "MASTERY competency/c0", "MASTERY competency/c1")

    assert [(name, key, "met", "not_yet") for name in ("S-1", "S-2") for key in keys] == listed(found, ledger)
    assert (8, 0, 4) == (found.count("loss"), found.count("gain"), found.awards)
    assert {"CREDIT", "ADVANCEMENT"} == {row.question for row in found.rows if row.awarded}
    assert (4, 4) == (found.learners, found.concerned)


def test_a_looser_rule_gains(ledger: Ledger) -> None:
    """One kind of task: the learner with one has mastered the standard; who fell short still does."""
    found = preview(ledger, supposing(ledger, MASTERY, ONE_KIND), TODAY)

    assert [("S-3", "MASTERY competency/c0", "not_yet", "met")] == listed(found, ledger)
    assert (1, 0) == (found.count("gain"), found.count("loss"))
    assert ("kinds",) == found.rows[0].without.decisive


def test_unchanged_answers_are_counted(ledger: Ledger) -> None:
    """Every answer that might be another is counted, those that stay the same too."""
    found = preview(ledger, supposing(ledger, MASTERY, ONE_KIND), TODAY)
    counted = {(one.question, one.without, one.with_it): one.count for one in found.pairs}

    assert {
        ("ADVANCEMENT", "met", "met"): 2,
        ("ADVANCEMENT", "not_yet", "not_yet"): 2,
        ("CREDIT", "met", "met"): 2,
        ("CREDIT", "not_yet", "not_yet"): 2,
        ("MASTERY", "met", "met"): 4,
        ("MASTERY", "not_yet", "met"): 1,
        ("MASTERY", "not_yet", "not_yet"): 3,
    } == counted
    assert found.keys == sum(counted.values())


def test_a_rule_that_would_end_without_another_takes_its_question_away(ledger: Ledger) -> None:
    """Where nothing would govern credit, nothing would be said of it, and the credits awarded stand."""
    found = preview(ledger, ending(ledger, COURSE), TODAY)
    credit = [row for row in found.rows if row.question == "CREDIT"]

    assert {("met", None, True), ("not_yet", None, False)} == {
        (row.without.outcome, row.supposed.outcome, row.awarded) for row in credit
    }
    assert OutcomePair(question="CREDIT", award="standard", without="met", with_it=None, count=2) in found.pairs


def test_a_preview_writes_nothing(ledger: Ledger) -> None:
    """The log, the vault and what governs are the same before and after."""
    before = ledger.log.recorder.max_notification_id()
    preview(ledger, supposing(ledger, MASTERY, THREE_KINDS), TODAY)

    assert before == ledger.log.recorder.max_notification_id()
    assert before == max(ledger.governance().position, before)


def test_a_preview_is_the_same_whenever_it_is_worked_out(ledger: Ledger) -> None:
    """Of one position, whatever has been recorded and adopted since: the same rows, the same digest."""
    change = supposing(ledger, MASTERY, THREE_KINDS)
    first = preview(ledger, change, TODAY)
    both(ledger, "S-3")
    adopted(ledger, MASTERY, overrides=ONE_KIND)
    again = preview(ledger, change, TODAY, first.position)

    assert first == again
    assert first.digest == again.digest
    assert first.digest != preview(ledger, change, TODAY).digest


def test_a_change_that_begins_later_is_previewed_for_its_day(ledger: Ledger) -> None:
    """Today nothing would differ; on the first day of the change it would."""
    change = supposing(ledger, MASTERY, ONE_KIND, date(2027, 1, 1))

    assert () == preview(ledger, change, TODAY).rows
    assert 1 == len(preview(ledger, change, date(2027, 1, 1)).rows)


def test_progress_is_told_learner_by_learner(ledger: Ledger) -> None:
    """Whoever waits is told how many of how many learners were looked at."""
    told: list[tuple[int, int]] = []
    preview(
        ledger, supposing(ledger, MASTERY, ONE_KIND), TODAY, progress=lambda done, total: told.append((done, total))
    )

    assert [(1, 4), (2, 4), (3, 4), (4, 4)] == told


def test_a_preview_holds_while_no_answer_changes(ledger: Ledger) -> None:
    """Evidence that changes nobody's answer, and steps of the change itself, leave a preview as it is."""
    change = supposing(ledger, MASTERY, THREE_KINDS)
    found = preview(ledger, change, TODAY)
    record(ledger, ledger.vault.learner_id("S-4"), "S-4 two", "C.0", "1")
    moved = still_holds(ledger, change, found)

    assert (True, False, ()) == (moved.holds, moved.rules, moved.learners)


def test_a_preview_is_stale_once_an_answer_changes(ledger: Ledger) -> None:
    """Who has come to master a standard since, and would lose it, is named."""
    change = supposing(ledger, MASTERY, THREE_KINDS)
    found = preview(ledger, change, TODAY)
    learner = ledger.vault.learner_id("S-3")
    record(ledger, learner, "S-3 two", "C.0", kind="exam")
    moved = still_holds(ledger, change, found)

    assert (False, (learner,)) == (moved.holds, moved.learners)
    assert ((), ["MASTERY"]) == (moved.before, [row.question for row in moved.now])
    assert still_holds(ledger, change, found, found.position).holds


def test_a_preview_is_stale_once_the_rules_it_compares_with_are_others(ledger: Ledger) -> None:
    """Where another adoption came first, everybody is looked at again."""
    change = supposing(ledger, MASTERY, ONE_KIND)
    found = preview(ledger, change, TODAY)
    adopted(ledger, MASTERY, overrides=ONE_KIND)
    moved = still_holds(ledger, change, found)

    assert (False, True) == (moved.holds, moved.rules)
    assert (1, 0) == (len(moved.before), len(moved.now))


def answered_by(ledger: Ledger, stream: str, position: int, keys: list[Key]) -> Mapping[Key, str | None]:
    """Ask the ledger's own rules about keys in their order, each answer standing before the next is asked."""
    held, decider = record_at(ledger, stream, position), ledger.decider()
    found: dict[Key, str | None] = {}
    for key in sorted(keys, key=lambda one: (["READINESS", "MASTERY", "CREDIT", "ADVANCEMENT"].index(one[0]), one)):
        answer = decider.answer(held, *key)
        found[key] = None if answer is None else answer.finding.outcome.value
        if answer is not None:
            made = decided_payload(
                answer,
                on=decider.on,
                read_to=decider.read_to,
                learner_version=held.version,
                standing=held.standing(*key),
            )
            held.apply(held.version + 1, made)
    return found


WORK = st.lists(
    st.tuples(
        st.sampled_from(["S-1", "S-2"]),
        st.sampled_from(["C.0", "C.1", "C.2"]),
        st.sampled_from("1234"),
        st.sampled_from(["task", "exam", "performance"]),
        st.sampled_from(["2026-01-10", "2026-03-10", "2026-05-30"]),
    ),
    max_size=12,
)
RULES = st.sampled_from([ONE_KIND, THREE_KINDS, {"level": "2"}, {"level": "4", "kinds": "1"}, {}])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORK, st.lists(RULES, max_size=1), RULES, WORK)
def test_what_is_previewed_is_what_is_answered(
    work: list[tuple[str, ...]], earlier: list[dict[str, str]], rule: dict[str, str], later: list[tuple[str, ...]]
) -> None:
    """Whatever happened before: the rules in force answer as previewed, and once the change is made so do the new."""
    with tempfile.TemporaryDirectory() as folder, classroom(Path(folder)) as ledger:
        recorded(ledger, work, "a")
        for one in earlier:
            adopted(ledger, MASTERY, overrides=one)
        recorded(ledger, later, "b")
        change = supposing(ledger, MASTERY, rule)
        found = preview(ledger, change, TODAY)
        streams = ledger.log.recorder.streams("learner/")
        keys = {stream: keys_of(ledger, stream, found.position) for stream in streams}
        without = {one: answered_by(ledger, one, found.position, keys[one]) for one in streams}
        made(ledger, change)
        supposed = {one: answered_by(ledger, one, found.position, keys[one]) for one in streams}
        expected = {
            (one.removeprefix("learner/"), *key): (without[one][key], supposed[one][key])
            for one in streams
            for key in keys[one]
            if without[one][key] != supposed[one][key]
        }

        assert expected == {row.key: (row.without.outcome, row.supposed.outcome) for row in found.rows if differs(row)}
        assert found.keys == sum(map(len, keys.values()))


def recorded(ledger: Ledger, work: list[tuple[str, ...]], series: str) -> None:
    """Record some work."""
    for number, (name, code, level, kind, day) in enumerate(work):
        learner = ledger.vault.learner_id(name)
        record(ledger, learner, f"{series}{number}", code, level, kind=kind, occurred=day)


def keys_of(ledger: Ledger, stream: str, position: int) -> list[Key]:
    """Name what is asked of a learner at all: with a rule of mastery that changes, all of it is concerned."""
    return list(answers(ledger.decider(), record_at(ledger, stream, position)))


def differs(row: PreviewRow) -> bool:
    """Say whether the outcome itself would be another."""
    return row.without.outcome != row.supposed.outcome
