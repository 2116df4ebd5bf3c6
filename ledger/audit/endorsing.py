"""One key of a log that vouches for the next: a note that both sign, of five lines that are no checkpoint.

Two signatures on a checkpoint would not do: a checkpoint is public, and anybody can add a signature to it.
The lines are a heading, the two verifier keys, and size and root of the last checkpoint of the old key.
"""

from pathlib import Path

from ledger.audit.base64_text import encoded
from ledger.audit.note import SigningKey, VerifierKey, opened, sign
from ledger.errors import LedgerError

HEADING = "mastery-ledger key replacement v1"


def endorsement(old: SigningKey, new: SigningKey, size: int, root: bytes) -> str:
    """Return the note by which the old key vouches for the new one."""
    text = "\n".join((HEADING, old.verifier_key, new.verifier_key, str(size), encoded(root))) + "\n"
    return sign(text, old, new)


def is_endorsed(note: str, old: str, new: str) -> bool:
    """Say whether a note shows that one key vouches for another, each as a verifier key."""
    try:
        keys = [VerifierKey.parse(old), VerifierKey.parse(new)]
        found = opened(note, keys)
    except (LedgerError, ValueError):
        return False
    return found.text.split("\n")[:3] == [HEADING, old, new] and set(keys) <= found.verified.keys()


def endorsement_file(folder: Path, key: str) -> Path:
    """Return where the endorsement of a key is published, in the folder of the log."""
    return folder / "keys" / VerifierKey.parse(key).id.hex()
