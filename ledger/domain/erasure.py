"""What the law has taken out of the record of a learner: stream `learner/<uuid>`.

Nothing here says why in anybody's own words: such a text would tell what was to be erased.
"""

from ledger.domain.disclosure import Disclosed, NamesDisclosed
from ledger.domain.shapes import Payload


class KeyDestroyed(Payload, frozen=True, kw_only=True):
    """The learner's key in the vault was destroyed: names, contacts, free texts and documents are gone for good.

    `basis` names the law, rule or order it rests on, never a person.
    """

    basis: str


class PayloadsErased(Payload, frozen=True, kw_only=True):
    """The payloads of these versions of the learner's stream were erased; a tombstone stands for each.

    `versions` rise. `decisions` says whether those of decisions are among them; without it every
    decision stays readable. Rules are asked nothing about the learner from here on. `basis` is as in
    `KeyDestroyed`.
    """

    basis: str
    versions: tuple[int, ...]
    decisions: bool = False


class Erased(Payload, frozen=True, kw_only=True):
    """An event whose payload was erased, as it is read: never written, and in no list of topics.

    `topic` is the one of the event it was; `digest` the SHA-256 of the bytes that were stored.
    """

    topic: str
    digest: str


STILL_RECORDED: frozenset[type[Payload]] = frozenset({Disclosed, KeyDestroyed, NamesDisclosed, PayloadsErased})
"""What may be recorded about a learner whose payloads were erased."""
