"""Every kind of change says what it is and what follows, in the code and in the docs."""

import re
from pathlib import Path

from ledger.audit.verifying.findings import Finding, Kind

PAGE = Path(__file__).parents[3] / "docs" / "verifying.md"


def test_the_page_lists_every_kind() -> None:
    """The table in the docs has one row for each kind, in the same order."""
    assert list(Kind) == re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), flags=re.MULTILINE)


def test_every_kind_says_what_follows() -> None:
    """No finding leaves its reader without what it means."""
    assert all(Finding(kind, "here", "this").follows for kind in Kind)
    assert "here: tile_differs: this; proofs made from it fail" in str(Finding(Kind.TILE, "here", "this"))
