"""Bringing read models up to date: a page of events and its tracking positions in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete

from ledger.projections import source
from ledger.projections.projection import Events, Projection
from ledger.projections.registry import PROJECTIONS
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels

PAGE = 500
"""Events a transaction takes: enough to make the commit cheap, few enough to keep others waiting briefly."""

Report = Callable[[int, int], None]
"""Told after each page: the position reached, and the one to be reached."""


def catch_up(
    log: Log,
    models: ReadModels,
    *,
    page: int = PAGE,
    progress: Report | None = None,
    projections: Sequence[Projection] = PROJECTIONS,
) -> int:
    """Fold what the log has and the read models have not, and return the position reached.

    Makes what is missing, and begins anew where the log is not the one folded before. Several
    runners may run at once: a page goes to the first, the others go on from where it stands.
    """
    with models.catching_up, models.open() as connection:
        last = log.recorder.max_notification_id()
        folding = _Folding(log, models, connection, tuple(projections))
        position = folding.begin()
        while position < last:
            position = folding.advance(position, min(position + page, last))
            if progress:
                progress(position, last)
        return position


def position_of(connection: Connection, models: ReadModels, projections: Sequence[Projection] = PROJECTIONS) -> int:
    """Return the position up to which every projection is folded."""
    return min(models.position(connection, projection.name) or 0 for projection in projections)


@dataclass(frozen=True, slots=True)
class _Folding:
    """One log on its way into one file of read models, over one connection."""

    log: Log
    models: ReadModels
    connection: Connection
    projections: tuple[Projection, ...]

    def begin(self) -> int:
        """Make what is missing, begin anew where the log is another one, and return where to go on."""
        with self.models.reading(self.connection) as made:
            if made and self._all_made() and source.is_of(self.connection, self.log):
                return self._position()
        with self.models.writing(self.connection):
            source.TABLE.create(self.connection, checkfirst=True)
            anew = not source.is_of(self.connection, self.log)
            if anew:
                self.connection.execute(delete(source.TABLE))
            for projection in self.projections:
                if anew or not self._is_made(projection):
                    self._make(projection)
            return self._position()

    def advance(self, after: int, upto: int) -> int:
        """Fold one page, unless another runner was first, and return the position reached.

        The library's tracking accepts a jump upward, so a page that overlaps one already folded would
        be accepted too: the position is read again under the lock, and must be the one the page follows.
        """
        events = list(self.log.scan(after, upto))
        state = source.state_digest(self.log, upto)
        with self.models.writing(self.connection):
            stands = self._position()
            if stands != after:
                return stands
            for projection in self.projections:
                self._apply(projection, events, upto)
            source.remember(self.connection, self.log, upto, state)
        return upto

    def _apply(self, projection: Projection, events: Events, upto: int) -> None:
        """Fold what a projection has not seen; one that was made later than the others has seen less."""
        position = self.models.position(self.connection, projection.name) or 0
        if position < upto:
            projection.apply(self.connection, [event for event in events if event.position > position])
            self.models.advance(self.connection, projection.name, upto)

    def _make(self, projection: Projection) -> None:
        for table in projection.tables:
            table.drop(self.connection, checkfirst=True)
            table.create(self.connection)
        self.models.forget(self.connection, projection.bare_name)
        self.models.advance(self.connection, projection.name, 0)

    def _all_made(self) -> bool:
        return all(self._is_made(projection) for projection in self.projections)

    def _is_made(self, projection: Projection) -> bool:
        return self.models.position(self.connection, projection.name) is not None

    def _position(self) -> int:
        return position_of(self.connection, self.models, self.projections)
