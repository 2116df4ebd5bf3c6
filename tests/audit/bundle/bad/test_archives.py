"""ZIP files that would harm whoever unpacks them, or say two things at once: each is refused with a sentence."""

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable

import pytest

from ledger.audit.verifier import archive
from ledger.audit.verifier.archive import members
from ledger.audit.verifier.refusing import Refused
from tests.audit.bundle.support import Auditor, Signed

Writing = Callable[[zipfile.ZipFile], object]


def refused(data: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(Refused) as caught:
        members(data)
    return str(caught.value)


def written(*names: str, content: bytes = b"x", method: int = zipfile.ZIP_STORED) -> bytes:
    """Write a ZIP file as the standard library does, dated like a bundle."""
    data = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(data, "w", method) as file:
        warnings.simplefilter("ignore")
        for name in names:
            file.writestr(entry(name, method), content)
    return data.getvalue()


def entry(name: str, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """Describe a member as a bundle does."""
    found = zipfile.ZipInfo(name)
    found.external_attr = (stat.S_IFREG | 0o644) << 16
    found.create_system, found.compress_type = 3, method
    return found


def test_an_ordinary_program_could_have_written_the_form() -> None:
    """What the standard library writes, stored and undated, is read: the form is strict, not strange."""
    assert {"checkpoint": b"x", "events.txt": b"x"} == members(written("checkpoint", "events.txt"))


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["/etc/passwd"], "/etc/passwd: is an absolute path; names in a bundle are relative"),
        (["C:events.txt"], "C:events.txt: is an absolute path; names in a bundle are relative"),
        (["../events.txt"], "../events.txt: a path with dots leads out of its folder; a bundle has none"),
        (["checkpoints/./5"], "checkpoints/./5: a path with dots leads out of its folder; a bundle has none"),
        (["a\\..\\b"], "a\\..\\b: a path with dots leads out of its folder; a bundle has none"),
        (["events.txt", "events.txt"], "events.txt: stands twice"),
        (["Events.txt", "events.txt"], "Events.txt: no file of a bundle has this name"),
        (["checkpoint", "CHECKPOINT"], "CHECKPOINT: differs from checkpoint in case alone"),
        (["verify.py"], "verify.py: no file of a bundle has this name"),
        (["checkpoints/"], "checkpoints/: no file of a bundle has this name"),
        (["checkpoints/007"], "checkpoints/007: no file of a bundle has this name"),
        (["evil\x1b[2J.txt"], "'evil\\x1b[2J.txt': no file of a bundle has this name"),
        (["n" * 99], f"{'n' * 80}...: no file of a bundle has this name"),
        (["events.txt", "checkpoint"], "the files do not stand in the order of their names"),
    ],
)
def test_names_are_those_of_the_format(names: list[str], sentence: str) -> None:
    """A name that points elsewhere, stands twice or is unknown is refused, and named so that it can be printed."""
    assert sentence == refused(written(*names))


def test_a_bomb_is_refused_unopened() -> None:
    """Fifty million zeros in fifty thousand bytes: nothing compressed is unfolded at all."""
    data = written("events.txt", content=bytes(50_000_000), method=zipfile.ZIP_DEFLATED)
    packed = zipfile.ZipFile(io.BytesIO(data)).getinfo("events.txt").compress_size

    assert len(data) < 60_000
    assert refused(data) == (
        f"events.txt: is compressed, {packed:,} bytes for 50,000,000; the files of a bundle are stored as they are"
    )


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, auditor: Auditor, school: Signed) -> None:
    """The total is limited, before anything is read and again afterwards."""
    monkeypatch.setattr(archive, "LARGEST", 50)
    monkeypatch.setattr("ledger.audit.verifier.__main__.LARGEST", 60)
    data = written("events.txt")

    assert refused(data) == f"the file has {len(data)} bytes; a bundle has less than 50"
    assert auditor.says(school.bundle()).refused == "bundle.zip has more than 60 bytes"


def described(field: int, value: int) -> Callable[[bytes], bytes]:
    """Change a field of the only entry of a directory."""

    def changed(data: bytes) -> bytes:
        place = data.index(b"PK\x01\x02")
        fields = list(archive._ENTRY.unpack_from(data, place))
        fields[field] = value
        return data[:place] + archive._ENTRY.pack(*fields) + data[place + archive._ENTRY.size :]

    return changed


