"""Read models held against ones made anew from the log."""

from pathlib import Path

from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.verify import Told
from ledger.audit.verifying.work import Log
from ledger.errors import LedgerError, Unavailable
from ledger.projections.comparing import Compared, compare
from ledger.projections.rebuild import Difference
from ledger.storage.log import Log as Events
from ledger.storage.read_models import ReadModels


def check_models(
    log: Log, path: Path, sound: bool = True, progress: Told | None = None
) -> tuple[int | None, list[Finding]]:
    """Return the position up to which the read models were compared, null for none, and how they differ.

    `sound` says that every event can be read, without which nothing can be made from them.
    """
    if not path.exists():
        return None, []
    if not sound:
        return None, [_finding(path, "they were not compared, for the events they are made from are not as written")]
    events, models = Events(log.path, log.origin, log.seal_key or bytes(32)), ReadModels(path)
    try:
        found = compare(events, models, progress=progress)
    except Unavailable as error:  # made, and never filled
        return None, [] if path.stat().st_size == 0 else [_finding(path, str(error))]
    except LedgerError as error:
        return None, [Finding(Kind.FILE, str(path), str(error))]
    finally:
        models.close()
        events.close()
    return found.position, _told(path, found)


def _told(path: Path, found: Compared) -> list[Finding]:
    return [
        *(_finding(path, sentence) for sentence in found.wrong),
        *(Finding(Kind.READ_MODEL, f"{path.name}, {one.table}", _difference(one)) for one in found.differences),
    ]


def _difference(one: Difference) -> str:
    return (
        f"{one.missing} rows are missing, {one.extra} too many, {one.changed} other than the events say; the first: "
        f"{', '.join(one.keys)}"
    )


def _finding(path: Path, sentence: str) -> Finding:
    return Finding(Kind.READ_MODEL, str(path), sentence)
