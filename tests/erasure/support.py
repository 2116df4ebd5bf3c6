"""What the vault of a folder holds, and where in the folder's files it is found."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from ledger.application import Ledger
from ledger.domain.shapes import VaultText
from ledger.vault import Vault

BROCHURE = "demo-"
"""What the files of the demonstration itself begin with: they tell its visitors whom to look at, and are no store."""


def people(home: Path) -> list[str]:
    """Return the UUID of everybody in the vault whose key was not destroyed."""
    with sqlite3.connect(f"{(home / 'vault.db').as_uri()}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT person FROM people WHERE length(wrapped) > 32 ORDER BY person").fetchall()
    return [row[0] for row in rows]


def told_of(vault: Vault, person: str) -> Iterator[str]:
    """Yield everything the vault says of a person, free texts aside."""
    identity = vault.identity(person)
    profile = identity.profile
    named = (identity.external_id, profile.given_name, profile.family_name, profile.birth_date, *profile.groups)
    yield from (one for one in (*named, *(contact.value for contact in profile.contacts)) if one)


def texts(ledger: Ledger, stream: str | None = None) -> Iterator[str]:
    """Yield every free text that events name."""
    for event in ledger.log.stream(stream) if stream else ledger.log.scan():
        yield from (ledger.vault.text(one) for one in _references(event.data))


def _references(data: object) -> Iterator[VaultText]:
    if isinstance(data, VaultText):
        yield data
    elif isinstance(data, msgspec.Struct):
        for name in data.__struct_fields__:
            yield from _references(getattr(data, name))
    elif isinstance(data, tuple):
        for one in data:
            yield from _references(one)


def stream_events(ledger: Ledger, learner: str) -> list[object]:
    """Return what happened to a learner, as it is read now."""
    return [event.data for event in ledger.log.stream(f"learner/{learner}")]


def found(home: Path, values: Iterable[str | bytes]) -> set[tuple[str, str]]:
    """Return each file of a folder with each value found in it, as whole words, in UTF-8, as JSON, or as bytes."""
    written = sorted({form for value in values for form in _forms(value)}, key=len, reverse=True)
    pattern = re.compile(b"(?<![A-Za-z0-9])(?:%b)(?![A-Za-z0-9])" % b"|".join(map(re.escape, written)))
    return {
        (path.relative_to(home).as_posix(), match.decode(errors="backslashreplace"))
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.relative_to(home).parts[0].startswith(BROCHURE)
        for match in set(pattern.findall(path.read_bytes()))
    }


def _forms(value: str | bytes) -> set[bytes]:
    if isinstance(value, bytes):
        return {value}
    return {value.encode(), json.dumps(value)[1:-1].encode(), json.dumps(value, ensure_ascii=False)[1:-1].encode()}
