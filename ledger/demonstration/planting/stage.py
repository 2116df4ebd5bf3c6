"""Where the story happens: the ledger of the district, and what the steps before have left in it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.application import Ledger
from ledger.application.ledger import CLIENT
from ledger.catalogue import Catalogue
from ledger.demonstration.acting import Desk
from ledger.demonstration.governing import Hands
from ledger.demonstration.planting.clock import StoryClock
from ledger.domain.jurisdiction import PolicyAdopted
from ledger.storage.envelope import Event
from ledger.values import identifier


@dataclass(frozen=True, slots=True)
class Stage:
    """The ledger of the district with its clock, the files it is brought, and the built-in policies."""

    desk: Desk
    clock: StoryClock
    files: Path
    catalogue: Catalogue

    @property
    def ledger(self) -> Ledger:
        """Return the ledger."""
        return self.desk.ledger

    @property
    def hands(self) -> Hands:
        """Return who acts in it."""
        return self.desk.hands

    def evidence_id(self, name: str) -> str:
        """Return the id of the evidence that the step of a name entered."""
        return identifier("demonstration", self._command(name))

    def change_id(self, name: str) -> str:
        """Return the id of the change that the step of a name proposed."""
        return identifier("change", self.ledger.opened.ledger, self._command(name))

    def adoption(self, name: str) -> int:
        """Return the position of the adoption that the step of a name brought."""
        return self.position(name, lambda said: isinstance(said, PolicyAdopted))

    def position(self, name: str, meant: Callable[[object], bool]) -> int:
        """Return the position of the last event of a step that is meant; raise `LookupError` where there is none."""
        found = next((one for one in reversed(self._stored(name)) if meant(one.data)), None)
        if found is None:
            raise LookupError(f"the step {name!r} has stored no such event")
        return int(found.position)

    def _stored(self, name: str) -> list[Event[Any]]:
        done = self.ledger.log.recorder.known_command(CLIENT, self._command(name))
        return [] if done is None else list(self.ledger.log.scan(done.first - 1, done.last))

    def _command(self, name: str) -> str:
        return self.hands.author(name).command
