"""docs/queries.md describes the queries as they are."""

import re
from pathlib import Path

from ledger.audit.queries.reference import PAGE, reference
from ledger.audit.queries.registry import QUERIES

ROOT = Path(__file__).parents[2]


def test_the_page_of_queries_is_current() -> None:
    """The page is what `python -m ledger.audit.queries.reference` writes."""
    assert reference() == (ROOT / PAGE).read_text(encoding="utf-8"), "run: python -m ledger.audit.queries.reference"


def test_every_query_has_a_heading() -> None:
    """Each query, in the order of `mastery audit`, then the files of other systems."""
    headings = re.findall(r"^## (\S+)", reference(), re.MULTILINE)

    assert [*QUERIES, "Transcripts"] == headings
