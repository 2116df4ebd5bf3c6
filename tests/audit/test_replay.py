"""Every decision made again from the ledger alone, and each kind of damage told by its own verdict."""

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ledger.application import Ledger
from ledger.application.governing import define_scale, import_framework, pull_upstream
from ledger.application.learning import prepare, record_evidence
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.domain.governance import Placed
from ledger.domain.learner import EvidenceRecorded
from ledger.facts.backing import Backing
from ledger.facts.methods import METHODS
from ledger.values import digest
from tests.audit.support import replayed, tamper, verdicts
from tests.support.ledgers import FOUR_LEVELS, Clock, adopted, author, classroom, evidence, framework, opened, record


def test_an_untouched_history_is_identical(ledger: Ledger) -> None:
    """Every decision of an untouched ledger replays as identical."""
    found = verdicts(ledger)

    assert [Verdict.IDENTICAL] == list(found)
    assert found[Verdict.IDENTICAL] >= 10


def test_an_installed_plugin_cannot_change_the_past(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replay reads the archived rule; the installed policies may be gone."""
    monkeypatch.setattr("ledger.catalogue.load", lambda *_, **__: pytest.fail("replay read the catalogue"))

    assert [Verdict.IDENTICAL] == list(verdicts(ledger))


DISTINCT: Any = METHODS["distinct.1"]
"""The fact method that counts different values."""


def with_distinct(monkeypatch: pytest.MonkeyPatch, result: Callable[[Any, Any], Any]) -> None:
    """Let the fact method that counts different values say something else."""
    broken = dataclasses.replace(DISTINCT, result=result)
    monkeypatch.setattr("ledger.facts.sheet.METHODS", {**METHODS, "distinct.1": broken})
    monkeypatch.setattr("ledger.facts.resolving.METHODS", {**METHODS, "distinct.1": broken})


def test_a_changed_fact_method_diverges_and_the_fact_is_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fact method that folds otherwise gives another outcome, and the verdict names the fact."""
    result = DISTINCT.result
    with_distinct(monkeypatch, lambda state, arguments: (0, result(state, arguments)[1]))
    diverged = [one for one in replayed(ledger) if one.verdict is Verdict.OUTCOME_DIVERGED]

    assert diverged
    assert any("fact kinds_at_level: was 2, is 0" in one.differs for one in diverged)
    assert any(part.startswith("clause kinds=") for one in diverged for part in one.differs)


def test_other_reasons_for_the_same_outcome_diverge(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outcome may be the same, and yet rest on other evidence than was said."""
    result = DISTINCT.result
    with_distinct(monkeypatch, lambda state, arguments: (result(state, arguments)[0], Backing()))
    found = [one for one in replayed(ledger) if one.verdict is not Verdict.IDENTICAL]

    assert {Verdict.EXPLANATION_DIVERGED} == {one.verdict for one in found}
    assert {"the outcome is the same; what differs: facts"} == {one.detail for one in found}


def test_a_rule_that_fails_is_an_error_and_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that cannot be carried out any more gives no other outcome: it says what failed."""
    with_distinct(monkeypatch, lambda state, arguments: 1 // 0)
    found = [one for one in replayed(ledger) if one.verdict is not Verdict.IDENTICAL]

    assert {Verdict.POLICY_ERROR} == {one.verdict for one in found}
    assert {"ZeroDivisionError: integer division or modulo by zero"} == {one.detail for one in found}


def test_an_altered_rule_is_a_digest_mismatch(ledger: Ledger) -> None:
    """A rule changed in the archive no longer has the digest it was archived under."""
    tamper(
        ledger,
        "UPDATE stored_events SET state = CAST(replace(state, 'kinds_at_level', 'kinds_at_devil') AS BLOB) "
        "WHERE topic = 'jurisdiction.policy-archived.1' AND CAST(state AS TEXT) LIKE '%competency-based/mastery%'",
    )

    assert Verdict.POLICY_DIGEST_MISMATCH in verdicts(ledger)


def test_a_policy_that_was_removed_is_missing(ledger: Ledger) -> None:
    """Without its archive entry a decision cannot be made again, and that is said."""
    tamper(
        ledger,
        "DELETE FROM stored_events "
        "WHERE topic = 'jurisdiction.policy-archived.1' AND CAST(state AS TEXT) LIKE '%mastery@%'",
    )

    assert Verdict.POLICY_MISSING in verdicts(ledger)


def test_an_altered_parameter_is_told(tmp_path: Path) -> None:
    """A local value changed in the adoption no longer gives the values the decision was made with."""
    ledger = opened(tmp_path)
    import_framework(ledger, author(ledger), framework(), b"x")
    define_scale(ledger, author(ledger), FOUR_LEVELS)
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "1"}, scale=FOUR_LEVELS.digest)
    record(ledger, ledger.vault.learner_id("S-1"), "e1", "C.2")
    assert {Verdict.IDENTICAL: 1} == verdicts(ledger)
    tamper(
        ledger,
        'UPDATE stored_events SET state = CAST(replace(state, \'"name":"kinds","value":"1"\', '
        '\'"name":"kinds","value":"2"\') AS BLOB) WHERE topic = \'jurisdiction.policy-adopted.1\'',
    )

    assert {Verdict.PARAMETERS_MISSING: 1} == verdicts(ledger)


def test_altered_evidence_is_told_by_its_leaf(ledger: Ledger) -> None:
    """One changed byte of a stored event is told, with its place, for every decision that follows it."""
    tamper(
        ledger,
        'UPDATE stored_events SET state = CAST(replace(state, \'"level":"3"\', \'"level":"4"\') AS BLOB) '
        "WHERE topic = 'learner.evidence-recorded.1' AND originator_version = 1 AND CAST(state AS TEXT) LIKE '%S-1-%'",
    )
    altered = [one for one in replayed(ledger) if one.verdict is Verdict.EVIDENCE_ALTERED]

    assert altered
    assert 1 == len({one.learner for one in altered})
    assert "version 1, position" in altered[0].detail
    assert Verdict.IDENTICAL in verdicts(ledger)


def test_bytes_that_are_no_event_are_told(ledger: Ledger) -> None:
    """Rubbish in place of an event is altered evidence, not a crash."""
    tamper(
        ledger,
        "UPDATE stored_events SET state = 'rubbish' "
        "WHERE topic = 'learner.evidence-recorded.1' AND originator_version = 1",
    )

    assert Verdict.EVIDENCE_ALTERED in verdicts(ledger)


def test_a_removed_event_is_missing_evidence(ledger: Ledger) -> None:
    """A hole in a learner's stream is told for the decisions behind it."""
    tamper(
        ledger,
        "DELETE FROM stored_events WHERE topic = 'learner.evidence-recorded.1' AND originator_version = 1",
    )
    missing = [one for one in replayed(ledger) if one.verdict is Verdict.EVIDENCE_MISSING]

    assert missing
    assert "version 1 is missing, 2 follows" in missing[0].detail


@pytest.mark.parametrize(
    ("format_change", "verdict"),
    [
        (lambda text: text.replace('"format":1', '"format":99'), Verdict.RUNTIME_UNSUPPORTED),
        (lambda text: text.replace("distinct.1", "distinct.9"), Verdict.RUNTIME_UNSUPPORTED),
    ],
)
def test_a_policy_of_a_later_release_is_unsupported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_change: Callable[[str], str], verdict: Verdict
) -> None:
    """A policy archived in words this release does not know is told as such, not as a wrong decision."""
    ledger = classroom(tmp_path, course=False)
    record(ledger, ledger.vault.learner_id("S-1"), "e1", "C.2")
    replay = Replay(ledger.log)
    list(replay.replay([]))
    placed = next(iter(replay.governance.archived.values()))
    text = format_change(placed.payload.canonical)
    assert text != placed.payload.canonical
    other = msgspec.structs.replace(placed.payload, canonical=text)
    replay.governance.archived[placed.payload.digest] = Placed(placed.position, other)
    monkeypatch.setattr(
        "ledger.deciding.shelf.digest", lambda data: placed.payload.digest if data == text.encode() else digest(data)
    )

    assert [verdict] == [one.verdict for one in replay.replay(replay.learners())]


