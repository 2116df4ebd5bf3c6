"""How the `eventsourcing` library gets our datastore, recorder and mapper: `PERSISTENCE_MODULE`."""

import time
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from eventsourcing.persistence import InfrastructureFactory, ProgrammingError
from eventsourcing.sqlite import SQLiteProcessRecorder, SQLiteTrackingRecorder
from eventsourcing.utils import Environment, EnvType

from ledger.keys import Key
from ledger.storage import tables
from ledger.storage.datastore import LONGEST_WAIT, LedgerDatastore
from ledger.storage.recorder import LedgerRecorder, Stamp

TOPIC = "ledger.storage.factory:Factory"


def wall_clock() -> str:
    """Return the present instant in UTC, microseconds, fixed width."""
    second, part = divmod(time.time_ns(), 1_000_000_000)
    return f"{_second(second)}.{part // 1000:06}Z"


@lru_cache(maxsize=1)
def _second(since: int) -> str:
    return datetime.fromtimestamp(since, UTC).isoformat()[:19]


class Factory(InfrastructureFactory[SQLiteTrackingRecorder]):
    """Builds the parts of one ledger from environment-style settings.

    `LEDGER_FILE` is the path, `LEDGER_LOG` the name of the log, `LEDGER_SEAL_KEY` 64 hex digits,
    `LEDGER_LONGEST_WAIT` the seconds a writer waits for other processes.
    """

    clock = staticmethod(wall_clock)

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        path = Path(self._setting("LEDGER_FILE")).absolute()
        tables.require(path)
        wait = float(self.env.get("LEDGER_LONGEST_WAIT") or LONGEST_WAIT)
        self.datastore = LedgerDatastore(str(path), longest_wait=wait)

    def _setting(self, name: str) -> str:
        value = self.env.get(name)
        if not value:
            raise OSError(f"{name} is not set")
        return value

    def application_recorder(self) -> LedgerRecorder:
        """Build the recorder of this ledger."""
        key = Key(bytes.fromhex(self._setting("LEDGER_SEAL_KEY")), "LEDGER_SEAL_KEY")
        return LedgerRecorder(self.datastore, Stamp(self._setting("LEDGER_LOG"), self.clock, key.secret, key.id))

    def aggregate_recorder(self, purpose: str = "events") -> LedgerRecorder:
        """Refuse: snapshots are parts written with the append, not a second event table."""
        raise ProgrammingError(f"there is no separate recorder for {purpose}")

    def tracking_recorder(
        self, tracking_recorder_class: type[SQLiteTrackingRecorder] | None = None
    ) -> SQLiteTrackingRecorder:
        """Refuse: read models keep their position in their own file."""
        raise ProgrammingError("read models keep their position in their own file")

    def process_recorder(self) -> SQLiteProcessRecorder:
        """Refuse: nothing here follows and writes in one."""
        raise ProgrammingError("no process recorder is used")

    def close(self) -> None:
        """Close every connection."""
        self.datastore.close()
