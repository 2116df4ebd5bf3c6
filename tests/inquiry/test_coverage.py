"""A state's framework beside a local one: gaps first, partial alignments never whole, and no decision moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ledger.application import Ledger
from ledger.application.aligning import Pair, end_alignment
from ledger.application.governing import define_scale, import_framework, pull_upstream
from ledger.domain.alignment import RELATIONS
from ledger.domain.competencies import CHILD, Edition, Link
from ledger.errors import UnknownName, UsageError
from ledger.inquiry.coverage import coverage
from ledger.inquiry.coverage_rows import rows_of
from ledger.inquiry.coverage_views import CoverageView
from ledger.inquiry.frameworks import alignment_list, frameworks
from ledger.projections.coverage import Seen
from tests.support.frameworks import aligned, beside, local_framework, models_of, state_framework
from tests.support.ledgers import AUTHORITY, FOUR_LEVELS, adopted, author, opened, outcomes, record

ADA, BEN = "0aa00000-0000-4000-8000-000000000001", "0aa00000-0000-4000-8000-000000000002"


@dataclass
class Desk:
    """A ledger with both frameworks, and what is asked of it."""

    ledger: Ledger

    def view(self, framework: str | None = "state-framework", **asked: Any) -> CoverageView:
        """Return the coverage."""
        models = models_of(self.ledger)
        try:
            return coverage(self.ledger, models, framework, **asked)
        finally:
            models.close()

    def states(self, **asked: Any) -> dict[str, str]:
        """Return how each standard stands, by code, in the order shown."""
        return {one.code or one.label: one.state for one in self.view(**asked).standards}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a ledger with two frameworks, a scale and a rule of mastery."""
    with beside(opened(tmp_path)) as ledger:
        define_scale(ledger, author(ledger), FOUR_LEVELS)
        adopted(ledger, "competency-based/mastery")
        yield Desk(ledger)


def test_gaps_come_first(desk: Desk) -> None:
    """Standards stand in the order: not aligned, never evidenced, in part, covered; each in the framework's order."""
    for local, state, relation in (("PV.1", "S.4", "exactMatchOf"), ("PV.2", "S.1", "isPartOf")):
        aligned(desk.ledger, local, state, relation)
    aligned(desk.ledger, "PV.2", "S.3")
    record(desk.ledger, ADA, "a1", "PV.1")
    record(desk.ledger, ADA, "a2", "S.1")
    view = desk.view()

    assert [
        ("S.2", "not aligned"),
        ("S.3", "never evidenced"),
        ("S.1", "in part"),
        ("S.4", "covered"),
    ] == [(one.code, one.state) for one in view.standards]
    assert [1, 1, 1, 1] == [one.standards for one in view.counts]
    assert ("Local framework",) == view.locals
    assert ["PV.3"] == [one.code for one in view.loose]


def test_a_standard_counts_itself_and_what_says_the_same(desk: Desk) -> None:
    """Evidence about the standard and about exact matches is whole; about the rest it stands beside, in part."""
    for local, relation in (("PV.1", "exactMatchOf"), ("PV.2", "isPartOf"), ("PV.3", "isRelatedTo")):
        aligned(desk.ledger, local, "S.1", relation)
    record(desk.ledger, ADA, "a1", "S.1", occurred="2026-03-01")
    record(desk.ledger, ADA, "a2", "PV.1", kind="exam", occurred="2026-03-02")
    record(desk.ledger, BEN, "b1", "PV.2", occurred="2026-03-03")
    record(desk.ledger, BEN, "b2", "PV.3", occurred="2026-03-04")
    (standard,) = (one for one in desk.view().standards if one.code == "S.1")

    assert Seen(1, 1, 0, "2026-03-01") == standard.own
    assert Seen(1, 2, 0, "2026-03-02") == standard.whole
    assert Seen(1, 2, 0, "2026-03-04") == standard.part
    assert [("PV.1", True), ("PV.2", False), ("PV.3", False)] == [(one.code, one.whole) for one in standard.aligned]
    assert ["says the same as", "is a part of", "has to do with"] == [one.words for one in standard.aligned]
    assert [1, 1, 1] == [one.seen.evidence for one in standard.aligned]
    assert ("Domain",) == standard.parents


