"""Damage to what governs: told by every decision that had read it, and never a crash."""

from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.governing import pull_upstream
from ledger.audit.integrity import LeafCheck
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.storage.inspection import Inspection
from tests.audit.support import alter, places, positions, replayed, tamper, verdicts
from tests.support.ledgers import FOUR_LEVELS, adopted, author, classroom, opened, record

ADOPTED = "jurisdiction.policy-adopted.1"
ARCHIVED = "jurisdiction.policy-archived.1"
SCALE = "framework.scale-defined.1"


@pytest.mark.parametrize(
    ("topic", "old", "new", "verdict"),
    [
        (ADOPTED, '"first_day":"2020-01-01"', '"first_day":"2099-01-01"', Verdict.PARAMETERS_MISSING),
        (ADOPTED, "for the test", "for the tost", Verdict.PARAMETERS_MISSING),
        (ARCHIVED, "competency-based/mastery", "competency-based/mystery", Verdict.POLICY_DIGEST_MISMATCH),
        (SCALE, "Four levels", "Five levels", Verdict.EVIDENCE_ALTERED),
        ("framework.imported.1", "Test framework", "Tost framework", Verdict.EVIDENCE_ALTERED),
        ("ledger.opened.1", "America/Chicago", "America/Phoenix", Verdict.EVIDENCE_ALTERED),
    ],
)
def test_decisions_that_read_a_damaged_event_name_its_position(
    ledger: Ledger, topic: str, old: str, new: str, verdict: Verdict
) -> None:
    """Every decision that had read a governing event which was changed since says so, and where it stands."""
    position = positions(ledger, topic)[0]
    alter(ledger, topic, old, new)
    found = [one for one in replayed(ledger) if one.question]

    assert {verdict} == {one.verdict for one in found}
    assert all("does not fit its leaf" in one.detail for one in found)
    assert topic == ADOPTED or all(f"position {position}:" in one.detail for one in found)


def test_a_damaged_adoption_is_named_by_the_decisions_under_it(ledger: Ledger) -> None:
    """A decision tells of the damage to its own adoption before that to any other event."""
    alter(ledger, ADOPTED, "for the test", "for the tost")
    adoptions = {made.position: made.data.adoption for made in ledger.log.scan(topics=["learner.decided.1"])}
    named = {one.position: one.detail for one in replayed(ledger) if one.question}

    assert len(set(adoptions.values())) > 1
    assert all(f"position {adoption}:" in named[position] for position, adoption in adoptions.items())


def test_decisions_made_before_what_was_damaged_hold(ledger: Ledger) -> None:
    """A damaged event changes nothing for decisions that had not read it; with none behind it, it tells itself."""
    adopted(ledger, "competency-based/mastery", date(2026, 7, 1), scale=FOUR_LEVELS.digest)
    position = positions(ledger, ADOPTED)[-1]
    tamper(ledger, "UPDATE stored_events SET state = 'rubbish' WHERE position = ?", position)
    found = replayed(ledger)

    assert {Verdict.IDENTICAL} == {one.verdict for one in found if one.question}
    (told,) = [one for one in found if not one.question]
    assert ("", "", "", "", Verdict.PARAMETERS_MISSING, position) == (
        told.learner,
        told.policy,
        told.subject,
        told.question,
        told.verdict,
        told.position,
    )
    assert told.detail.endswith(f"position {position}: its state is of a type that is never written")


def test_damage_to_what_governs_is_told_for_one_learner(ledger: Ledger) -> None:
    """The replay of one learner holds the governing events against their leaves too."""
    alter(ledger, SCALE, "Four levels", "Five levels")
    replay = Replay(ledger.log)

    assert {Verdict.EVIDENCE_ALTERED} == {one.verdict for one in replay.replay(replay.learners()[:1])}
    assert {Verdict.EVIDENCE_ALTERED} == {one.verdict for one in replay.replay(replay.learners()[:1])}


def test_a_governing_event_without_a_leaf_is_told(ledger: Ledger) -> None:
    """An adoption whose leaf was removed proves nothing."""
    position = positions(ledger, ADOPTED)[0]
    tamper(ledger, "DELETE FROM leaves WHERE leaf_index = ?", position - 1)
    found = replayed(ledger)

    assert {Verdict.PARAMETERS_MISSING} == {one.verdict for one in found if one.question}
    assert any(f"position {position}: it has no leaf" in one.detail for one in found)


