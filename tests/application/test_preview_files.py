"""Previews kept in files, which are never believed by themselves."""

import stat
from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.preview_files import keep, kept, kept_or_made
from ledger.application.preview_rows import Preview
from ledger.application.previewing import preview
from ledger.deciding.supposing import Supposition
from ledger.values import digest
from tests.support.ledgers import classroom, record
from tests.support.suppositions import ONE_KIND, supposing

TODAY = date(2026, 6, 15)
CHANGE = "5f0c1f2e-0000-4000-8000-000000000000"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with a learner who would gain by a looser rule."""
    found = classroom(tmp_path)
    record(found, found.vault.learner_id("S-1"), "one", "C.0")
    return found


@pytest.fixture
def change(ledger: Ledger) -> Supposition:
    """The looser rule."""
    return supposing(ledger, "competency-based/mastery", ONE_KIND)


@pytest.fixture
def made(ledger: Ledger, change: Supposition) -> Preview:
    """What it would do."""
    return preview(ledger, change, TODAY)


def test_what_was_kept_is_read_again(ledger: Ledger, made: Preview) -> None:
    """The file gives the same preview, and only its owner may read it."""
    path = keep(ledger, CHANGE, made)

    assert made == kept(ledger, CHANGE, made.position)
    assert (0o600, 0o700) == (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode))
    assert [path] == list(path.parent.iterdir())


@pytest.mark.parametrize("data", [b"", b"{}", b"0" * 64 + b"{}"])
def test_a_file_that_was_altered_is_not_read(ledger: Ledger, made: Preview, data: bytes) -> None:
    """Whatever does not have its own digest is nothing."""
    keep(ledger, CHANGE, made).write_bytes(data)

    assert kept(ledger, CHANGE, made.position) is None


def test_a_file_of_another_form_is_not_read(ledger: Ledger, made: Preview) -> None:
    """A sound digest over what is no preview does not help."""
    keep(ledger, CHANGE, made).write_bytes(digest(b"[]").encode() + b"[]")

    assert kept(ledger, CHANGE, made.position) is None


def test_a_missing_preview_is_worked_out_and_kept(ledger: Ledger, change: Supposition, made: Preview) -> None:
    """The first time it is made, the second time read: the progress is told once."""
    told: list[int] = []

    def ask() -> Preview:
        return kept_or_made(ledger, CHANGE, change, TODAY, made.position, progress=lambda done, _: told.append(done))

    assert (made, made, [1]) == (ask(), ask(), told)


def test_a_list_the_ledger_does_not_know_is_worked_out_again(
    ledger: Ledger, change: Supposition, made: Preview
) -> None:
    """Where the digest in the ledger is another, or the day is, the file is not used."""
    forged = Preview(**{name: getattr(made, name) for name in made.__struct_fields__ if name != "rows"}, rows=())
    keep(ledger, CHANGE, forged)
    by_digest = kept_or_made(ledger, CHANGE, change, TODAY, made.position, rows=made.digest)
    keep(ledger, CHANGE, made)
    other_day = kept_or_made(ledger, CHANGE, change, date(2026, 6, 16), made.position)

    assert (made, "2026-06-16") == (by_digest, other_day.on)
