"""Finding the log to be verified: its file, its name to the world, and the key of its seals where that is at hand."""

import os
from collections.abc import Iterator, Mapping

from ledger.audit.integrity import UNSOUND
from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.work import Log
from ledger.domain.ledger import LedgerOpened
from ledger.errors import KeyUnusable, LedgerDamaged
from ledger.home import Home
from ledger.keys import seal_key
from ledger.storage.mapper import LedgerMapper
from ledger.storage.survey import Survey


def log_of(home: Home, jurisdiction: str, environment: Mapping[str, str] = os.environ) -> Log:
    """Return the log of a jurisdiction's ledger; nothing is made and no key is needed.

    Raises `LedgerDamaged` where the file is no ledger or its first event does not say its name.
    """
    path = home.ledger_file(jurisdiction)
    survey = Survey(path)
    try:
        with survey.one_state():
            rows = survey.events(1, 1)
    finally:
        survey.close()
    if not rows:
        raise LedgerDamaged(f"{path}: no event stands at position 1, so that the log has no name; nothing was verified")
    try:
        position, stream, version, topic, state = rows[0]
        opened = LedgerMapper().read(stream, version, topic, state, position).data
    except UNSOUND as error:
        raise LedgerDamaged(f"{path}: position 1 cannot be read, so that the log has no name: {error}") from error
    if not isinstance(opened, LedgerOpened):
        raise LedgerDamaged(f"{path}: position 1 is not the opening of a ledger; nothing was verified")
    try:
        key = seal_key(home.path, environment=environment, create=False)
    except KeyUnusable:
        return Log(path, opened.ledger, None)
    return Log(path, opened.ledger, key.secret, key.id)


def unusable_key(home: Home, environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Tell of a key of the seals that is there and cannot be used: without it no seal is looked at."""
    file = home.path / "keys" / "seal.key"
    if "MASTERY_SEAL_KEY" in environment or os.path.lexists(file):
        try:
            seal_key(home.path, environment=environment, create=False)
        except KeyUnusable as error:
            yield Finding(Kind.FILE, "the key of the seals", f"no seal was checked: {error}")
