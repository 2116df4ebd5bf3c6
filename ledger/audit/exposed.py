"""How much of a ledger is not held outside, from what lies in its home."""

from collections.abc import Iterable

from ledger.audit.exposure import Exposure, claims, exposure
from ledger.audit.note import VerifierKey
from ledger.audit.tiles import Tiles
from ledger.errors import LedgerError
from ledger.home import Home
from ledger.storage.survey import Survey


def exposure_of(home: Home, jurisdiction: str, origin: str, witnesses: Iterable[VerifierKey] = ()) -> Exposure:
    """Return the exposure of a ledger; roots are those of the tiles published, which verification checks."""
    tiles = Tiles(home.log_folder(jurisdiction))

    def root_at(size: int) -> bytes | None:
        try:
            return tiles.root(size) if 0 < size <= tiles.size else None
        except LedgerError:
            return None

    survey = Survey(home.ledger_file(jurisdiction))
    try:
        with survey.one_state():
            events = survey.last()
    finally:
        survey.close()
    return exposure(claims(home, jurisdiction, origin, witnesses), events, root_at)
