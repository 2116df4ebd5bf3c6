"""What is laid out where something is missing."""

from dataclasses import replace

from ledger.cli.decision_text import decision_lines
from ledger.cli.learner_text import learner_lines
from ledger.inquiry import decision_view, learner_view
from tests.cli.support import Terminal


def test_a_decision_that_cannot_be_made_again_is_still_told(class_: Terminal) -> None:
    """Without explanation and adoption, the outcome, the verdict and its reason are told."""
    with class_.open() as ledger:
        whole = decision_view(ledger, ledger.vault.learner_id("S-2"), 2)
    view = replace(
        whole, explanation=None, adoption=None, evidence=(), facts=(), again="policy_missing", detail="it is gone"
    )
    said = list(decision_lines(view))

    assert "not yet; it cannot be explained: it is gone" in said
    assert "The adoption that governed is not in this ledger." in said
    assert "Made again from the ledger alone: policy_missing (it is gone)." == said[-1]
    assert "Evidence behind it" not in said


def test_an_adoption_from_above_names_its_origin(class_: Terminal) -> None:
    """An adoption that came from another ledger says from which."""
    with class_.open() as ledger:
        whole = decision_view(ledger, ledger.vault.learner_id("S-2"), 2)
    assert whole.adoption is not None
    view = replace(whole, adoption=replace(whole.adoption, upstream="ledger.test/tx"))

    assert any("(position 5, received from ledger.test/tx)." in line for line in decision_lines(view))


def test_a_learner_is_shown_though_a_decision_cannot_be_made_again(class_: Terminal) -> None:
    """A decision without explanation is told, and where to look."""
    with class_.open() as ledger:
        whole = learner_view(ledger, ledger.vault.learner_id("S-2"))
    bare = tuple(replace(target, explanations=(None,) * len(target.decisions)) for target in whole.targets)
    said = list(learner_lines(replace(whole, targets=bare)))

    assert "    it cannot be made again; `mastery explain` says why" in said
