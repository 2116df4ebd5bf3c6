"""One decision made again: the verdict, and where it is not identical both sides of what parts them."""

from dataclasses import dataclass

from ledger.application import Ledger
from ledger.audit.comparing import Parting, partings
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Replayed
from ledger.domain.learner import Decided
from ledger.errors import UnknownName


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """A decision as made and as made again just now, null where it cannot be; `partings` names what differs."""

    replayed: Replayed
    made: Decided | None
    again: Decided | None
    partings: tuple[Parting, ...]


def made_again(ledger: Ledger, learner: str, version: int) -> MadeAgain:
    """Make one decision of a learner again, from the log alone; raise `UnknownName` where that version is none."""
    for stream, one in Replay(ledger.log).stream(learner, lambda number, _: number == version):
        if one.version == version and one.is_decision:
            made, again = stream.made, stream.remade
            parted = partings(made, again) if made and again and made != again else ()
            return MadeAgain(one, made, again, parted)
    raise UnknownName(f"version {version} of learner {learner} is not a decision; `mastery decisions` lists them")
