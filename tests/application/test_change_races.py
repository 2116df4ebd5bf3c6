"""Several people and programs at once: one clear winner, a clear message, and nothing half done."""

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.application import Ledger, changing, open_ledger
from ledger.application.change_state import change_named, supposition_of
from ledger.application.previewing import preview
from ledger.application.proposing import Proposal, propose
from ledger.audit.replay import Replay
from ledger.domain.change_fold import Change, ChangeStatus
from ledger.domain.changes import ChangeApproved, ChangeProposed
from ledger.domain.learner import Decided
from ledger.domain.ledger import Ticked
from ledger.errors import LedgerError, Refused
from ledger.importing import ImportOptions, import_evidence
from ledger.values import random_identifier
from tests.importing.test_evidence import rows
from tests.support.changes import BOARD, TODAY, activated, adoption, approved, person, proposed
from tests.support.ledgers import Clock, author, classroom, evidence, record_evidence


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with a rule for mastery."""
    found = classroom(tmp_path, course=False)
    for number, kind in enumerate(("task", "exam")):
        record_evidence(found, author(found), LEARNER, evidence(found, f"e{number}", "C.2", "3", kind=kind))
    return found


LEARNER = random_identifier()


def another(ledger: Ledger) -> Ledger:
    """Open the same ledger once more, as another process would."""
    return open_ledger(ledger.home.path, ledger.jurisdiction, clock=Clock(), environment={})


def at_once(*acts: Callable[[], object]) -> Counter[str]:
    """Run acts in threads that begin together; return what each came to, in words."""
    begin, told = threading.Barrier(len(acts)), Counter[str]()

    def run(act: Callable[[], object]) -> None:
        begin.wait()
        try:
            act()
            told["done"] += 1
        except LedgerError as error:
            told[str(error)] += 1

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def steps_of(ledger: Ledger, change: Change, kind: type[object]) -> int:
    """Count the steps of a kind that a change has taken."""
    return sum(isinstance(step, kind) for step, _ in change_named(ledger.governance(), change.id).steps)


def test_of_two_approvers_one_is_told_that_it_is_approved(ledger: Ledger) -> None:
    """Both are other people than the proposer; the change is approved once."""
    change = proposed(ledger, overrides={"kinds": "3"})
    changing.preview_change(ledger, person(ledger, "m.ortiz"), change.id)
    changing.submit(ledger, person(ledger, "m.ortiz"), change.id)
    with another(ledger) as second, another(ledger) as third:
        told = at_once(
            lambda: changing.approve(second, person(second, "j.lee"), change.id),
            lambda: changing.approve(third, person(third, "k.wong"), change.id),
        )

    assert {"done": 1, "change 1 is approved already": 1} == told
    assert 1 == steps_of(ledger, change, ChangeApproved)


def test_of_two_proposals_that_meet_one_is_refused(ledger: Ledger) -> None:
    """Neither could see the other when it was made; the ledger holds one."""
    with another(ledger) as second, another(ledger) as third:
        told = at_once(*(lambda one=one: proposed(one, overrides={"kinds": "3"}) for one in (second, third)))

    said = "change 1 is proposed and already concerns MASTERY of every competency on some of these days: withdraw one"
    assert {"done": 1, f"{said} of the two, or wait": 1} == told
    assert 1 == len(ledger.governance().changes)


def test_two_activations_make_one_rule(ledger: Ledger) -> None:
    """The second is told that the change is active already."""
    change = proposed(ledger, overrides={"kinds": "3"})
    approved(ledger, change)
    changing.schedule(ledger, person(ledger, "j.lee"), change.id)
    before = len(ledger.governance().adoptions)
    with another(ledger) as second, another(ledger) as third:
        told = at_once(
            lambda: changing.activate(second, person(second, "j.lee"), change.id),
            lambda: changing.activate(third, person(third, "k.wong"), change.id),
        )

    assert {"done": 1, "change 1 is active already": 1} == told
    assert before + 1 == len(ledger.governance().adoptions)


def test_a_withdrawal_and_an_approval_at_once_leave_one_of_the_two(ledger: Ledger) -> None:
    """Whichever comes second meets what the first has done: an approved change may be withdrawn, not the reverse."""
    change = proposed(ledger, overrides={"kinds": "3"})
    changing.preview_change(ledger, person(ledger, "m.ortiz"), change.id)
    changing.submit(ledger, person(ledger, "m.ortiz"), change.id)
    with another(ledger) as second, another(ledger) as third:
        told = at_once(
            lambda: changing.withdraw_change(second, person(second, "m.ortiz"), change.id, "never mind"),
            lambda: changing.approve(third, person(third, "j.lee"), change.id),
        )

    assert told in ({"done": 2}, {"done": 1, "change 1 is withdrawn": 1})
    assert ChangeStatus.WITHDRAWN is change_named(ledger.governance(), change.id).status


def test_evidence_that_arrives_during_a_preview_is_not_in_it(ledger: Ledger) -> None:
    """A preview is true for the position it began at; what it misses makes it stale where it matters."""
    change = proposed(ledger, overrides={"kinds": "3"})
    late = random_identifier()

    def meanwhile(_: int, __: int) -> None:
        with another(ledger) as second:
            for number, kind in enumerate(("task", "exam")):
                name = f"late{number}"
                if second.log.recorder.evidence([name]):
                    return
                record_evidence(second, author(second), late, evidence(second, name, "C.2", "3", kind=kind))

    found = changing.preview_change(ledger, person(ledger, "m.ortiz"), change.id, meanwhile)
    supposition = supposition_of(ledger.governance(), change.proposed)
    changing.submit(ledger, person(ledger, "m.ortiz"), change.id)

    assert (1, 1) == (found.learners, found.losses)
    assert 2 == preview(ledger, supposition, TODAY).count("loss")
    with pytest.raises(Refused, match="changes what it says about 1 learner: preview change 1 again"):
        changing.approve(ledger, person(ledger, "j.lee"), change.id)


def test_a_change_is_activated_while_an_import_runs(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each decision rests on the rule that was known when it was made, and is made again as it was."""
    monkeypatch.setattr("ledger.importing.appending.TOGETHER", 50)
    change = proposed(ledger, overrides={"kinds": "1"})
    approved(ledger, change)
    changing.schedule(ledger, person(ledger, "j.lee"), change.id)
    file = tmp_path / "evidence.csv"
    file.write_text(rows(120, learners=30))
    done = []

    def meanwhile(stage: str, number: int, _: int) -> None:
        if stage == "append" and not done:
            with another(ledger) as second:
                done.append(changing.activate(second, person(second, "j.lee"), change.id))

    report = import_evidence(ledger, author(ledger), file, ImportOptions(), lambda *told: meanwhile(*told))
    decided = [event.data for event in ledger.log.scan() if isinstance(event.data, Decided)]
    streams = [stream.removeprefix("learner/") for stream in ledger.log.recorder.streams("learner/")]

    assert (120, 1) == (report.imported, len(done))
    assert 2 == len({one.adoption for one in decided})
    assert {"identical"} == {one.verdict.value for one in Replay(ledger.log).replay(streams)}


