"""Scale files."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.framework import Band, Level, ScaleDefined
from ledger.domain.scales import scale_defined
from ledger.facts.bands import bands_of
from ledger.interchange.scale_toml import read_scale

SCALE = b"""
id = "four"
title = "Four levels"

[[level]]
label = "Low"
value = 1

[[level]]
label = "High"
value = "2.50"

[[band]]
level = "High"
at_least = "69.5"
first_day = 2026-08-01
last_day = "2027-07-31"
cites = "Board minute 7"

[[band]]
level = "High"
at_least = 70
first_day = 2027-08-01
cites = "Board minute 9"

[[band]]
level = "Low"
at_least = 0
first_day = 2026-08-01
cites = "Board minute 7"
"""


def test_scale_has_exact_levels_and_dated_bands() -> None:
    """Values become decimals in stored form, bands name levels by label, and the digest covers it all."""
    minute, later = "Board minute 7", "Board minute 9"
    levels = (Level(label="Low", value="1"), Level(label="High", value="2.5"))
    bands = (
        Band(level="High", at_least="69.5", first_day="2026-08-01", last_day="2027-07-31", cites=minute),
        Band(level="High", at_least="70", first_day="2027-08-01", last_day=None, cites=later),
        Band(level="Low", at_least="0", first_day="2026-08-01", last_day=None, cites=minute),
    )

    assert read_scale(SCALE, "four.toml") == scale_defined("four", "Four levels", levels, bands)


def test_line_ends_change_nothing() -> None:
    """The same scale with a byte order mark and other line ends is the same edition."""
    assert read_scale(b"\xef\xbb\xbf" + SCALE.replace(b"\n", b"\r\n"), "x") == read_scale(SCALE, "y")


@given(
    st.binary(max_size=100)
    | st.sampled_from([b"id=", b"level=[[]]", b"[[level]]\nvalue=" + b"[" * 5000, b"\nx = " + b"9" * 5000])
)
def test_any_bytes_are_a_scale_or_faults(data: bytes) -> None:
    """No bytes make the reader raise."""
    found = read_scale(SCALE + data, "scale.toml")

    assert isinstance(found, ScaleDefined) or found


def test_bands_of_a_scale_file_are_read_by_the_facts() -> None:
    """Every band of a scale file names a level the way the facts look it up."""
    found = read_scale(SCALE, "four.toml")

    assert isinstance(found, ScaleDefined)
    assert {band.level for band in found.bands} <= {level.label for level in found.levels}
    assert len(bands_of(found).lines) == len(found.bands)