@pytest.mark.parametrize("topic", [SCALE, "framework.competency-designated.1", "framework.imported.1"])
def test_a_removed_governing_event_is_told(ledger: Ledger, topic: str) -> None:
    """The place of a removed event is named, whether a decision comes out otherwise or not."""
    gone = positions(ledger, topic)[0]
    tamper(ledger, "DELETE FROM stored_events WHERE position = ?", gone)
    last = ledger.log.recorder.max_notification_id()

    assert (
        Verdict.EVIDENCE_MISSING,
        f"no event stands at position {gone} of 1 to {last}; leaves without events there: 1",
    ) in places(ledger)


def test_a_hole_in_a_governing_stream_is_told_for_one_learner(ledger: Ledger) -> None:
    """A version that is missing among what governs is told even where the whole log is not looked at."""
    gone = positions(ledger, ADOPTED)[0]
    tamper(ledger, "DELETE FROM stored_events WHERE position = ?", gone)
    replay = Replay(ledger.log)
    found = list(replay.replay(replay.learners()[:1]))

    assert {Verdict.PARAMETERS_MISSING} < {one.verdict for one in found}
    assert "jurisdiction/us-xx: version 2 is missing, 3 follows" == found[-1].detail


def test_what_was_received_from_upstream_is_held_against_its_leaf(tmp_path: Path) -> None:
    """An adoption that came from above and was changed here is told as an adoption."""
    state = classroom(tmp_path, course=False)
    district = opened(tmp_path, "us-xx/pine", kind="district", parent="us-xx", upstream="us-xx")
    pull_upstream(district, author(district), state)
    record(district, district.vault.learner_id("S-1"), "e1", "C.2")
    alter(district, "ledger.upstream-received.1", "for the test", "for the tost")

    assert {Verdict.PARAMETERS_MISSING: 1} == verdicts(district)


def test_rubbish_received_from_upstream_is_told(tmp_path: Path) -> None:
    """Bytes that are no event any more leave only their place to tell."""
    state = classroom(tmp_path, course=False)
    district = opened(tmp_path, "us-xx/pine", kind="district", parent="us-xx", upstream="us-xx")
    pull_upstream(district, author(district), state)
    record(district, district.vault.learner_id("S-1"), "e1", "C.2")
    last = positions(district, "ledger.upstream-received.1")[-1]
    tamper(district, "UPDATE stored_events SET state = CAST('rubbish' AS BLOB) WHERE position = ?", last)

    assert {Verdict.EVIDENCE_ALTERED: 1} == verdicts(district)


def reseal(ledger: Ledger, position: int) -> None:
    """Write the leaf and the seal of an event anew, as whoever has the key could."""
    row = ledger.log.recorder.at(position)
    assert row is not None
    check = LeafCheck(ledger.log)
    leaf = ledger.log.leaf(row)
    assert leaf is not None
    tamper(ledger, "UPDATE leaves SET leaf = ?, seal = ? WHERE leaf_index = ?", leaf, check.seal(leaf), position - 1)


def test_an_adoption_that_did_not_govern_gives_no_values(ledger: Ledger) -> None:
    """A decision stands only under the adoption that governed its question on its day, sealed or not."""
    alter(ledger, ADOPTED, '"first_day":"2020-01-01"', '"first_day":"2099-01-01"')
    for position in positions(ledger, ADOPTED):
        reseal(ledger, position)
    found = replayed(ledger)

    assert {Verdict.PARAMETERS_MISSING} == {one.verdict for one in found}
    assert "did not govern MASTERY of competency/" in found[0].detail
    assert found[0].detail.endswith("on 2026-06-15; none did")


def test_values_changed_and_sealed_are_not_those_of_the_decision(tmp_path: Path) -> None:
    """A local value that fits leaf and seal is still not the one whose digest the decision names."""
    ledger = classroom(tmp_path, course=False)
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "1"}, scale=FOUR_LEVELS.digest)
    record(ledger, ledger.vault.learner_id("S-1"), "e1", "C.2")
    alter(ledger, ADOPTED, '"name":"kinds","value":"1"', '"name":"kinds","value":"2"')
    reseal(ledger, positions(ledger, ADOPTED)[-1])
    (found,) = replayed(ledger)

    assert Verdict.PARAMETERS_MISSING is found.verdict
    assert found.detail.startswith("the archived values and the adoption's own no longer give those")


