"""A decision as text: the answer, the rule with its marks, the facts, the evidence, the authority, the replay."""

from collections.abc import Iterator

from ledger.cli.learner_text import evidence_words
from ledger.cli.written_text import named, question_words, subject_words
from ledger.inquiry.views import AdoptionView, DecisionView
from ledger.policy.explaining import explanation_text


def decision_lines(view: DecisionView) -> Iterator[str]:
    """Lay a decision out."""
    summary = view.summary
    yield f"{question_words(summary)} of {subject_words(summary.subject)}, for {named(view.name, summary.learner)}"
    yield f"{summary.edition}, decided for {summary.on}, recorded {summary.recorded}."
    yield ""
    if view.explanation is None:
        yield f"{summary.word}; it cannot be explained: {view.detail}"
    else:
        yield from explanation_text(view.explanation).rstrip("\n").split("\n")
    yield from _facts(view)
    if view.evidence:
        yield ""
        yield "Evidence behind it"
        yield from (f"  {evidence_words(one)}" for one in view.evidence)
    yield ""
    yield from _authority(view.adoption)
    yield from _place(view)
    yield f"Made again from the ledger alone: {view.again}{f' ({view.detail})' if view.detail else ''}."


def _facts(view: DecisionView) -> Iterator[str]:
    if view.facts:
        yield ""
        yield "Facts it read"
        for fact in view.facts:
            yield f"  {fact.says}: {fact.value}"


def _authority(adoption: AdoptionView | None) -> Iterator[str]:
    if adoption is None:
        yield "The adoption that governed is not in this ledger."
        return
    source = f", received from {adoption.upstream}" if adoption.upstream else ""
    yield (
        f"Adopted by {adoption.jurisdiction} from {adoption.first_day}, by {adoption.body}: {adoption.reason} "
        f"(position {adoption.position}{source})."
    )
    yield from (f"  own value: {name} = {value}" for name, value in adoption.overrides)


def _place(view: DecisionView) -> Iterator[str]:
    summary = view.summary
    yield f"Version {summary.version}, position {summary.position}; read the ledger up to position {view.read_to}."
    for name in view.after_closing:
        yield f"It was made AFTER the books {name} had been closed: `mastery books show {name}`."
    if view.superseded_by is not None:
        yield f"It stood until version {view.superseded_by}."
    if summary.supersedes is not None:
        yield f"It took the place of version {summary.supersedes}."
