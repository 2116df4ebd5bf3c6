"""Documents given with a command: kept beside the ledger before the event that names them is written."""

import mimetypes
from pathlib import Path

from ledger.application import Ledger
from ledger.application.documenting import keep_document
from ledger.domain.shapes import Artefact

UNKNOWN_TYPE = "application/octet-stream"


def keep(ledger: Ledger, path: Path, learner: str, media_type: str | None = None) -> Artefact:
    """Keep a file about a learner (UUID); without a media type that of its name's ending is taken."""
    guessed = media_type or mimetypes.guess_type(path.name)[0] or UNKNOWN_TYPE
    return keep_document(ledger, learner, path.read_bytes(), guessed)


def kept(ledger: Ledger, learner: str, path: Path | None) -> Artefact | None:
    """Keep the file a command was given, nothing where it was given none."""
    return keep(ledger, path, learner) if path else None
