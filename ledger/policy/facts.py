"""Facts as data: what a policy asks of a learner's record. `ledger.facts` folds them.

A definition names a method and its version, what it reads, which items count and in which order.
It holds no code, so that a policy can be archived whole.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from ledger.policy.sheet import ABSENT, Value
from ledger.policy.terms import ParamTerm


class FactType(StrEnum):
    """What kind of value a fact or a parameter has."""

    INTEGER = "integer"
    FRACTION = "fraction"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"
    LIST = "list"


class Reads(StrEnum):
    """Which kind of thing in the record a fact folds."""

    EVIDENCE = "evidence"
    PREPARATION = "preparation"
    STATUS = "status"
    APPROVAL = "approval"
    DECISION = "decision"
    SUPPORT = "support"
    PANEL = "panel"
    CHOICE = "choice"
    COHORT = "cohort"
    ENROLMENT = "enrolment"
    FRAMEWORK = "framework"
    CALENDAR = "calendar"


class Order(StrEnum):
    """Which date of an item puts it in order."""

    OCCURRED = "occurred"
    SUBMITTED = "submitted"
    DUE = "due"
    SCORED = "scored"
    RECORDED = "recorded"


Argument: TypeAlias = "int | Fraction | bool | str | date | tuple[str, ...] | ParamTerm"
"""A constant, or a parameter that is resolved to the value in force before folding."""


@dataclass(frozen=True, slots=True)
class FieldIs:
    """The item's field equals a value.

    The fields are kind, purpose, instrument, task, item, setting, form, organisation, passed and stage.
    """

    field: str
    value: Argument


@dataclass(frozen=True, slots=True)
class FieldIn:
    """The item's field is one of these values."""

    field: str
    values: "tuple[str, ...] | ParamTerm"


@dataclass(frozen=True, slots=True)
class Counted:
    """Only evidence of the purposes the policy names counts."""

    purposes: "tuple[str, ...] | ParamTerm" = ("summative",)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The first try, or preparation for that subject dated after the previous try and not after this one."""

    required: bool | ParamTerm = True


@dataclass(frozen=True, slots=True)
class Ready:
    """Readiness for the subject on the item's day: a met READINESS decision that stood then, or evidence by then.

    That evidence is of one of the `purposes`, at or above the level `at_least` (with any result where
    null), dated not after the item. Without purposes only the decision will do.
    """

    required: bool | ParamTerm = True
    purposes: "tuple[str, ...] | ParamTerm" = ()
    at_least: "Argument | None" = None


@dataclass(frozen=True, slots=True)
class DatedFrom:
    """Dated on or after a day: a date, a date parameter, or `status:<code>` for that status's first day."""

    bound: Argument


@dataclass(frozen=True, slots=True)
class DatedBefore:
    """Dated before a day: a date, a date parameter, or `status:<code>` for that status's first day."""

    bound: Argument


@dataclass(frozen=True, slots=True)
class AtLevel:
    """The measure is at or above a level or a number."""

    at_least: Argument


Filter: TypeAlias = FieldIs | FieldIn | Counted | Prepared | Ready | DatedFrom | DatedBefore | AtLevel


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One fact of a sheet.

    `method` is the fold's name with its version (`best.1`). `measure` is level, percent, value,
    passed or presence. `unit` names the smallest unit. `when_none` is what the fold of nothing
    gives: ABSENT, UNKNOWN or a value. `members` are the facts each member of a LIST carries.
    `sensitive` marks a fact that reads a legal entitlement and is cut from transcripts. `about` is
    the key of another subject of the same learner (`requirement/us-xx/reading`), or the parameter that
    holds it; empty for the policy's own subject.
    """

    name: str
    says: str
    method: str
    type: FactType
    reads: Reads
    measure: str = "level"
    unit: str = ""
    where: tuple[Filter, ...] = ()
    order: Order = Order.OCCURRED
    arguments: tuple[tuple[str, Argument], ...] = ()
    when_none: Value = ABSENT
    choices: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    members: "tuple[FactDefinition, ...]" = ()
    sensitive: bool = False
    about: "str | ParamTerm" = ""
