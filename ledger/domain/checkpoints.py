"""What happens to the signed history of a log: its keys, and who was given its checkpoints. Stream `ledger`.

A checkpoint says how many events the log has and the root of the tree over their leaves; `size` is that
number, `root` the root in base64, both as they stand in the checkpoint.
"""

from typing import Literal

from ledger.domain.shapes import Payload

KeyReason = Literal["first", "renewed", "lost", "disclosed"]
Means = Literal["mail", "paper", "file", "published"]


class KeyIntroduced(Payload, frozen=True, kw_only=True):
    """From here on checkpoints of this log are signed with this key.

    `key` is its verifier key as C2SP signed notes write it, `name+hash+key`; `replaces` the one whose
    place it takes, null for the first. `endorsement` is the note by which the one before vouches for it,
    signed by both; null for the first key and where the one before could not sign any more.
    """

    key: str
    replaces: str | None
    reason: KeyReason
    endorsement: str | None = None


class CheckpointHandedOut(Payload, frozen=True, kw_only=True):
    """A checkpoint of this log was given to somebody outside.

    `to` is the vault id of the person or the organisation, null where it was published for everybody.
    """

    size: int
    root: str
    to: str | None
    means: Means


class CheckpointReceived(Payload, frozen=True, kw_only=True):
    """A checkpoint of another log arrived here: that log's history is held by this ledger from now on.

    `jurisdiction` is whose ledger it is and `origin` the name of its log; `key` the verifier key under
    which the signature held, `note` the signed note as it came. `since` is the size of the checkpoint
    received before, from which on events were only added; null where it is the first of that log.
    """

    jurisdiction: str
    origin: str
    size: int
    root: str
    key: str
    note: str
    since: int | None = None


EVENTS = frozenset({KeyIntroduced, CheckpointHandedOut, CheckpointReceived})
"""What concerns the history of one log, and is passed on to nobody below."""
