"""`mastery replay`: all decisions, those since, and a sample of them."""

import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ledger.application import open_ledger
from ledger.audit import parallel
from tests.audit.erasing import erase
from tests.cli.support import Terminal
from tests.cli.test_auditing import change, ledger_file


def test_a_sound_ledger_replays_as_identical(class_: Terminal) -> None:
    """Every decision is made again and comes out the same, of all learners or of one."""
    assert "6 decisions of 2 learners made again:\n  identical                        6\n" == class_.ok("replay")
    assert "3 decisions of 1 learner made again:\n  identical                        3\n" == class_.ok(
        "replay", "--learner", "S-1"
    )


def test_a_replay_is_told_in_json(class_: Terminal) -> None:
    """In JSON the verdicts are counted by name."""
    sound: dict[str, object] = {
        "position": 18,
        "since": None,
        "learners": 2,
        "decisions": 6,
        "verdicts": {"identical": 6},
        "differing": [],
        "erased": [],
        "seals_unchecked": 0,
        "sample": None,
    }

    assert sound == class_.json("replay")


def test_an_altered_event_is_a_finding(class_: Terminal) -> None:
    """An event whose bytes were changed is told with what differs, and the status is 1."""
    change(
        ledger_file(class_),
        "UPDATE stored_events SET state = CAST(replace(state, ?, ?) AS BLOB) WHERE position = ?",
        '"level":"2"',
        '"level":"4"',
        15,
    )
    result = class_.run("replay", "--learner", "S-2")
    learner = class_.learner("S-2")

    assert 1 == result.exit_code
    said = result.stdout.splitlines()
    assert said[0].startswith(f"learner {learner}, version 2 (position 16): MASTERY of competency/")
    assert f"evidence_altered: learner/{learner} version 1, position 15: it does not fit its leaf" in said[0]
    assert ["3 decisions of 1 learner made again:", "  evidence_altered                 3"] == said[-2:]


def test_damage_behind_every_decision_is_a_finding(class_: Terminal) -> None:
    """What was removed from the end of the log is told of the whole log, beside the decisions left; the status is 1."""
    change(ledger_file(class_), "DELETE FROM stored_events WHERE position >= ?", 16)
    result = class_.run("replay")
    missing = "no event stands at positions 16 to 18 of 1 to 18; leaves without events there: 3"

    assert 1 == result.exit_code
    assert [
        f"the log (position 16): evidence_missing: {missing}",
        "3 decisions of 2 learners made again:",
        "  identical                        3",
    ] == result.stdout.splitlines()


def test_an_altered_event_behind_the_last_decision_is_a_finding(class_: Terminal) -> None:
    """Damage of a learner's stream that no decision tells of is told for the learner."""
    change(ledger_file(class_), "UPDATE stored_events SET state = 'rubbish' WHERE position = ?", 18)
    result = class_.run("replay", "--learner", "S-2")

    assert 1 == result.exit_code
    assert (
        f"learner {class_.learner('S-2')} (position 18): evidence_altered: learner/{class_.learner('S-2')} version 4, "
        "position 18: its state is of a type that is never written"
    ) == result.stdout.splitlines()[0]


def test_seals_of_another_key_are_counted(class_: Terminal) -> None:
    """Seals made with a key that is not at hand are no finding; how many there are is told."""
    change(ledger_file(class_), "UPDATE leaves SET seal_key = ? WHERE leaf_index >= 15", "0123456789abcdef")
    result = class_.run("replay")

    assert 0 == result.exit_code
    assert "3 events sealed with another key than the present one: not checked" == result.stdout.splitlines()[0]


def gone(terminal: Terminal, name: str) -> None:
    """Erase the evidence of a learner lawfully."""
    with open_ledger(terminal.home, environment={}) as ledger:
        learner = ledger.vault.learner_id(name)
        rows = ledger.log.recorder.stream_rows(f"learner/{learner}")
        erase(ledger, learner, [row[2] for row in rows if row[3] == "learner.evidence-recorded.1"])


def test_what_was_lawfully_erased_is_told_and_no_finding(class_: Terminal) -> None:
    """Decisions that could have read it say so, and the status is 0."""
    gone(class_, "S-2")
    said = class_.ok("replay").splitlines()

    assert [
        "6 decisions of 2 learners made again:",
        "  identical                        4",
        "  evidence_erased                  2",
    ] == said[-3:]
    assert said[0].startswith(f"learner {class_.learner('S-2')}, version 2 (position 16): MASTERY of competency/")
    assert "evidence_erased: version 1, which it could have read, was erased, as version 5, position 19 says" in said[0]
    assert 2 == len(class_.json("replay")["erased"])


