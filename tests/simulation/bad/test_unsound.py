"""A what-if that is not what the rule says fails as a whole, and names the learner."""

import os
import signal
from typing import Any

import pytest

from ledger.errors import Unavailable, WhatIfUnsound
from ledger.policy.memory import Memory
from ledger.simulation import Held, Processes, Side, simulate
from tests.simulation.support import BASELINE, CANDIDATE, held, tampered


def test_a_tampered_memory_fails_the_run() -> None:
    """Where what is remembered is not what the rule says, the sample finds a learner of whom it is wrong."""
    with pytest.raises(WhatIfUnsound) as refused:
        simulate([held({"a": 1})], BASELINE, CANDIDATE, seed=1, remember=tampered)

    assert (
        "us-ex/policy@1990-01-01 says not_yet of learner a, course/algebra, asked by itself, and the what-if said met: "
        "no figure of this what-if is to be used; please report it"
    ) == str(refused.value)


def test_a_tampered_memory_is_found_in_whoever_changes_without_a_sample() -> None:
    """Where only one side is wrong the learner changes, and giving the reasons finds it."""

    def one_side(side: Side) -> Memory:
        return tampered(side) if side is CANDIDATE else side.memory()

    with pytest.raises(WhatIfUnsound, match="says not_yet of learner a"):
        simulate([held({"a": 1})], BASELINE, CANDIDATE, seed=1, checked=0, remember=one_side)


def test_a_mismatch_in_another_process_fails_the_run() -> None:
    """The error of a worker is the error of the what-if."""
    with pytest.raises(WhatIfUnsound, match="of learner a"):
        simulate([held({"a": 1})], BASELINE, CANDIDATE, seed=1, remember=tampered, engine=Processes(1, "fork"))


def test_a_learner_cut_in_two_is_refused() -> None:
    """A learner in two partitions of one ledger would be counted twice; in two ledgers that is another record."""
    with pytest.raises(WhatIfUnsound, match="^learner a stands in two partitions of one population$"):
        simulate([held({"a": 1}), held({"a": 1})], BASELINE, CANDIDATE, seed=1)

    assert 2 == simulate([held({"a": 1}), held({"a": 1}, "us-ex/two")], BASELINE, CANDIDATE, seed=1).learners


def test_a_learner_scattered_within_a_partition_is_refused() -> None:
    """The cases of one learner stand together."""
    [a] = held({"a": 1}).held
    [b] = held({"b": 1}).held

    with pytest.raises(WhatIfUnsound, match="^the cases of learner a do not stand together in their partition$"):
        simulate([Held((a, b, a))], BASELINE, CANDIDATE, seed=1)


def dies(partition: Any) -> Any:
    """Die as a process does that the system kills."""
    os.kill(os.getpid(), signal.SIGKILL)


def dies_once(partition: Any) -> Any:
    """Die unless a file says that somebody has died before."""
    if not partition.exists():
        partition.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return partition.name


def test_a_worker_that_dies_is_replaced(tmp_path: Any) -> None:
    """What a killed worker had not answered is asked again, once each."""
    done = sorted(Processes(2, "fork").map(dies_once, [tmp_path / "a", tmp_path / "b"]))

    assert [(0, "a"), (1, "b")] == done


def test_workers_that_keep_dying_are_given_up() -> None:
    """After three pools a sentence says what may be wrong, and nothing hangs."""
    with pytest.raises(Unavailable) as refused:
        list(Processes(1, "fork").map(dies, [1, 2]))

    assert (
        "a worker process died 3 times, with 2 of 2 partitions undone; is there enough memory? Ask for fewer processes"
    ) == str(refused.value)
