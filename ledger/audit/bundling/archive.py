"""Writing the ZIP file of a bundle: the same content gives the same bytes, on every machine and in every year.

Members stand in the order of their names, stored as they are, without times or owners of files.

Source: APPNOTE.TXT, the ZIP file format, sections 4.3 and 4.4.
"""

import stat
import struct
import zlib
from collections.abc import Mapping

from ledger.errors import UsageError

LARGEST = (1 << 32) - 1
"""Bytes in a file of the plain ZIP format."""

_VERSION, _MADE_ON_UNIX, _FIRST_DAY = 20, 3 << 8, 0x0021
_MODE = (stat.S_IFREG | 0o644) << 16
_HEADER, _ENTRY, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")


def archive(files: Mapping[str, bytes]) -> bytes:
    """Write files, by name, as one ZIP file; raise `UsageError` where they are too large for one."""
    if sum(map(len, files.values())) + 1000 * len(files) > LARGEST:
        raise UsageError("the bundle would be larger than 4 GB; ask for fewer learners, or without --leaves")
    parts, directory, place = list[bytes](), list[bytes](), 0
    for name in sorted(files):
        content, written = files[name], name.encode()
        sizes = (zlib.crc32(content), len(content), len(content))
        header = _HEADER.pack(b"PK\x03\x04", _VERSION, 0, 0, 0, _FIRST_DAY, *sizes, len(written), 0)
        about = (_MADE_ON_UNIX | _VERSION, _VERSION, 0, 0, 0, _FIRST_DAY, *sizes, len(written), 0, 0, 0, 0, _MODE)
        directory += [_ENTRY.pack(b"PK\x01\x02", *about, place), written]
        parts += [header, written, content]
        place += len(header) + len(written) + len(content)
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(files), len(files), len(listed), place, 0)
    return b"".join((*parts, listed, end))
