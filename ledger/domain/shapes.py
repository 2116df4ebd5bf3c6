"""The parts event payloads are made of.

Everything here ends up in stored bytes and is never changed afterwards: a new need is a new field
with a default, or a new topic. Absent values are null. Decimals are text in the form of
`ledger.values.decimal_text`; legal dates are text in the form of `ledger.values.legal_date`;
days are ISO dates and both ends of a span are inclusive, null being open.
"""

from typing import Literal

from msgspec import Struct

SubjectKind = Literal["competency", "course", "requirement", "learner"]


class Payload(Struct, frozen=True, kw_only=True):
    """Base of every event payload."""


class Shape(Struct, frozen=True, kw_only=True):
    """Base of every part of a payload."""


class Subject(Shape, frozen=True, kw_only=True):
    """What evidence or a decision is about.

    `id` is the CASE item id of a competency or the local code of a course or requirement;
    `framework` the digest of the framework edition held when this was written, null for a course.
    """

    kind: SubjectKind
    id: str
    framework: str | None = None

    @property
    def key(self) -> str:
        """Name the subject within a ledger, whatever the edition."""
        return f"{self.kind}/{self.id}"


class Score(Shape, frozen=True, kw_only=True):
    """A number with the ends of its scale, as exact decimals; the ends are null where unknown."""

    value: str
    minimum: str | None = None
    maximum: str | None = None


class Result(Shape, frozen=True, kw_only=True):
    """What one piece of evidence says about one subject; exactly one of the four ways is not null.

    `level` is the exact value of a level of the scale edition with digest `scale`. `absent_reason`
    says why there is no result (excused, absent, not submitted); it is never a zero.
    """

    subject: Subject
    scale: str | None = None
    level: str | None = None
    score: Score | None = None
    passed: bool | None = None
    absent_reason: str | None = None


class Source(Shape, frozen=True, kw_only=True):
    """Where a record came from: the system's name and its own id of the record."""

    system: str
    record: str | None = None


class Assessor(Shape, frozen=True, kw_only=True):
    """Who judged: a vault id, the organisation, and in what capacity (teacher, panel, machine)."""

    who: str | None = None
    organisation: str | None = None
    capacity: str | None = None


class Artefact(Shape, frozen=True, kw_only=True):
    """A document held outside the ledger, by the SHA-256 of its bytes."""

    digest: str
    media_type: str
    custodian: str | None = None


class VaultText(Shape, frozen=True, kw_only=True):
    """A free text that lives in the vault: its id there and its salted SHA-256."""

    text: str
    digest: str


class Authority(Shape, frozen=True, kw_only=True):
    """The body that decided something public: a board, the date and number of its minute, a link."""

    body: str
    date: str | None = None
    minute: str | None = None
    link: str | None = None
