"""When the running signer signs."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ledger.audit.signing import Signed
from ledger.audit.watching import Declined, Watching
from ledger.errors import SigningRefused
from ledger.home import Home
from ledger.storage.append import Append
from ledger.storage.recorder import LedgerRecorder
from tests.storage.support import open_recorder, stored


@dataclass
class Signing:
    """A clock in milliseconds, ledgers of some events, and a signer that only counts."""

    home: Home
    time: int = 0
    refuses: str = ""
    recorders: dict[str, LedgerRecorder] = field(default_factory=dict)
    signed: dict[str, int] = field(default_factory=dict)

    def ledger(self, name: str, events: int) -> None:
        """Append events to a ledger, made on the first time."""
        if name not in self.recorders:
            self.recorders[name] = open_recorder(self.home.ledger_file(name))
        recorder = self.recorders[name]
        recorder.append(Append(stored("learner/x", recorder.last_version("learner/x") + 1, events)))

    def sign(self, name: str) -> Signed:
        """Sign what is there, or refuse."""
        if self.refuses:
            raise SigningRefused(self.refuses)
        size = self.recorders[name].max_notification_id()
        before, self.signed[name] = self.signed.get(name, 0), size
        return Signed(name, size, size - before, "")


@pytest.fixture
def signing(tmp_path: Path) -> Signing:
    """A home with one ledger of two events."""
    made = Signing(Home(tmp_path))
    made.ledger("us-xx", 2)
    return made


def watching(signing: Signing, wanted: str | None = None) -> Watching:
    """Watch the ledgers of a home."""
    return Watching(signing.home, wanted, signing.sign, lambda: signing.time)


def sizes(watch: Watching) -> list[int]:
    """Look once, and return the sizes that were signed."""
    return [one.size for one in watch.look() if isinstance(one, Signed)]


def test_a_few_events_wait_for_the_second_to_pass(signing: Signing) -> None:
    """What was appended is signed a second after the last time, and not before."""
    watch = watching(signing)
    found = [sizes(watch)]
    signing.ledger("us-xx", 1)
    for time in (10, 999, 1000, 1500, 5000):
        signing.time = time
        found.append(sizes(watch))

    assert [[2], [], [], [3], [], []] == found


def test_many_events_do_not_wait(signing: Signing) -> None:
    """256 events are signed at once."""
    watch = watching(signing)
    sizes(watch)
    signing.ledger("us-xx", 255)
    before = sizes(watch)
    signing.ledger("us-xx", 1)

    assert ([], [258]) == (before, sizes(watch))


def test_a_ledger_made_meanwhile_is_signed(signing: Signing) -> None:
    """A ledger that was not there at the start is signed when it is, unless one was named."""
    every, one = watching(signing), watching(signing, "us-xx")
    for watch in (every, one):
        sizes(watch)
    signing.ledger("us-yy", 4)

    assert ([4], []) == (sizes(every), sizes(one))


def test_a_refusal_is_told_once_and_tried_again(signing: Signing) -> None:
    """What keeps a log from being signed is told when it is new; the log is signed as soon as nothing does."""
    watch = watching(signing)
    sizes(watch)
    signing.ledger("us-xx", 1)
    signing.refuses = "a hole"
    found = []
    for signing.time in (1000, 1500, 2000, 3000):
        found.append(list(watch.look()))
    declined = watch.declined()
    signing.refuses = ""
    signing.time = 4000

    assert [[Declined("us-xx", "a hole")], [], [], []] == found
    assert [Declined("us-xx", "a hole")] == declined
    assert ([3], []) == (sizes(watch), watch.declined())


def test_fewer_events_than_were_signed_are_due(signing: Signing) -> None:
    """A ledger that shrank is looked at too: the signer says what became of it."""
    watch = watching(signing)
    sizes(watch)
    signing.refuses = "removed"
    signing.recorders["us-xx"].datastore.query("DELETE FROM stored_events WHERE position = 2")
    signing.recorders["us-xx"].datastore.query("DELETE FROM leaves WHERE leaf_index = 1")
    signing.time = 1000

    assert [Declined("us-xx", "removed")] == list(watch.look())


def test_the_watch_goes_by_a_clock_that_only_rises(signing: Signing) -> None:
    """Without a clock given, time is that of the machine since it was started."""
    watch = Watching(signing.home, None, signing.sign)

    assert [2] == sizes(watch)
    assert watch.now() <= watch.now()