relations = st.sampled_from(sorted(set(RELATIONS) - {"exactMatchOf"}))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@given(chosen=st.dictionaries(st.sampled_from(("PV.1", "PV.2", "PV.3")), relations, min_size=1))
def test_no_number_of_parts_covers_a_standard(tmp_path_factory: pytest.TempPathFactory, chosen: dict[str, str]) -> None:
    """Aligned in part and evidenced everywhere, a standard is covered in part, however many parts there are."""
    with beside(opened(tmp_path_factory.mktemp("parts"))) as ledger:
        define_scale(ledger, author(ledger), FOUR_LEVELS)
        for local, relation in chosen.items():
            aligned(ledger, local, "S.1", relation)
            record(ledger, ADA, local, local)
        before = Desk(ledger).states()
        record(ledger, ADA, "own", "S.1")

        assert {"in part"} == {before["S.1"], Desk(ledger).states()["S.1"]}


def test_an_alignment_moves_no_decision(desk: Desk) -> None:
    """Two kinds of work about an exact match make that one mastered; the standard is not even asked about."""
    aligned(desk.ledger, "PV.1", "S.1")
    record(desk.ledger, ADA, "a1", "PV.1")
    second = record(desk.ledger, ADA, "a2", "PV.1", kind="exam")
    third = record(desk.ledger, ADA, "a3", "S.1")
    (standard,) = (one for one in desk.view().standards if one.code == "S.1")

    assert [("MASTERY", "p1", "met")] == outcomes(second)
    assert [("MASTERY", "s1", "not_yet")] == outcomes(third)
    assert (0, 1) == (standard.own.mastered, standard.whole.mastered)


def test_without_a_local_framework_the_evidence_alone_counts(tmp_path: Path) -> None:
    """Where nothing stands beside it a standard is covered by evidence about itself."""
    with beside(opened(tmp_path), state_framework()) as ledger:
        define_scale(ledger, author(ledger), FOUR_LEVELS)
        record(ledger, ADA, "a1", "S.1")
        desk = Desk(ledger)

        assert {"S.2": "never evidenced", "S.3": "never evidenced", "S.4": "never evidenced", "S.1": "covered"} == (
            desk.states(framework=None)
        )
        assert ((), ()) == (desk.view().locals, desk.view().loose)


def test_what_has_others_below_it_is_listed_where_something_speaks_about_it(desk: Desk) -> None:
    """A domain is no standard, until something is aligned to it or evidence names it."""
    before = desk.states()
    aligned(desk.ledger, "PV.1", "d", "isPartOf")

    assert "Domain" not in before
    assert "never evidenced" == desk.states()["Domain"]


def test_a_retired_standard_is_no_gap(tmp_path: Path) -> None:
    """From the day on which it is no longer taught a standard is listed only where something is seen of it."""
    with beside(opened(tmp_path), state_framework("2026-06-01"), local_framework()) as ledger:
        define_scale(ledger, author(ledger), FOUR_LEVELS)
        desk = Desk(ledger)
        before, after = (desk.states(on=date(2026, 5, 31)), desk.states(on=date(2026, 6, 1)))
        record(ledger, ADA, "a1", "S.3")

        assert ("S.3" in before, "S.3" in after, "S.3" in desk.states()) == (True, False, True)


def test_it_answers_for_a_day_and_a_position(desk: Desk) -> None:
    """A day takes the alignments that hold on it and what is dated by it; a position what was known there."""
    aligned(desk.ledger, "PV.1", "S.1", first_day=date(2026, 4, 1))
    known = desk.ledger.governance().position
    pair = Pair("PV.1", "S.1")
    end_alignment(desk.ledger, author(desk.ledger), pair, date(2026, 5, 31), authority=AUTHORITY, reason="over")
    record(desk.ledger, ADA, "a1", "PV.1", occurred="2026-04-15")
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 15), date(2026, 6, 1)]

    assert ["not aligned", "never evidenced", "covered", "not aligned"] == [desk.states(on=day)["S.1"] for day in days]
    assert "never evidenced" == desk.states(on=date(2026, 6, 1), known_at=known)["S.1"]
    assert known == desk.view(known_at=known).position


def test_a_standard_that_is_gone_takes_its_alignments_with_it(desk: Desk) -> None:
    """With an edition without the standard what was aligned to it is aligned to nothing."""
    aligned(desk.ledger, "PV.1", "S.4")
    before = [one.code for one in desk.view().loose]
    whole = state_framework()
    import_framework(desk.ledger, author(desk.ledger), _without(whole, "s4"), b"next")

    assert ["PV.2", "PV.3"] == before
    assert ["PV.1", "PV.2", "PV.3"] == [one.code for one in desk.view().loose]
    assert ["s4"] == [one.standard for one in alignment_list(desk.ledger)]


