"""An opened ledger: its log, its vault, and what governs it now."""

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from ledger.application.checking import require_sound
from ledger.deciding import Decider, Shelf
from ledger.documents import Documents
from ledger.domain.change_fold import Written
from ledger.domain.governance import Governance
from ledger.domain.ledger import LedgerOpened
from ledger.domain.shapes import Payload
from ledger.errors import LedgerDamaged, StreamConflict
from ledger.home import Home
from ledger.keys import seal_key
from ledger.storage import tables
from ledger.storage.append import Append, Appended, Command
from ledger.storage.envelope import Author, Unstamped
from ledger.storage.factory import wall_clock
from ledger.storage.leaves import sealer
from ledger.storage.log import Log
from ledger.storage.mapper import LedgerMapper
from ledger.storage.peek import first_event
from ledger.values import ordered_identifier
from ledger.vault import Vault

CLIENT = "mastery"
"""The name under which this application's own commands are remembered."""

TRIES = 8
"""How often a command is tried again when others write to the same stream meanwhile."""

_encode = msgspec.json.Encoder(order="sorted").encode


class Ledger:
    """One ledger, opened for commands and questions; safe for threads.

    `clock` returns the present instant as stored text; no rule and no fold ever reads it.
    """

    def __init__(
        self, home: Home, jurisdiction: str, log: Log, vault: Vault, clock: Callable[[], str], command_key: bytes
    ) -> None:
        self.home = home
        self.jurisdiction = jurisdiction
        self.log = log
        self.vault = vault
        self.clock = clock
        self._digest = sealer(command_key)
        self._governance = Governance()
        self._refreshing = threading.Lock()
        self._shelf = Shelf(self._governance)
        self._decider: Decider | None = None
        self._seen = ("", date.min)

    def close(self) -> None:
        """Close the files."""
        self.log.close()
        self.vault.close()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def documents(self) -> Documents:
        """Return the documents kept beside the ledgers of this folder."""
        return Documents(self.home.documents, self.vault)

    def governance(self) -> Governance:
        """Return what governs now, after folding whatever came since the last time."""
        with self._refreshing:
            for event in self.log.governing(self._governance.position):
                written = Written(event.actor, event.behalf, event.at, event.originator_version)
                self._governance.apply(event.position, event.data, written=written)
            return self._governance

    def shelf(self) -> Shelf:
        """Return the policies archived here."""
        self.governance()
        return self._shelf

    def decider(self, on: date | None = None) -> Decider:
        """Return the decider of a day, today without one, and of what governs now."""
        governance, day = self.governance(), on or self.today()
        held = self._decider
        if held is None or (held.on, held.read_to) != (day, governance.position):
            held = self._decider = Decider(governance, self._shelf, day, governance.position)
        return held

    @property
    def opened(self) -> LedgerOpened:
        """Return how this ledger was opened; that never changes."""
        found = self._governance.opened or self.governance().opened
        if found is None:
            raise LedgerDamaged(f"{self.log.path} does not begin with the opening of a ledger")
        return found

    def today(self) -> date:
        """Return the day in the ledger's zone; it changes with a minute of the clock, never within one."""
        instant = self.clock()
        minute, day = self._seen
        if instant[:16] != minute or instant[-1] != "Z":
            day = datetime.fromisoformat(instant).astimezone(ZoneInfo(self.opened.zone)).date()
            self._seen = (instant[:16] if instant[-1] == "Z" else "", day)
        return day

    def author(self, who: str, role: str, command: str | None = None, behalf: str | None = None) -> Author:
        """Name who acts: a vault id for the person, and a command id, new where none is given."""
        return Author(self.vault.person_id(who), role, command or ordered_identifier(), behalf)

    def write(self, author: Author, stream: str, payloads: Sequence[Payload]) -> Appended:
        """Append to a stream that is not a learner's; the command id makes a repeat harmless."""
        return self.write_all(author, [(stream, payload) for payload in payloads])

    def write_all(
        self, author: Author, placed: Sequence[tuple[str, Payload]], asked: Sequence[Payload | str] | None = None
    ) -> Appended:
        """Append to several streams that are not learners', all or nothing; retried when others come first.

        `asked` is what the command was asked for, where that is less than what it writes.
        """
        for _, payload in placed:
            require_sound(payload)
        command = self.command(author, [payload for _, payload in placed] if asked is None else asked)
        for _ in range(TRIES - 1):
            try:
                return self.log.append(self._numbered(author, placed, command))
            except StreamConflict:
                continue
        return self.log.append(self._numbered(author, placed, command))

    def write_as_governed(
        self,
        author: Author,
        asked: Sequence[Payload | str],
        make: Callable[[Governance], Sequence[tuple[str, Payload]]],
    ) -> Appended:
        """Append what follows from what governs; asked again whenever that changes before it is stored.

        `make` may refuse. A command that was carried out before is answered as the first time.
        """
        command = self.command(author, asked)
        for left in reversed(range(TRIES)):
            if (earlier := self.log.recorder.earlier(command)) is not None:
                return earlier
            governance = self.governance()
            position = governance.position
            placed = make(governance)
            for _, payload in placed:
                require_sound(payload)
            try:
                return self.log.append(self._numbered(author, placed, command, position))
            except StreamConflict:
                if not left:
                    raise
        raise AssertionError  # pragma: no cover - the last try either returns or raises

    def _numbered(
        self,
        author: Author,
        placed: Sequence[tuple[str, Payload]],
        command: Command,
        governed_to: int | None = None,
    ) -> Append:
        versions = {stream: self.log.recorder.last_version(stream) for stream, _ in placed}
        events = []
        for stream, payload in placed:
            versions[stream] += 1
            events.append(Unstamped(stream, versions[stream], payload, author))
        return self.log.prepared(events, command=command, governed_to=governed_to)

    def command(self, author: Author, asked: Sequence[Payload | str]) -> Command:
        """Name a command and digest what it asks for, under a key: a reason may be short enough to guess."""
        return Command(CLIENT, author.command, self._digest(_encode(asked)))


def open_ledger(
    home: Path,
    jurisdiction: str | None = None,
    *,
    clock: Callable[[], str] = wall_clock,
    environment: Mapping[str, str] = os.environ,
) -> Ledger:
    """Open the ledger of a jurisdiction, or the only one there is.

    Raises `UnknownName` where there is none, `LedgerDamaged` where the file is not a ledger.
    """
    layout = Home(home)
    wanted = layout.the_one(jurisdiction)
    path = layout.ledger_file(wanted)
    tables.require(path)
    state = first_event(path)
    if state is None:
        raise LedgerDamaged(
            f"{path} holds no event; its opening was interrupted: remove the file and run `mastery init`"
        )
    opened = LedgerMapper().read(*state)
    key = seal_key(home, environment=environment, create=False)
    log = Log(path, opened.data.ledger, key.secret, clock)
    vault = Vault.open(home, environment=environment)
    return Ledger(layout, wanted, log, vault, clock, key.derived("commands 1"))