def test_an_adoption_that_lands_in_between_does_not_break_replay(tmp_path: Path) -> None:
    """A decision prepared before an adoption and stored after it is replayed as it was made."""
    ledger = classroom(tmp_path, course=False)
    learner = ledger.vault.learner_id("S-1")
    payload = EvidenceRecorded(evidence=evidence(ledger, "e1", "C.2"))
    ready = prepare(ledger, author(ledger), learner, [payload])
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "1"}, scale=FOUR_LEVELS.digest)
    ready.stored(ledger, learner)

    assert {Verdict.IDENTICAL: 1} == verdicts(ledger)
    assert "not_yet" == ready.decisions[0].outcome


def test_decisions_of_a_district_replay_from_its_own_ledger(tmp_path: Path) -> None:
    """What a state sent down is part of the district's ledger; the state's file is not needed."""
    state = classroom(tmp_path, course=False)
    district = opened(tmp_path, "us-xx/pine", kind="district", parent="us-xx", upstream="us-xx")
    assert pull_upstream(district, author(district), state) > 0
    assert 0 == pull_upstream(district, author(district), state)
    state.close()
    state.log.path.unlink()
    learner = district.vault.learner_id("S-1")
    record_evidence(district, author(district), learner, evidence(district, "e1", "C.2"))

    assert {Verdict.IDENTICAL: 1} == verdicts(district)


def test_a_rule_adopted_for_later_changes_nothing_before(tmp_path: Path) -> None:
    """An adoption dated in the future is known, and governs from its day on."""
    clock = Clock()
    ledger = classroom(tmp_path, course=False, clock=clock)
    adopted(ledger, "competency-based/mastery", date(2026, 7, 1), overrides={"kinds": "1"}, scale=FOUR_LEVELS.digest)
    learner = ledger.vault.learner_id("S-1")
    before = record(ledger, learner, "e1", "C.2")
    clock.instant = "2026-07-02T17:00:00.000000Z"
    after = record(ledger, learner, "e2", "C.2", "4")

    assert ["not_yet"] == [one.outcome for one in before.decisions]
    assert ["met"] == [one.outcome for one in after.decisions]
    assert {Verdict.IDENTICAL: 2} == verdicts(ledger)
