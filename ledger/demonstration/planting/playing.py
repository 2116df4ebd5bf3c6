"""Doing the steps of the story at their hours, and finding the events their marks are about."""

from dataclasses import replace

from ledger.demonstration.planting.stage import Stage
from ledger.demonstration.planting.steps import Mark, Step
from ledger.domain.learner import Decided
from ledger.storage.envelope import Author


def carry_out(stage: Stage, step: Step) -> None:
    """Do a step at its hour, unless an earlier run of the same build did."""
    stage.clock.set(step.when)

    def command(author: Author) -> None:
        behalf = stage.ledger.vault.person_id(step.behalf) if step.behalf else None
        step.do(stage, replace(author, behalf=behalf))

    stage.hands.once(step.name, command, step.who, step.role)


def position_of(stage: Stage, step: Step, mark: Mark) -> int:
    """Return the position of the event a mark of a step is about."""
    if mark.about == "adoption":
        return stage.adoption(step.name)
    decision = mark.about == "decision"

    def meant(said: object) -> bool:
        if isinstance(said, Decided):
            return decision and mark.question in ("", said.question)
        return not decision

    return stage.position(step.name, meant)
