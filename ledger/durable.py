"""Files that are there whole or not at all: written beside their place, flushed, and put there at once."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

SECRET = 0o600
"""Mode of a file that its owner alone may read."""

PUBLIC = 0o644
"""Mode of a file that anybody may read."""


@contextmanager
def beside(path: Path, mode: int = SECRET) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` once it was written without an error, and is gone otherwise."""
    path.parent.mkdir(mode=0o700 if mode == SECRET else 0o755, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def put(path: Path, data: bytes, mode: int = SECRET) -> None:
    """Write a file, and have both it and its name on the disk."""
    with beside(path, mode) as file:
        file.write(data)
    flush(path.parent)


def flush(path: Path) -> None:
    """Have a file, or the entries of a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
