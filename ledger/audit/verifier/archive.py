"""Reading the ZIP file of a bundle: in memory, and only in the one form in which bundles are written.

Every byte of the file has its place: member after member without a gap, then the directory, then its
end. Members are stored as they are, so none can unfold into more than the file holds. Names are those
of the format and no others, so none can point anywhere. Nothing is ever written to disk.

Source: APPNOTE.TXT, the ZIP file format, sections 4.3 and 4.4.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .refusing import Refused, shown

LARGEST = 1 << 32
"""Bytes; a file of the plain ZIP format is shorter."""

NAMES = re.compile(
    r"README\.txt|bundle\.json|checkpoint|checkpoints/[1-9][0-9]{0,15}|(events|heads|leaves|tree)\.txt", re.ASCII
)
"""The members a bundle may have."""

_END = struct.Struct("<4s4H2IH")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_HEADER = struct.Struct("<4s5H3I2H")
_VERSION, _MADE_BY, _FIRST_DAY = 20, 3 << 8 | 20, 0x0021
_ENCRYPTED = 0x2041
"""The bits of the flags that say that a member, or its entry in the directory, is encrypted."""


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of the directory."""

    name: str
    crc: int
    size: int
    offset: int


def members(data: bytes) -> dict[str, bytes]:
    """Return the content of every member by name; raise `Refused` where the file is not in the form of a bundle."""
    entries = list(_directory(data))
    _refuse_names([entry.name for entry in entries])
    found, place = {}, 0
    for entry in entries:
        content, place = _content(data, entry, place)
        found[entry.name] = content
    if place != _END.unpack(data[-_END.size :])[6]:
        raise Refused(f"{place} bytes belong to members, and the directory does not begin there")
    return found


def _directory(data: bytes) -> Iterator[Member]:
    place, end, count = _borders(data)
    for _ in range(count):
        if end - place < _ENTRY.size:
            raise Refused("the directory of the file is cut short")
        fields = _ENTRY.unpack_from(data, place)
        if fields[0] != b"PK\x01\x02":
            raise Refused(f"no entry of the directory begins at byte {place}")
        name = data[place + _ENTRY.size : place + _ENTRY.size + fields[10]].decode("utf-8", "replace")
        yield _entry(name, fields)
        place += _ENTRY.size + fields[10]
    if place != end:
        raise Refused(f"the directory of the file ends at byte {place}, and its end is said to be at {end}")


def _borders(data: bytes) -> tuple[int, int, int]:
    """Return where the directory begins and ends, and how many entries it has."""
    if len(data) >= LARGEST:
        raise Refused(f"the file has {len(data):,} bytes; a bundle has less than {LARGEST:,}")
    if data[:4] != b"PK\x03\x04":
        raise Refused("this is not a ZIP file; a bundle is one, made by `mastery bundle`")
    last = len(data) - _END.size
    if last < 0 or data[last : last + 4] != b"PK\x05\x06":
        raise Refused("the file is cut short, or something stands behind its end")
    _, disk, first_disk, here, count, size, place, comment = _END.unpack_from(data, last)
    if (disk, first_disk, comment) != (0, 0, 0) or here != count or place + size != last:
        raise Refused("the end of the file does not say where its directory stands in the way a bundle does")
    return place, last, count


def _entry(name: str, fields: tuple[int, ...]) -> Member:
    _, made_by, version, flags, method, time, day, crc, packed, size, _, extra, comment, disk, inner, outer, offset = (
        fields
    )
    said = shown(name)
    if flags & _ENCRYPTED:
        raise Refused(f"{said}: is encrypted; a bundle holds nothing that is")
    if stat.S_ISLNK(outer >> 16):
        raise Refused(f"{said}: is a link; a bundle holds files alone")
    if method or packed != size:
        raise Refused(
            f"{said}: is compressed, {packed:,} bytes for {size:,}; the files of a bundle are stored as they are"
        )
    form = (made_by, version, flags, time, day, extra, comment, disk, inner, outer)
    if form != (_MADE_BY, _VERSION, 0, 0, _FIRST_DAY, 0, 0, 0, 0, (stat.S_IFREG | 0o644) << 16):
        raise Refused(f"{said}: its entry in the directory is not in the form in which a bundle is written")
    return Member(name, crc, size, offset)


def _refuse_names(names: list[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        said = shown(name)
        if name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name):
            raise Refused(f"{said}: is an absolute path; names in a bundle are relative")
        if {"..", "."} & set(re.split(r"[/\\]", name)):
            raise Refused(f"{said}: a path with dots leads out of its folder; a bundle has none")
        if name.casefold() in seen:
            other = seen[name.casefold()]
            raise Refused(f"{said}: stands twice" if other == name else f"{said}: differs from {other} in case alone")
        seen[name.casefold()] = name
        if not NAMES.fullmatch(name):
            raise Refused(f"{said}: no file of a bundle has this name")
    if names != sorted(names):
        raise Refused("the files do not stand in the order of their names")


def _content(data: bytes, entry: Member, place: int) -> tuple[bytes, int]:
    if entry.offset != place:
        raise Refused(f"{entry.name}: should begin at byte {place} and is said to begin at {entry.offset}")
    name = entry.name.encode()
    header = _HEADER.pack(b"PK\x03\x04", _VERSION, 0, 0, 0, _FIRST_DAY, entry.crc, entry.size, entry.size, len(name), 0)
    start = place + len(header) + len(name)
    if data[place:start] != header + name:
        raise Refused(f"{entry.name}: what stands before it is not what the directory says of it")
    content = data[start : start + entry.size]
    if len(content) != entry.size:
        raise Refused(f"{entry.name}: is cut short, {len(content):,} bytes of {entry.size:,}")
    if zlib.crc32(content) != entry.crc:
        raise Refused(f"{entry.name}: does not fit its check sum; the file was damaged on its way")
    return content, start + entry.size
