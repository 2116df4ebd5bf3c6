"""Questions that build on one another: a fact may read decisions of its own question or of earlier ones."""

from collections.abc import Iterator

from ledger.errors import Problem
from ledger.policy.checks.names import near
from ledger.policy.checks.places import Subject, definitions
from ledger.policy.facts import Ready
from ledger.policy.model import Question

_ORDER = tuple(Question)
"""The order in which subjects are decided within one append; reading forward in it would be a circle."""


def circular_reading(subject: Subject) -> Iterator[Problem]:
    """Find facts that read decisions which are made after this one."""
    own = subject.policy.question
    for definition, _ in definitions(subject.policy.sheet):
        read = dict(definition.arguments).get("question")
        if isinstance(read, str):
            if read not in {question.value for question in Question}:
                what = f"there is no question {read!r} ({near(read, [question.value for question in Question])})."
                yield subject.problem(f"fact {definition.name!r}", what)
            elif _ORDER.index(Question(read)) > _ORDER.index(own):
                what = (
                    f"reads {read} decisions, which are made after {own.value}: a policy reads earlier questions only."
                )
                yield subject.problem(f"fact {definition.name!r}", what)
        if own is Question.READINESS and any(isinstance(part, Ready) for part in definition.where):
            yield subject.problem(f"fact {definition.name!r}", "reads READINESS to decide READINESS: leave out Ready.")