def _without(edition: Any, identity: str) -> Any:
    return replace(edition, items=tuple(item for item in edition.items if item.id != identity))


def test_a_district_s_own_framework_is_beside_what_came_from_above(tmp_path: Path) -> None:
    """In a district the state's framework is asked about, and its own stands beside it before anything is aligned."""
    with (
        beside(opened(tmp_path), state_framework()) as state,
        opened(tmp_path, "us-xx/low", kind="district", parent="us-xx", upstream="us-xx") as district,
    ):
        pull_upstream(district, author(district), state)
        import_framework(district, author(district), local_framework(), b"own")
        view = Desk(district).view()
        listed = frameworks(district)

        assert ("Local framework",) == view.locals
        assert {"not aligned"} == {one.state for one in view.standards}
        assert [(state.opened.ledger, 5, 4), ("", 3, 3)] == [
            (one.origin, one.competencies, one.standards) for one in listed
        ]


def test_the_framework_may_be_left_out_where_it_is_plain(desk: Desk) -> None:
    """The only framework something is aligned to is meant; without one the sentence names those there are."""
    with pytest.raises(UsageError) as open_:
        desk.view(None)
    aligned(desk.ledger, "PV.1", "S.1")

    assert "name one framework with --framework: State framework; Local framework" == str(open_.value)
    assert "State framework" == desk.view(None).title


def test_nothing_can_be_covered_where_no_framework_is_held(tmp_path: Path) -> None:
    """The sentence names the command that brings one in."""
    with opened(tmp_path) as ledger, pytest.raises(UnknownName, match="bring one in with `mastery import framework`"):
        Desk(ledger).view(None)


def test_lines_hold_the_standards_and_what_is_loose(desk: Desk) -> None:
    """Each standard is a line with the codes aligned to it, whole and in part apart; then the loose competencies."""
    aligned(desk.ledger, "PV.1", "S.1")
    aligned(desk.ledger, "PV.2", "S.1", "isPartOf")
    record(desk.ledger, ADA, "a1", "PV.2", occurred="2026-03-03")
    rows = list(rows_of(desk.view()))
    first = next(row for row in rows if row.code == "S.1")

    assert ["S.2", "S.3", "S.4", "S.1", "PV.3"] == [row.code for row in rows]
    assert ("Domain", "PV.1", "PV.2", 0, 1, "2026-03-03") == (
        first.group,
        first.aligned,
        first.aligned_in_part,
        first.learners,
        first.learners_in_part,
        first.last_day_in_part,
    )
    assert ("Local framework", "aligned to nothing") == (rows[-1].framework, rows[-1].state)


def test_frameworks_and_alignments_are_listed(desk: Desk) -> None:
    """A framework says how many alignments begin and end in it, an alignment whom it joins and by whose authority."""
    aligned(desk.ledger, "PV.1", "S.1", "isPeerOf")
    (one,) = alignment_list(desk.ledger, "local-framework")

    assert [(0, 1), (1, 0)] == [(each.aligned_from, each.aligned_to) for each in frameworks(desk.ledger)]
    assert ("PV.1", "stands beside", "S.1", "State board of education") == (
        one.local,
        one.words,
        one.standard,
        one.body,
    )
    assert () == alignment_list(desk.ledger, "another")
    assert () == alignment_list(desk.ledger, on=date(2025, 12, 31))


def test_a_standard_in_two_places_is_one_standard(tmp_path: Path) -> None:
    """A standard under two headings is listed once, and what is aligned to a third framework is not loose here."""
    edition = state_framework()
    twice = replace(edition, links=(*edition.links, Link(kind=CHILD, origin="s1", destination="s4")))
    third = Edition(framework="third", title="Third", items=(replace(edition.items[1], id="t1", code="T.1"),))
    with beside(opened(tmp_path), twice, local_framework(), third) as ledger:
        aligned(ledger, "PV.1", "S.1")
        aligned(ledger, "PV.2", "T.1")
        view = Desk(ledger).view()

        assert ["S.2", "S.3", "S.1"] == [one.code for one in view.standards]
        assert ["PV.3"] == [one.code for one in view.loose]