def test_upstream_bytes_changed_and_sealed_are_told(tmp_path: Path) -> None:
    """Bytes from above that became no event are a hole, even where leaf and seal were written anew."""
    state = classroom(tmp_path, course=False)
    district = opened(tmp_path, "us-xx/pine", kind="district", parent="us-xx", upstream="us-xx")
    pull_upstream(district, author(district), state)
    record(district, district.vault.learner_id("S-1"), "e1", "C.2")
    alter(district, "ledger.upstream-received.1", SCALE, "framework.scale-defined.9")
    for position in positions(district, "ledger.upstream-received.1"):
        reseal(district, position)
    (found,) = replayed(district)

    assert found.verdict in (Verdict.EVIDENCE_ALTERED, Verdict.RUNTIME_UNSUPPORTED)


def test_another_adoption_of_the_same_rule_is_not_the_one_that_governed(tmp_path: Path) -> None:
    """Where a later adoption governs by now-altered dates, the decision's own adoption is said to be another."""
    ledger = classroom(tmp_path, course=False)
    adopted(ledger, "competency-based/mastery", date(2026, 7, 1), scale=FOUR_LEVELS.digest)
    record(ledger, ledger.vault.learner_id("S-1"), "e1", "C.2")
    own, later = positions(ledger, ADOPTED)
    alter(ledger, ADOPTED, '"first_day":"2026-07-01"', '"first_day":"2026-05-01"')
    reseal(ledger, later)
    (found,) = replayed(ledger)

    assert Verdict.PARAMETERS_MISSING is found.verdict
    assert f"the adoption at position {own} did not govern" in found.detail
    assert found.detail.endswith(f"the one at position {later} did")


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ('"label":"A"', '"libel":"A"', Verdict.EVIDENCE_ALTERED),
        ('"data"', '"deta"', Verdict.EVIDENCE_ALTERED),
    ],
)
def test_a_sealed_event_that_cannot_be_read_is_a_hole(ledger: Ledger, old: str, new: str, verdict: Verdict) -> None:
    """What fits its leaf and is no event is told at its place, and replay goes on."""
    (position,) = positions(ledger, SCALE)
    alter(ledger, SCALE, old, new)
    reseal(ledger, position)

    assert {verdict} == set(verdicts(ledger))


def test_an_event_of_a_later_release_is_unsupported(ledger: Ledger) -> None:
    """A sealed event of a kind this release does not know is told as such by the decisions that had read it."""
    (position,) = positions(ledger, SCALE)
    tamper(ledger, "UPDATE stored_events SET topic = 'framework.scale-defined.9' WHERE position = ?", position)
    reseal(ledger, position)

    assert {Verdict.RUNTIME_UNSUPPORTED} == set(verdicts(ledger))


def test_a_learners_event_among_what_governs_is_told_for_itself(ledger: Ledger) -> None:
    """An event that lost the name of its stream taints no decision of others."""
    position = positions(ledger, "learner.decided.1")[-1]
    tamper(ledger, "UPDATE stored_events SET originator_id = 'nowhere' WHERE position = ?", position)

    assert {Verdict.IDENTICAL} == {one.verdict for one in replayed(ledger) if one.question}
    assert [(Verdict.EVIDENCE_ALTERED, position)] == [
        (one.verdict, one.position) for one in replayed(ledger) if not one.question
    ]


def test_an_edition_that_cannot_be_folded_is_told(ledger: Ledger) -> None:
    """A framework whose content is no framework leads to a verdict, not to a crash."""
    (position,) = positions(ledger, "framework.imported.1")
    alter(ledger, "framework.imported.1", '\\"framework\\":', '\\"fraimwork\\":')
    reseal(ledger, position)

    assert Verdict.POLICY_ERROR in verdicts(ledger)


def test_rows_of_any_type_are_read(ledger: Ledger) -> None:
    """A name that is not UTF-8 arrives as the bytes it is, among what governs too."""
    (position,) = positions(ledger, SCALE)
    tamper(ledger, "UPDATE stored_events SET originator_id = CAST(X'ff' AS TEXT) WHERE position = ?", position)
    found = next(
        row for row in Inspection(ledger.log.recorder.datastore).governing(position) if row.position == position
    )

    assert b"\xff" == found.stream
    assert {Verdict.EVIDENCE_ALTERED} == {one.verdict for one in replayed(ledger) if one.question}
