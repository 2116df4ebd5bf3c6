"""Aligning competencies by hand, and ending what aligns them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.aligning import Pair, align, end_alignment
from ledger.application.frameworks import framework_named
from ledger.application.governing import pull_upstream
from ledger.domain.aligned import alignments
from ledger.domain.competencies import Edition
from ledger.errors import Refused, UnknownName, UsageError
from ledger.values import identifier
from tests.support.frameworks import NEW_YEAR, aligned, beside, local_framework, state_framework
from tests.support.ledgers import AUTHORITY, author, opened

SUMMER = date(2026, 7, 31)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger with two frameworks beside each other."""
    with beside(opened(tmp_path)) as ledger:
        yield ledger


def end(ledger: Ledger, local: str = "PV.1", state: str = "S.1", last_day: date = SUMMER) -> int:
    """End an alignment; return the position."""
    pair = Pair(local, state)
    return end_alignment(ledger, author(ledger), pair, last_day, authority=AUTHORITY, reason="reworded").last


def test_an_alignment_stands_in_the_local_framework_s_stream(ledger: Ledger) -> None:
    """The event names both competencies with framework and edition, and lies with the local framework."""
    done = aligned(ledger, "PV.1", "S.1", "isPartOf")
    (event,) = (one for one in ledger.log.scan(after=3))
    editions = ledger.governance().current_editions(4)

    assert done is not None
    assert (4, "framework/local-framework") == (done.last, event.originator_id)
    assert ("us-xx", "isPartOf", "p1", "s1") == (
        event.data.jurisdiction,
        event.data.relation,
        event.data.competency,
        event.data.to_competency,
    )
    assert (editions["local-framework"], editions["state-framework"]) == (event.data.edition, event.data.to_edition)


def test_the_same_alignment_again_is_a_no_op(ledger: Ledger) -> None:
    """What was said before is not said again, also after it was ended."""
    aligned(ledger, "PV.1", "S.1")
    end(ledger)

    assert aligned(ledger, "PV.1", "S.1") is None
    assert ledger.log.recorder.max_notification_id() == 5


def test_two_competencies_have_one_relation_on_a_day(ledger: Ledger) -> None:
    """Another relation on the same days is refused until the first is ended."""
    aligned(ledger, "PV.1", "S.1")
    with pytest.raises(Refused) as refused:
        aligned(ledger, "PV.1", "S.1", "isPartOf", date(2026, 8, 1))
    end(ledger)
    later = aligned(ledger, "PV.1", "S.1", "isPartOf", date(2026, 8, 1))

    assert (
        "PV.1 and S.1 are aligned already, exactMatchOf from 2026-01-01 on (position 4); "
        "end that first with `mastery frameworks end`"
    ) == str(refused.value)
    assert later is not None


def test_the_alignment_that_holds_longest_is_not_ended_for_another(ledger: Ledger) -> None:
    """Of several spans of two competencies the first that holds after the day is ended."""
    aligned(ledger, "PV.1", "S.1", last_day=date(2026, 3, 31))
    aligned(ledger, "PV.1", "S.1", "isPartOf", date(2026, 4, 1), date(2026, 12, 31))
    aligned(ledger, "PV.1", "S.1", "isRelatedTo", date(2027, 1, 1))
    end(ledger)

    assert ["2026-03-31", "2026-07-31", None] == [one.last_day for one in alignments(ledger.governance(), 7)]


def test_nothing_is_ended_twice(ledger: Ledger) -> None:
    """Where nothing holds after the day there is nothing to end."""
    aligned(ledger, "PV.1", "S.1")
    end(ledger)
    with pytest.raises(Refused) as refused:
        end(ledger)

    assert "PV.1 and S.1 are not aligned after 2026-07-31; there is nothing to end" == str(refused.value)


def test_what_came_from_above_is_ended_above(tmp_path: Path) -> None:
    """A district cannot end what the state aligned."""
    with beside(opened(tmp_path)) as state:
        aligned(state, "PV.1", "S.1")
        with opened(tmp_path, "us-xx/low", kind="district", parent="us-xx", upstream="us-xx") as district:
            pull_upstream(district, author(district), state)
            with pytest.raises(Refused) as refused:
                end(district)

    assert "PV.1 and S.1 were aligned by us-xx; end that in its ledger" == str(refused.value)


@pytest.mark.parametrize(
    ("relation", "local", "last_day", "said"),
    [
        ("isChildOf", "PV.1", None, "'isChildOf' is no relation: exactMatchOf, isPartOf, isPeerOf, isRelatedTo"),
        ("isPartOf", "PV.1", date(2025, 1, 1), "the last day 2025-01-01 is before the first day 2026-01-01"),
        ("isPartOf", "S.2", None, "S.2 and S.1 stand in one framework; an alignment joins two"),
        (
            "isPartOf",
            "PV.9",
            None,
            "Local framework has no competency with the id 'PV.9', nor one alone with that code",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    ledger: Ledger, relation: str, local: str, last_day: date | None, said: str
) -> None:
    """An unknown relation, days the wrong way round, one framework alone and a name there is not."""
    pair = Pair(local, "S.1", "local-framework" if local == "PV.9" else None, "state-framework")
    with pytest.raises(UsageError) as refused:
        align(
            ledger,
            author(ledger),
            pair,
            relation,
            first_day=NEW_YEAR,
            last_day=last_day,
            authority=AUTHORITY,
        )

    assert said == str(refused.value)


def test_a_code_of_both_frameworks_is_told_apart_by_the_framework(tmp_path: Path) -> None:
    """A code that stands in both is meant in the framework that is named with it."""
    with beside(opened(tmp_path), state_framework(), local_framework("S.1")) as ledger:
        pair = Pair("S.1", "S.1", "local-framework", "state-framework")
        align(ledger, author(ledger), pair, "exactMatchOf", first_day=NEW_YEAR, authority=AUTHORITY)
        found = alignments(ledger.governance(), 4)

    assert [("p1", "s1")] == [one.pair for one in found]


def test_a_framework_is_named_by_id_title_or_the_name_of_its_file(tmp_path: Path) -> None:
    """All three lead to the same framework; a title that two have leads to none."""
    derived = identifier("framework", "pv")
    twin = Edition(framework="twin", title="STATE framework")
    with beside(opened(tmp_path), state_framework(), twin, Edition(framework=derived, title="Own")) as ledger:
        governance = ledger.governance()
        with pytest.raises(UnknownName) as unknown:
            framework_named(governance, "state framework")

        assert {derived} == {framework_named(governance, name) for name in ("pv", "own", derived)}
    assert "2 frameworks are called 'state framework'; name one by its id: state-framework, twin" == str(unknown.value)


def test_an_unknown_framework_is_told_with_those_there_are(ledger: Ledger, tmp_path: Path) -> None:
    """The sentence names every framework held, or the command that brings one in."""
    with pytest.raises(UnknownName) as unknown:
        framework_named(ledger.governance(), "other")
    with opened(tmp_path / "empty") as empty, pytest.raises(UnknownName) as nothing:
        framework_named(empty.governance(), "other")

    assert (
        "no framework is called 'other' here; there is State framework (state-framework); "
        "Local framework (local-framework)"
    ) == str(unknown.value)
    assert "no framework is held here; bring one in with `mastery import framework`" == str(nothing.value)
