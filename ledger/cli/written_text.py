"""What a command about a learner came to, as text."""

from collections.abc import Iterator, Sequence

from ledger.inquiry.views import DecisionSummary, SubjectView
from ledger.inquiry.written import AnswerView, WrittenView


def question_words(summary: DecisionSummary) -> str:
    """Return the question of a decision, with its award where there are several."""
    return summary.question if summary.award == "standard" else f"{summary.question} ({summary.award})"


def subject_words(subject: SubjectView) -> str:
    """Name a subject: `M.1 Adds whole numbers`, `course ALG1`."""
    if subject.kind != "competency":
        return f"{subject.kind} {subject.id}"
    return f"{subject.code} {subject.label}" if subject.code else subject.label


def named(name: str, learner: str) -> str:
    """Name a learner by display name and UUID."""
    return f"{name} ({learner})"


def written_lines(answer: WrittenView, what: str) -> Iterator[str]:
    """Lay out what a command came to; `what` says what was written."""
    yield f"{what} of {named(answer.name, answer.learner)}, version {answer.version}."
    if not answer.decided:
        yield "It changed no decision." if answer.unchanged else "It decides nothing: no adopted policy reads it."
    yield from _answers("", answer.decided)
    yield from _answers("unchanged, ", answer.unchanged)


def _answers(prefix: str, answers: Sequence[AnswerView]) -> Iterator[str]:
    for one in answers:
        summary = one.summary
        place = f"{prefix}version {summary.version}"
        yield f"{summary.question} of {subject_words(summary.subject)} ({place}): {one.answer or summary.word}"
        yield from (f"  still missing: {words}" for words in one.missing)
        if one.next:
            yield f"  next: {'; '.join(one.next)}"
