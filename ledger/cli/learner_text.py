"""A learner as text: where each target stands, why, what is missing, and what is on record."""

from collections.abc import Iterator

from ledger.cli.written_text import named, question_words, subject_words
from ledger.inquiry.views import DecisionSummary, EvidenceView, LearnerView, TargetView
from ledger.inquiry.written import missing_words
from ledger.policy.explaining import Explanation


def learner_lines(view: LearnerView) -> Iterator[str]:
    """Lay a learner out."""
    yield named(view.name, view.learner)
    yield f"As of {view.as_of or 'today'}, as known at {_known(view)}."
    for target in view.targets:
        yield ""
        yield from _target(target)
    if view.entries:
        yield ""
        yield "Also on record"
        for entry in view.entries:
            about = f", {subject_words(entry.subject)}" if entry.subject else ""
            yield f"  {entry.day or 'undated'}  {entry.what}: {entry.words}{about} (version {entry.version})"
    if view.differences:
        yield ""
        yield "Would now differ; a person settles these"
        for one in view.differences:
            yield f"  {question_words(one.standing)} of {subject_words(one.standing.subject)}: {one.because}"


def _known(view: LearnerView) -> str:
    if view.known_at is None:
        return f"position {view.position}, version {view.version}"
    return f"position {view.known_at} (version {view.version})"


def _target(target: TargetView) -> Iterator[str]:
    yield subject_words(target.subject)
    for summary, explanation in zip(target.decisions, target.explanations, strict=True):
        yield from _decision(summary, explanation)
    if not target.decisions:
        yield "  nothing is decided about it"
    for one in target.evidence:
        yield f"  {evidence_words(one, target.subject.key)}"


def _decision(summary: DecisionSummary, explanation: Explanation | None) -> Iterator[str]:
    level = f", level {summary.level}" if summary.level else ""
    yield f"  {question_words(summary)}: {summary.word}{level}, decided for {summary.on} (version {summary.version})"
    if explanation is None:
        yield "    it cannot be made again; `mastery explain` says why"
        return
    yield f"    {explanation.answer}"
    yield from (f"    still missing: {words}" for words in missing_words(explanation))
    if explanation.next:
        yield f"    next: {'; '.join(explanation.next)}"
    yield from (f"    gives {key}: {value}" for key, value in summary.grants)


def evidence_words(one: EvidenceView, about: str | None = None) -> str:
    """Say a piece of evidence in a line, with its results, of one subject where that is named."""
    results = [view for view in one.results if about in (None, view.subject.key)]
    said = "; ".join(view.words if about else f"{subject_words(view.subject)}: {view.words}" for view in results)
    what = " ".join(part for part in (one.purpose, one.kind, one.instrument, one.task) if part)
    flag = ", withdrawn" if one.withdrawn else ", corrected" if one.corrected else ""
    return f"{(one.occurred or 'undated')[:10]:<10}  {what}: {said}{flag}  [{one.evidence_id}]"
