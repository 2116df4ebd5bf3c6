"""T4, T5 and T8: the rule swapped, its values edited, history replayed with other code."""

import pytest

from ledger.application import Ledger
from ledger.audit.verdicts import Verdict
from ledger.audit.verifying.findings import Kind
from tests.audit.attacks.support import ADOPTED, ARCHIVED, DECIDED, positions, reseal, rewrite
from tests.audit.support import replayed
from tests.audit.verifying.support import changes, kinds


def verdicts_on_decisions(ledger: Ledger) -> set[Verdict]:
    """Replay everything and return what came of decisions."""
    return {one.verdict for one in replayed(ledger) if one.question}


@pytest.mark.parametrize("sealed", [False, True])
def test_t4_a_rule_swapped_in_the_archive_is_named(ledger: Ledger, sealed: bool) -> None:
    """A rule is archived under the digest of its text, so that another text under its name is not run."""
    position = positions(ledger, ARCHIVED)[0]
    rewrite(ledger, position, "competency-based/mastery", "competency-based/mystery")
    if sealed:
        reseal(ledger, position)
    told = {(one.kind, one.position) for one in changes(ledger)}

    assert sealed or {(Kind.EVENT_ALTERED, position)} == told
    assert Verdict.POLICY_DIGEST_MISMATCH in verdicts_on_decisions(ledger)


@pytest.mark.parametrize("sealed", [False, True])
def test_t5_values_edited_are_named(ledger: Ledger, sealed: bool) -> None:
    """A value written into an adoption that governs is an altered event; sealed, decisions tell of it."""
    position = positions(ledger, ADOPTED)[0]
    rewrite(ledger, position, '"overrides":[]', '"overrides":[{"name":"level","value":"2"}]')
    if sealed:
        reseal(ledger, position)

    assert sealed or [(Kind.EVENT_ALTERED, position)] == kinds(ledger)
    assert Verdict.PARAMETERS_MISSING in verdicts_on_decisions(ledger)


def test_t8_decisions_of_another_evaluator_do_not_replay_as_identical(ledger: Ledger) -> None:
    """A decision names the digest of the code that made it: other code is told, the outcome being the same."""
    for position in positions(ledger, DECIDED):
        row = ledger.log.recorder.at(position)
        assert row is not None
        start = row[4].index(b'"evaluator":"') + len(b'"evaluator":"')
        digest = row[4][start : start + 64].decode()
        rewrite(ledger, position, digest, digest[::-1])
        reseal(ledger, position)
    found = [one for one in replayed(ledger) if one.question]

    assert {Verdict.EXPLANATION_DIVERGED} == {one.verdict for one in found}
    assert all("digests" in one.detail for one in found)
