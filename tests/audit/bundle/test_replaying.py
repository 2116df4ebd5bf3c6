"""Does the rule still say so? What the replay of a bundle finds in events that were changed."""

import pytest

from ledger.audit.verifier.replaying import at_most
from tests.audit.bundle.support import Auditor, Change, Signed, lines, replaced, tampered


def verdicts(auditor: Auditor, data: bytes) -> set[str]:
    """Return the verdicts on the decisions of a bundle whose integrity is not asked for."""
    found = auditor.says(data, "--ask", "replay").answers["replay"]["broken"]
    return {one.partition(": ")[2].partition(": ")[2].partition(":")[0] for one in found}


def swapped(topic: str, old: str, new: str) -> Change:
    """Change a text in the first event of a topic that holds it."""

    def changed(found: list[str]) -> None:
        place = next(n for n, line in enumerate(found) if f" {topic} " in line and old in line)
        found[place] = found[place].replace(old, new)

    return lines("events.txt", changed)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (swapped("learner.evidence-recorded.1", '"level":"3"', '"level":"1"'), "outcome_diverged"),
        (swapped("learner.decided.1", '"decisive":["', '"decisive":["x'), "explanation_diverged"),
        (replaced("events.txt", "jurisdiction.policy-archived.1", "ledger.ticked.1"), "runtime_unsupported"),
        (swapped("jurisdiction.policy-archived.1", "mastery", "mystery"), "policy_digest_mismatch"),
        (swapped("learner.evidence-recorded.1", "evidence-recorded.1", "evidence-dreamt.1"), "runtime_unsupported"),
        (
            lines("events.txt", lambda found: found.remove(next(x for x in found if " learner.evidence-rec" in x))),
            "evidence_missing",
        ),
    ],
)
def test_each_divergence_has_its_verdict(school: Signed, auditor: Auditor, change: Change, verdict: str) -> None:
    """Evidence, decisions, rules and adoptions that are not what they were give the verdict that says so."""
    data = tampered(school.bundle(), change)

    assert verdict in verdicts(auditor, data)


def test_decisions_that_cannot_be_read_are_counted(school: Signed, auditor: Auditor) -> None:
    """A decision whose payload is none is not passed over: replay is not shown."""
    data = tampered(school.bundle(school.decision()), swapped("learner.decided.1", '"outcome":', '"outgo":'))
    said = auditor.says(data, "--ask", "replay")

    assert "1 decisions could not be read, and were not made again" in said.told("replay")


@pytest.mark.parametrize(
    ("differing", "seen", "tenths"), [(0, 60, 49), (0, 1, 950), (1, 1, 1000), (0, 20, 140), (2, 50, 121), (5, 1000, 11)]
)
def test_a_sample_bounds_the_rate(differing: int, seen: int, tenths: int) -> None:
    """None of 60 allows one to say: at most 4.9 % at 95 %; the limits are the exact ones, rounded up."""
    assert at_most(differing, seen) == tenths


def test_a_sample_says_what_it_allows(school: Signed, auditor: Auditor) -> None:
    """The replay of a sample states the rate it allows one to state; other bundles state none."""
    data = school.bundle(school.sample(4), leaves=True)

    assert (
        auditor.says(data)
        .answers["replay"]["reasons"][1]
        .startswith("0 of 4 differ: of all decisions at most 52.8 % do, with a confidence of 95 %")
    )
    assert len(auditor.says(school.bundle()).answers["replay"]["reasons"]) == 1


def test_over_broken_integrity_nothing_is_shown(school: Signed, auditor: Auditor) -> None:
    """A replay that finds the same over events that are not what was signed does not hold."""
    change = swapped("learner.evidence-recorded.1", '"task":"', '"task":"x')
    said = auditor.says(tampered(school.bundle(), change))

    assert ("does not hold", "not shown", "not shown") == said.states
    assert ["this looked at events whose integrity does not hold, so it shows nothing"] == said.told("replay")
