"""What a command about a learner came to: what it decided, and what is still missing."""

from collections.abc import Collection
from dataclasses import dataclass

from ledger.application import Ledger
from ledger.application.learning import Written
from ledger.domain.learner import Decided
from ledger.inquiry.audience import WHOLE, Audience, Cut
from ledger.inquiry.learners import explanations_of, read_history
from ledger.inquiry.views import DecisionSummary
from ledger.policy.explaining import Explanation, Line
from ledger.storage.envelope import Event
from ledger.vault import pseudonym


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A decision and its reasons: the answer in a sentence, what is still missing, and what next.

    `answer` is empty where the decision cannot be made again.
    """

    summary: DecisionSummary
    answer: str
    missing: tuple[str, ...]
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenView:
    """What a command came to; `decided` are the decisions it caused, `unchanged` those that stand as before.

    `version` is the learner's, `position` that of the first event written.
    """

    learner: str
    name: str
    version: int
    position: int
    decided: tuple[AnswerView, ...]
    unchanged: tuple[AnswerView, ...]


def written_view(
    ledger: Ledger, written: Written, subjects: Collection[str], *, audience: Audience = WHOLE
) -> WrittenView:
    """Return what a command came to, as an audience may see it; `subjects` are the keys of those it was about."""
    history = read_history(ledger, written.learner)
    new = range(written.appended.first, written.appended.last + 1)
    decided = [event for event in history.decisions if event.position in new]
    standing = history.standing().values()
    unchanged = [event for event in standing if event.data.subject.key in subjects and event.position not in new]
    shown = audience.entitlements
    explanations = explanations_of(ledger, written.learner, [*decided, *unchanged], entitlements=shown)
    cut = Cut(ledger.governance(), ledger.shelf())

    def answer(event: Event[Decided]) -> AnswerView:
        summary = history.summary(event)
        return _answer(summary if shown else cut.summary(summary), explanations.get(event.originator_version))

    return WrittenView(
        learner=written.learner,
        name=ledger.vault.display_name(written.learner) if audience.names else pseudonym(written.learner),
        version=written.version,
        position=written.appended.first,
        decided=tuple(map(answer, decided)),
        unchanged=tuple(map(answer, unchanged)),
    )


def _answer(summary: DecisionSummary, found: Explanation | None) -> AnswerView:
    if found is None:
        return AnswerView(summary, "", (), ())
    return AnswerView(summary, found.answer, missing_words(found), found.next)


def missing_words(explanation: Explanation) -> tuple[str, ...]:
    """Return what is still missing, each in a sentence with what was measured."""
    return tuple(dict.fromkeys(_words(line) for line in explanation.missing))


def _words(line: Line) -> str:
    return f"{line.text} ({line.measure})" if line.measure else line.text
