"""The targets of a learner as lines of a table, to be taken away as CSV."""

from dataclasses import dataclass

from ledger.inquiry.target_views import TargetRow


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target in a line; `left` are the sentences of the rule that are still open, one after the other."""

    subject: str
    code: str
    target: str
    state: str
    question: str
    outcome: str
    on: str
    level: str
    label: str
    pieces: int
    last_day: str
    left: str


def line(row: TargetRow) -> TargetLine:
    """Write a target in a line."""
    subject, main = row.subject, row.main
    return TargetLine(
        subject=subject.key,
        code=subject.code,
        target=subject.statement or subject.label,
        state=row.state,
        question=main.question,
        outcome=main.outcome,
        on=main.on,
        level=row.level,
        label=row.label,
        pieces=row.pieces,
        last_day=row.last_day,
        left="; ".join(_said(one.text, one.members) for one in main.missing),
    )


def _said(text: str, members: tuple[str, ...]) -> str:
    return f"{text} ({', '.join(members)})" if members else text
