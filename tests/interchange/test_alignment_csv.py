"""Alignments as plain CSV."""

from ledger.domain.aligned import Alignment, pair_of
from ledger.interchange.alignment_csv import AlignmentsRead, read_alignments
from tests.interchange.support import BOARD, aligned, sides

HEADER = "state,local,relation,from,until\n"


def read(rows: str, *known: Alignment) -> AlignmentsRead:
    """Read rows that are good."""
    found = read_alignments(f"{HEADER}{rows}".encode(), "file.csv", sides(*known))
    assert isinstance(found, AlignmentsRead), found
    return found


def test_a_row_is_an_alignment_whole() -> None:
    """A row gives both competencies with framework and edition, the relation, the days and the authority."""
    found = read("M.2,L.2,isPartOf,2026-08-01,2027-07-31\n")
    expected = aligned("L.2", "M.2", relation="isPartOf", first_day="2026-08-01", last_day="2027-07-31").said

    assert (expected,) == found.new
    assert BOARD == found.new[0].authority


def test_alignments_go_many_to_many() -> None:
    """A competency may stand in several rows on either side, whatever the order of the columns."""
    rows = "M.2,L.2,isPartOf,2026-01-01,\nM.2,L.3,isPartOf,2026-01-01,\nM.1,L.3,isRelatedTo,2026-01-01,\n"
    found = read(rows)
    turned = read_alignments(b"from,relation,local,state\n2026-01-01,isPartOf,L.2,M.2\n", "f", sides())

    assert 3 == len({pair_of(one) for one in found.new})
    assert isinstance(turned, AlignmentsRead)
    assert turned.new == found.new[:1]


def test_what_is_known_is_recognised() -> None:
    """A row that was taken before is counted and not taken again, also after the alignment was ended."""
    ended = Alignment(aligned("L.2", "M.2").said, "2026-03-01", 8, 8, None)
    found = read("M.1,L.1,exactMatchOf,2026-01-01,\nM.2,L.2,exactMatchOf,2026-01-01,\n", ended)

    assert AlignmentsRead((), 2) == found


def test_one_pair_may_be_aligned_again_on_other_days() -> None:
    """After an alignment has ended another one of the same two competencies may begin, and within one file too."""
    ended = Alignment(aligned("L.2", "M.2").said, "2026-03-01", 8, 8, None)
    rows = "M.2,L.2,isPartOf,2026-03-02,2026-12-31\nM.2,L.2,isRelatedTo,2027-01-01,\n"

    assert ["isPartOf", "isRelatedTo"] == [one.relation for one in read(rows, ended).new]


def test_a_file_without_rows_holds_nothing() -> None:
    """A header alone is a file of no alignments."""
    assert AlignmentsRead((), 0) == read("")