def test_a_long_list_of_what_was_erased_is_cut(class_: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text tells some, the JSON all."""
    monkeypatch.setattr("ledger.cli.replayed_text.SHOWN", 1)
    gone(class_, "S-2")

    assert "and 1 more evidence_erased; --json gives all of them" == class_.ok("replay").splitlines()[1]


def test_decisions_since_a_position_or_a_day(class_: Terminal) -> None:
    """After a position, or recorded from a day on."""
    after = class_.ok("replay", "--since", "17")
    never = class_.json("replay", "--since", "2999-01-01")

    assert "1 decision of 1 learner made again, after position 17:\n  identical                        1\n" == after
    assert 6 == class_.json("replay", "--since", "2000-01-01")["decisions"]
    assert (18, 0) == (never["since"], never["decisions"])


def test_a_sample_says_what_it_allows_to_be_said(class_: Terminal) -> None:
    """What was drawn from where, and the rate that exceptions do not exceed."""
    said = class_.ok("replay", "--sample", "4", "--seed", "auditor").splitlines()
    found = class_.json("replay", "--sample", "4", "--seed", "auditor")["sample"]

    assert "Drawn with the seed 'auditor' from 6 decisions, in proportion to question, outcome and policy:" == said[0]
    assert ["question", "outcome", "policy", "decisions", "drawn", "besides"] == said[1].split()
    assert said[-1].startswith("Of 4 drawn 0 are exceptions: at most 52.8 % of the 6 decisions would not come out ")
    assert ("0.95", "0.5272", 6, 4, 0) == tuple(
        found[name] for name in ("confidence", "limit", "population", "drawn", "exceptions")
    )
    assert 4 == sum(one["times"] for one in found["decisions"])
    assert {"identical"} == {one["verdict"] for one in found["decisions"]}


def test_a_sample_of_everything_estimates_nothing(class_: Terminal) -> None:
    """Where all are drawn the count is the answer; what was erased among them is told apart."""
    gone(class_, "S-2")

    assert (
        "All 6 decisions were drawn: 2 are exceptions, 2 of them lawfully erased; nothing is left to estimate."
    ) == class_.ok("replay", "--sample", "100", "--seed", "a").splitlines()[-1]


def test_a_decision_drawn_that_cannot_be_read_has_no_verdict(class_: Terminal) -> None:
    """It is an exception, and its damage a finding."""
    change(ledger_file(class_), "UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE position = ?", 18)
    result = class_.run("replay", "--sample", "100", "--seed", "a")

    assert 1 == result.exit_code
    assert (
        "All 6 decisions were drawn: 1 is an exception; nothing is left to estimate." == result.stdout.splitlines()[-1]
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--sample", "5"), "--sample and --seed go together: let the auditor name the seed\n"),
        (("--seed", "5"), "--sample and --seed go together: let the auditor name the seed\n"),
        (
            ("--sample", "5", "--seed", "5", "--learner", "S-1"),
            "a sample is drawn from all learners: leave out --learner or --sample\n",
        ),
    ],
)
def test_options_that_do_not_fit_are_refused(class_: Terminal, arguments: tuple[str, ...], said: str) -> None:
    """A sample needs a seed, and is of everybody."""
    result = class_.run("replay", *arguments)

    assert (2, said) == (result.exit_code, result.stderr)


@contextmanager
def nobody_lives() -> Iterator[None]:
    """Kill every process this one starts, as soon as it is there."""
    over = threading.Event()

    def kill() -> None:
        while not over.wait(0.005):
            for child in multiprocessing.active_children():
                child.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()


def test_workers_that_keep_dying_end_the_command(class_: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said of decisions nobody made again: a sentence, and the status is 2."""
    monkeypatch.setattr(parallel, "EVENTS", 1)
    monkeypatch.setattr(parallel, "LARGE", 1)
    with nobody_lives():
        result = class_.run("replay", "--processes", "2")

    assert (2, "") == (result.exit_code, result.stdout)
    assert "a worker process died 3 times, with 2 of 2 partitions undone; is there enough memory?" in result.stderr
