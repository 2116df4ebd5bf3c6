"""Making a bundle for an auditor, and writing down that it was given out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.application.checkpointing import store_of
from ledger.application.disclosing import Given, Recipient, disclose, require_recipient
from ledger.application.ledger import Ledger
from ledger.audit.bundling.making import Making
from ledger.audit.bundling.wanted import Wanted, decision_wanted, learners_wanted, sample_wanted
from ledger.audit.checkpoint_store import stated
from ledger.errors import Refused, UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author


@dataclass(frozen=True, slots=True)
class BundleAsked:
    """What a bundle is to hold: whole streams of learners, decisions as (learner, version), or so many by a seed.

    `pins` are sizes of the log an auditor keeps a root of; `size` that of the checkpoint to stand on, the last one
    where null; with `leaves` the record of every leaf of the log is in it.
    """

    learners: tuple[str, ...] = ()
    decisions: tuple[tuple[str, int], ...] = ()
    sample: int | None = None
    seed: str = ""
    pins: tuple[int, ...] = ()
    size: int | None = None
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was made and not yet given out: its bytes, what it holds, and what it is made of."""

    data: bytes
    making: Making

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the file, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def log(self) -> str:
        """Return the name of the log it stands on."""
        return stated(self.making.note).origin

    @property
    def size(self) -> int:
        """Return how many events of the log it stands on."""
        return stated(self.making.note).size


def make_bundle(ledger: Ledger, recipient: Recipient, asked: BundleAsked) -> Bundle:
    """Make a bundle of what is asked for; nothing is written down yet.

    Raises `Refused` where no checkpoint is there to stand on, `UnknownName` for what is not in it, `UsageError` for
    a basis or a purpose that is none, and `LedgerDamaged` where the ledger is not what was signed.
    """
    note = checkpoint_for(ledger, asked.size)
    wanted = wanted_of(ledger, asked, stated(note).size)
    require_recipient(ledger, recipient, list(wanted.streams))
    making = Making(ledger.log, store_of(ledger), note, wanted, asked.pins, asked.leaves)
    return Bundle(making.made(), making)


def give_out(ledger: Ledger, author: Author, recipient: Recipient, bundle: Bundle) -> Appended:
    """Write down with every learner it concerns that a bundle is given out; the command id makes a repeat harmless."""
    given = Given("bundle", bundle.sha256, bundle.size, bundle.making.last)
    return disclose(ledger, author, recipient, given, bundle.making.wanted)


def pin_sizes(ledger: Ledger, pins: Mapping[str, str], size: int | None = None) -> tuple[int, ...]:
    """Return the sizes of checkpoints an auditor keeps, each a text by a name; whether their roots fit, they check.

    Raises `UsageError` for one of another log, or later than the checkpoint to stand on.
    """
    on, sizes = stated(checkpoint_for(ledger, size)).size, []
    for name, text in pins.items():
        pin = stated(text)
        if pin.origin != ledger.opened.ledger:
            raise UsageError(f"{name} is a checkpoint of {pin.origin}, and this is the log {ledger.opened.ledger}")
        if pin.size > on:
            raise UsageError(f"{name} is of {pin.size:,} events, later than the checkpoint of {on:,} to stand on")
        sizes.append(pin.size)
    return tuple(sizes)


def checkpoint_for(ledger: Ledger, size: int | None) -> str:
    """Return the checkpoint a bundle stands on; raise `Refused` where there is none."""
    store = store_of(ledger)
    note = store.latest() if size is None else store.at(size)
    if note is None:
        what = "nothing is signed yet" if size is None else f"no checkpoint of {size:,} events is kept"
        raise Refused(f"{what} of {ledger.opened.ledger}: a bundle stands on a checkpoint; run `mastery signer --once`")
    return note


def wanted_of(ledger: Ledger, asked: BundleAsked, size: int) -> Wanted:
    """Return the streams a bundle has to show for what is asked; raise `UnknownName` for what is not signed yet."""
    if asked.learners:
        return learners_wanted(ledger.log, asked.learners, size)
    if asked.sample is not None:
        return sample_wanted(ledger.log, asked.sample, asked.seed, size)
    return decisions_wanted(ledger, asked.decisions, size)


def decisions_wanted(ledger: Ledger, decisions: Sequence[tuple[str, int]], size: int) -> Wanted:
    """Ask for several decisions, each with all of its learner's stream before it; raise `UsageError` for none."""
    if not decisions:
        raise UsageError("say which decisions the bundle is of")
    each = [decision_wanted(ledger.log, learner, version, size) for learner, version in decisions]
    streams: dict[str, int] = {}
    for one in each:
        for stream, version in one.streams.items():
            streams[stream] = max(streams.get(stream, 0), version)
    asked = tuple(sorted({place for one in each for place in one.decisions}))
    return Wanted("decision", dict(sorted(streams.items())), asked)