def ended(field: int, value: int) -> Callable[[bytes], bytes]:
    """Change a field of the end of the file."""

    def changed(data: bytes) -> bytes:
        fields = list(archive._END.unpack(data[-22:]))
        fields[field] = value
        return data[:-22] + archive._END.pack(*fields)

    return changed


def cut(count: int) -> Callable[[bytes], bytes]:
    """Cut the file short."""
    return lambda data: data[:-count]


FORM = "checkpoint: its entry in the directory is not in the form in which a bundle is written"
END = "the end of the file does not say where its directory stands in the way a bundle does"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (described(3, 1), "checkpoint: is encrypted; a bundle holds nothing that is"),
        (described(3, 0x40), "checkpoint: is encrypted; a bundle holds nothing that is"),
        (described(15, (stat.S_IFLNK | 0o777) << 16), "checkpoint: is a link; a bundle holds files alone"),
        (described(15, (stat.S_IFREG | 0o777) << 16), FORM),
        (described(15, (stat.S_IFDIR | 0o755) << 16), FORM),
        (described(3, 8), FORM),
        (described(5, 77), FORM),
        (described(9, 2), "checkpoint: is compressed, 1 bytes for 2; the files of a bundle are stored as they are"),
        (described(16, 4), "checkpoint: should begin at byte 0 and is said to begin at 4"),
        (described(7, 5), "checkpoint: what stands before it is not what the directory says of it"),
        (described(10, 3), "the directory of the file ends at byte 90, and its end is said to be at 97"),
        (described(0, b"PK\x01\x03"), "no entry of the directory begins at byte 41"),  # type: ignore[arg-type]
        (ended(1, 1), END),
        (ended(3, 2), END),
        (ended(6, 40), END),
        (cut(1), "the file is cut short, or something stands behind its end"),
        (cut(60), "the file is cut short, or something stands behind its end"),
        (lambda data: data + b"\n", "the file is cut short, or something stands behind its end"),
        (lambda data: b"#!/bin/sh\n" + data, "this is not a ZIP file; a bundle is one, made by `mastery bundle`"),
        (lambda _: b"", "this is not a ZIP file; a bundle is one, made by `mastery bundle`"),
        (lambda _: b"PK\x03\x04", "the file is cut short, or something stands behind its end"),
        (
            lambda data: data[:40] + b"y" + data[41:],
            "checkpoint: does not fit its check sum; the file was damaged on its way",
        ),
    ],
)
def test_every_byte_has_its_place(change: Callable[[bytes], bytes], sentence: str) -> None:
    """A directory that says one thing and members that say another, or bytes nobody speaks of, are refused."""
    assert sentence == refused(change(written("checkpoint")))


def test_a_gap_before_the_directory_is_refused() -> None:
    """Bytes between the last member and the directory belong to nobody."""
    data = written("checkpoint")
    place = data.index(b"PK\x01\x02")
    end = list(archive._END.unpack(data[-22:]))
    end[6] += 3
    padded = data[:place] + b"abc" + data[place:-22] + archive._END.pack(*end)

    assert refused(padded) == "41 bytes belong to members, and the directory does not begin there"


def test_a_directory_with_too_few_entries_is_refused() -> None:
    """A directory that is said to hold two entries and holds one is cut short."""
    data = written("checkpoint")
    end = list(archive._END.unpack(data[-22:]))
    end[3] = end[4] = 2

    assert refused(data[:-22] + archive._END.pack(*end)) == "the directory of the file is cut short"


def test_a_member_longer_than_the_file_is_refused() -> None:
    """A member that is said to have more bytes than the file holds is cut short, whatever it says of itself."""
    data = bytearray(written("checkpoint"))
    for place in (18, 22):
        struct.pack_into("<I", data, place, 5_000)
    where = data.index(b"PK\x01\x02")
    for place in (20, 24):
        struct.pack_into("<I", data, where + place, 5_000)

    assert refused(bytes(data)) == f"checkpoint: is cut short, {len(data) - 40} bytes of 5,000"
