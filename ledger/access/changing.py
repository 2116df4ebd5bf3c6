"""What each step of a change of rules needs: the action that allows it, and whether one signs in once more for it."""

from collections.abc import Mapping
from types import MappingProxyType

from ledger.access.actions import Action
from ledger.domain.change_rules import Step

NEEDS: Mapping[Step, Action] = MappingProxyType(
    {
        Step.PREVIEW: Action.PROPOSE_CHANGE,
        Step.SUBMIT: Action.PROPOSE_CHANGE,
        Step.APPROVE: Action.APPROVE_CHANGE,
        Step.DECLINE: Action.APPROVE_CHANGE,
        Step.SCHEDULE: Action.ACTIVATE_CHANGE,
        Step.ACTIVATE: Action.ACTIVATE_CHANGE,
        Step.WITHDRAW: Action.PROPOSE_CHANGE,
        Step.CONFIRM: Action.APPROVE_CHANGE,
        Step.ROLL_BACK: Action.PROPOSE_CHANGE,
    }
)
"""The action that allows a step."""

FRESH = frozenset({Step.APPROVE, Step.ACTIVATE, Step.ROLL_BACK})
"""The steps for which one has to have signed in a short while ago."""
