"""The table of who may do what: a row for every role, and nothing that is not in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from ledger.access.actions import Action
from ledger.domain.access import PlaceKind, Role

_WORKS_HERE = {Action.SEE_OVERVIEW, Action.READ_POLICIES, Action.READ_FRAMEWORKS, Action.RUN_JOBS}
_RECORDS = {Action.LIST_LEARNERS, Action.READ_RECORD, Action.LIST_DECISIONS, Action.SEE_NAMES}
_ENTITLED = {Action.READ_ENTITLEMENTS}
_CLASSROOM = {Action.SEE_CLASS, Action.RECORD_EVIDENCE, Action.TAKE_BACK}
_PROPOSING = {Action.READ_CHANGES, Action.PROPOSE_CHANGE, Action.DISCUSS_CHANGE, Action.SIMULATE}
_APPOINTING = {Action.READ_GRANTS, Action.GRANT_ROLES}
_FAMILY = {
    Action.READ_OWN,
    Action.READ_ENTITLEMENTS,
    Action.SEE_NAMES,
    Action.READ_POLICIES,
    Action.READ_FRAMEWORKS,
    Action.READ_OWN_LOG,
    Action.ASK_REVIEW,
}

MAY: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        "state director": frozenset(
            {
                *_WORKS_HERE,
                *_PROPOSING,
                *_APPOINTING,
                Action.ACTIVATE_CHANGE,
                Action.SET_BOUNDS,
                Action.READ_PILOTS,
                Action.RUN_PILOT,
                Action.SEE_GROUPS,
                Action.LIST_DECISIONS,
                Action.VERIFY,
                Action.AUDIT,
            }
        ),
        "state analyst": frozenset(
            {
                *_WORKS_HERE,
                Action.READ_CHANGES,
                Action.READ_PILOTS,
                Action.SIMULATE,
                Action.SEE_GROUPS,
                Action.LIST_DECISIONS,
            }
        ),
        "district admin": frozenset(
            {
                *_WORKS_HERE,
                *_RECORDS,
                *_PROPOSING,
                *_APPOINTING,
                Action.ACTIVATE_CHANGE,
                Action.SETTLE,
                Action.SET_BOUNDS,
                Action.READ_PILOTS,
                Action.SUBMIT_FIGURES,
                Action.SEE_GROUPS,
                Action.SEE_CLASS,
                Action.CLOSE_BOOKS,
                Action.VERIFY,
                Action.AUDIT,
                Action.READ_LOG,
                Action.HOLD_TOKENS,
                Action.FOLLOW_ALL_JOBS,
            }
        ),
        "approver": frozenset(
            {
                *_WORKS_HERE,
                *_RECORDS,
                Action.READ_CHANGES,
                Action.DISCUSS_CHANGE,
                Action.APPROVE_CHANGE,
                Action.ACTIVATE_CHANGE,
                Action.SIMULATE,
                Action.SETTLE,
                Action.SEE_GROUPS,
                Action.READ_PILOTS,
                Action.SUBMIT_FIGURES,
            }
        ),
        "registrar": frozenset(
            {
                *_WORKS_HERE,
                *_RECORDS,
                *_ENTITLED,
                *_CLASSROOM,
                Action.CORRECT_EVIDENCE,
                Action.GIVE_APPROVAL,
                Action.KEEP_ROSTER,
                Action.IMPORT,
                Action.READ_CHANGES,
                Action.SETTLE,
                Action.CLOSE_BOOKS,
                Action.KEEP_DOCUMENTS,
                Action.AUDIT,
            }
        ),
        "principal": frozenset(
            {
                *_WORKS_HERE,
                *_RECORDS,
                Action.SEE_CLASS,
                Action.GIVE_APPROVAL,
                Action.READ_CHANGES,
                Action.DISCUSS_CHANGE,
                Action.SEE_GROUPS,
                Action.SETTLE,
            }
        ),
        "counsellor": frozenset(
            {*_WORKS_HERE, *_RECORDS, Action.SEE_CLASS, Action.GIVE_APPROVAL, Action.KEEP_DOCUMENTS}
        ),
        "teacher": frozenset({*_WORKS_HERE, *_RECORDS, *_CLASSROOM, Action.GIVE_APPROVAL}),
        "case manager": frozenset({*_WORKS_HERE, *_RECORDS, *_ENTITLED, *_CLASSROOM, Action.GIVE_APPROVAL}),
        "learner": frozenset(_FAMILY),
        "guardian": frozenset(_FAMILY),
        "auditor": frozenset(
            {
                *_WORKS_HERE,
                *_ENTITLED,
                Action.LIST_LEARNERS,
                Action.READ_RECORD,
                Action.LIST_DECISIONS,
                Action.READ_CHANGES,
                Action.READ_PILOTS,
                Action.SIMULATE,
                Action.AUDIT,
                Action.VERIFY,
                Action.REPLAY,
                Action.BUNDLE,
                Action.KEEP_CASE,
                Action.DISCLOSE_NAMES,
                Action.READ_GRANTS,
                Action.READ_LOG,
            }
        ),
        "integrator": frozenset(
            {
                *_WORKS_HERE,
                Action.LIST_LEARNERS,
                Action.READ_RECORD,
                Action.LIST_DECISIONS,
                Action.RECORD_EVIDENCE,
                Action.KEEP_ROSTER,
                Action.IMPORT,
                Action.HOLD_TOKENS,
            }
        ),
    }
)

ROLES: tuple[Role, ...] = get_args(Role)

ABOUT_NOBODY = frozenset(
    {
        Action.SEE_OVERVIEW,
        Action.READ_POLICIES,
        Action.READ_FRAMEWORKS,
        Action.READ_CHANGES,
        Action.DISCUSS_CHANGE,
        Action.RUN_JOBS,
        Action.HOLD_TOKENS,
    }
)
"""What shows and changes no record: a role that holds in a part of a ledger holds there for the whole of it."""

BY_TOKEN_ALONE: Mapping[Role, frozenset[Action]] = MappingProxyType({"integrator": MAY["integrator"] - ABOUT_NOBODY})
"""What a role allows a program that holds a token, and nobody at a browser."""

PLACES: Mapping[Role, tuple[PlaceKind, ...]] = MappingProxyType(
    {
        "state director": ("jurisdiction",),
        "state analyst": ("jurisdiction",),
        "district admin": ("jurisdiction",),
        "approver": ("jurisdiction",),
        "registrar": ("jurisdiction",),
        "principal": ("jurisdiction",),
        "counsellor": ("jurisdiction", "class", "learner"),
        "teacher": ("jurisdiction", "class", "learner"),
        "case manager": ("jurisdiction", "class", "learner"),
        "learner": ("learner",),
        "guardian": ("learner",),
        "auditor": ("jurisdiction",),
        "integrator": ("jurisdiction", "class"),
    }
)
"""The kinds of places in which a role can hold."""

OF_A_STATE: frozenset[Role] = frozenset({"state director", "state analyst"})
"""Roles that hold in a whole state and in nothing below one."""

APPOINTS: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        "state director": frozenset(
            {"state director", "state analyst", "district admin", "approver", "auditor", "integrator"}
        ),
        "district admin": frozenset(ROLES) - {*OF_A_STATE, "auditor"},
    }
)
"""Which roles a role that grants may give and end; nobody chooses the auditor of their own district."""


def may(role: Role, action: Action, *, by_token: bool = False) -> bool:
    """Say whether a role may do something at all, wherever it holds, at a browser or by a program's token."""
    return action in MAY[role] and (by_token or action not in BY_TOKEN_ALONE.get(role, ()))