def test_a_command_that_always_comes_second_gives_up_with_a_sentence(ledger: Ledger) -> None:
    """After eight tries it says that what governs changes faster than it can be read; nothing is stored."""
    wanted = Proposal(BOARD, "late", TODAY, adoption=adoption(ledger, "competency-based/mastery", subjects=("c4",)))
    busy = Busy(ledger)
    with pytest.raises(Refused, match="what governs changed at position"):
        busy.write(lambda: propose(ledger, person(ledger, "m.ortiz"), wanted))

    assert 0 == sum(isinstance(event.data, ChangeProposed) for event in ledger.log.scan() if event.role == "late")
    assert activated(ledger, proposed(ledger, subjects=("c4",))).status is ChangeStatus.ACTIVE


class Busy:
    """Another process that changes what governs whenever this one has read it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.reading = ledger.governance

    def write(self, act: Callable[[], object]) -> None:
        """Act while what governs changes after every reading."""
        with another(self.ledger) as second:

            def governance() -> object:
                found, position = self.reading(), self.reading().position
                second.write(author(second), "ledger", [Ticked(through=f"2026-01-{1 + position % 28:02}")])
                return found

            self.ledger.governance = governance  # type: ignore[method-assign,assignment]
            try:
                act()
            finally:
                self.ledger.governance = self.reading  # type: ignore[method-assign]
