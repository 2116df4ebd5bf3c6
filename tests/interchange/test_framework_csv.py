"""A framework as plain CSV."""

import csv
import io
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from ledger import values
from ledger.domain.competencies import Edition, content, edition_digest, edition_of, outline
from ledger.domain.framework_changes import difference
from ledger.interchange.framework_csv import COLUMNS, framework_identifier, read_framework_csv
from ledger.interchange.frameworks import Converted
from tests.interchange.support import FRAMEWORK, small_framework

names = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=";"), min_size=1, max_size=6)
texts = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=12).filter(str.strip)


def by_local(edition: Edition) -> dict[str, str]:
    """Map the ids of the file to those of the edition."""
    return {item.local or item.id: item.id for item in edition.items}


def test_rows_become_competencies_in_the_order_of_the_file() -> None:
    """Code, statement and kind are taken, the parent and prerequisites become links."""
    edition = small_framework()
    ids = by_local(edition)
    ready = outline(edition)

    assert [(item.local, item.code, item.kind) for item in edition.items[:2]] == [
        ("m", "M", "Domain"),
        ("m1", "M.1", "Standard"),
    ]
    assert ready.roots() == (ids["m"],)
    assert ready.children[ids["m"]] == (ids["m1"], ids["m2"], ids["x"], ids["y"])
    assert ready.prerequisites[ids["m2"]] == (ids["m1"],)


def test_an_id_that_is_a_uuid_is_kept() -> None:
    """A UUID names the competency itself, in lower case; any other id gets one, the same every time."""
    identity = "A0000000-0000-4000-8000-000000000001"
    edition = small_framework(f"id,statement\n{identity},Add\nB,Subtract\n".encode())
    framework = framework_identifier("small")

    assert [(item.id, item.local) for item in edition.items] == [
        (identity.lower(), identity),
        (values.identifier("competency", framework, "B"), "B"),
    ]
    assert framework_identifier(framework) == framework == edition.framework


def test_byte_order_mark_and_line_ends_change_nothing() -> None:
    """The same rows with a byte order mark, other line ends and another order of columns are one edition."""
    other = b"\xef\xbb\xbfstatement,id\r\nAdd,A\r\n\r\n,\r\n"

    assert small_framework(other) == small_framework(b"id,statement\nA,Add\n")


def test_a_changed_file_is_a_difference() -> None:
    """Another wording under the same id is a rewording; the same file again is none."""
    old, new = small_framework(), small_framework(FRAMEWORK.replace(b"Subtract", b"Take away"))

    assert difference(old, new).reworded == (by_local(old)["m2"],)
    assert not difference(old, small_framework())


@given(
    st.lists(
        st.tuples(names, st.none() | texts, texts, st.booleans(), st.lists(st.integers(0, 9), max_size=3)),
        max_size=6,
        unique_by=lambda row: normalize("NFC", row[0]),
    )
)
def test_framework_round_trips(drawn: list[tuple[str, str | None, str, bool, list[int]]]) -> None:
    """Any tree of rows, written as CSV, comes back with the same ids, texts, parents and prerequisites."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    expected = []
    for index, (identity, code, statement, child, before) in enumerate(drawn):
        parent = drawn[index - 1][0] if child and index else ""
        first = [drawn[number][0] for number in before if number < index]
        writer.writerow((identity, code or "", statement, parent, "", ";".join(first)))
        expected.append((normal(identity), normal(code or "") or None, normal(statement), normal(parent), first))
    found = read_framework_csv(out.getvalue().encode(), "file.csv", "f", "F")

    assert isinstance(found, Converted), found
    edition = found.edition
    ready, back = outline(edition), {identity: local for local, identity in by_local(edition).items()}
    assert [
        (
            item.local or item.id,
            item.code,
            item.statement,
            "".join(back[parent] for parent in ready.parents[item.id]),
            sorted(back[first] for first in ready.prerequisites[item.id]),
        )
        for item in edition.items
    ] == [(*row[:4], sorted({normal(first) for first in row[4]})) for row in expected]
    assert edition_of(content(edition)) == edition
    assert edition_digest(edition_of(content(edition))) == edition_digest(edition)


def normal(text: str) -> str:
    """Return a text as a file's cell is stored."""
    return normalize("NFC", text.strip())


@given(st.binary(max_size=200))
def test_any_bytes_are_an_edition_or_faults(data: bytes) -> None:
    """No bytes make the reader raise."""
    found = read_framework_csv(b"id,statement,parent,prerequisites\n" + data, "file.csv", "f", "F")

    assert isinstance(found, Converted) or found
