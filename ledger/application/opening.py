"""Making a new ledger."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ledger.application.ledger import Ledger, open_ledger
from ledger.domain import stream_names
from ledger.domain.ledger import LedgerOpened
from ledger.errors import Refused, UsageError
from ledger.home import Home
from ledger.keys import seal_key
from ledger.storage import tables
from ledger.storage.envelope import Author, Unstamped
from ledger.storage.factory import wall_clock
from ledger.storage.log import Log
from ledger.values import is_jurisdiction, random_identifier
from ledger.vault import Vault

STREAM = "ledger"


def initialise(
    home: Path,
    jurisdiction: str,
    *,
    kind: Literal["state", "district", "school"],
    zone: str,
    parent: str | None = None,
    upstream: str | None = None,
    name: str | None = None,
    who: str = "operator",
    clock: Callable[[], str] = wall_clock,
    environment: Mapping[str, str] = os.environ,
) -> Ledger:
    """Make the ledger of a jurisdiction and open it.

    `name` is its name to the world, the origin of its log; without one a name is made that is
    unique and says that it is not registered. Raises `UsageError` for a name or zone that cannot be.
    """
    _require_names(jurisdiction, zone)
    for other, name_of in ((parent, "parent"), (upstream, "upstream")):
        _require_another(jurisdiction, other, name_of)
    if name is not None and not stream_names.is_name(name):
        raise UsageError(f"{name!r} cannot be the ledger's name to the world: {stream_names.ALLOWED}")
    layout = Home(home)
    path = layout.ledger_file(jurisdiction)
    origin = name or f"ledger.invalid/{jurisdiction}/{random_identifier()[:8]}"
    key = seal_key(home, environment=environment)
    if path.exists():
        raise Refused(f"{path} exists already; a ledger is opened for the first time only once")
    with Vault.open(home, environment=environment) as vault:
        author = Author(vault.person_id(who), "operator", random_identifier())
    payload = LedgerOpened(
        ledger=origin, jurisdiction=jurisdiction, kind=kind, zone=zone, parent=parent, upstream=upstream
    )
    beside = path.with_name(f".{path.name}.{random_identifier()}")
    tables.create(beside)
    log = Log(beside, origin, key.secret, clock)
    try:
        log.append(log.prepared([Unstamped(STREAM, 1, payload, author)]))
    finally:
        log.close()
    _put(beside, path)
    return open_ledger(home, jurisdiction, clock=clock, environment=environment)


def _put(beside: Path, path: Path) -> None:
    """Give a ledger its name once its first event is in it, so that nobody ever meets an empty one."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise Refused(f"{path} was made by another process meanwhile") from None
    finally:
        for suffix in ("", "-wal", "-shm"):
            beside.with_name(beside.name + suffix).unlink(missing_ok=True)


def _require_another(jurisdiction: str, other: str | None, what: str) -> None:
    if other is None:
        return
    if other == jurisdiction or other.startswith(f"{jurisdiction}/"):
        raise UsageError(f"{other!r} cannot be the {what} of {jurisdiction!r}: name one above it")
    if not is_jurisdiction(other):
        raise UsageError(f"{other!r} is not a jurisdiction's name, so it cannot be the {what} of {jurisdiction!r}")


def _require_names(jurisdiction: str, zone: str) -> None:
    if not is_jurisdiction(jurisdiction):
        raise UsageError(
            f"{jurisdiction!r} is not a jurisdiction's name: use lower-case letters, digits and hyphens, "
            "with / between state, district and school, as in us-tx/pine-valley"
        )
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(f"{zone!r} is not a time zone: use an IANA name such as America/Chicago") from None
