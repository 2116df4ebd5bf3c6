"""What a state, a district or a school decides about its rules: stream `jurisdiction/<id>`."""

from typing import Literal

from ledger.domain.learner import Question
from ledger.domain.shapes import Authority, Payload, Shape, SubjectKind

BoundSide = Literal["floor", "guarantee"]
Act = Literal["correction", "withdrawal", "retraction", "ruling"]
BindingClock = Literal["decision", "evidence", "course", "cohort"]


class Selector(Shape, frozen=True, kw_only=True):
    """Which subjects an adoption is about: all of a kind, or the ids listed."""

    kind: SubjectKind
    ids: tuple[str, ...] | None = None

    def covers(self, kind: str, identity: str) -> bool:
        """Say whether a subject is meant."""
        return kind == self.kind and (self.ids is None or identity in self.ids)


class PolicyArchived(Payload, frozen=True, kw_only=True):
    """A policy entered the ledger whole, so that no installed plugin can change the past.

    `canonical` is the canonical text of rule, facts and parameters; `digest` its SHA-256.
    """

    policy: str
    edition: str
    digest: str
    canonical: str


class Override(Shape, frozen=True, kw_only=True):
    """One parameter this jurisdiction sets itself, in canonical form."""

    name: str
    value: str


class Binding(Shape, frozen=True, kw_only=True):
    """Whom an adoption binds, within its days; a field that is null leaves nobody out.

    `clock` says what has to lie between `since` and `until` (days, both inclusive): nothing beyond the
    decision itself, the learner's first evidence about the subject, or the day the learner began the
    course (the subject's, or one of `courses`). With `cohort` the learner's year on the cohort clock of
    that name has to lie between `first_class` and `last_class`. `organisations`, `grades` and `courses`
    name the schools, grades of record and courses the learner is in on the day of the decision.
    """

    clock: BindingClock = "decision"
    since: str | None = None
    until: str | None = None
    cohort: str | None = None
    first_class: int | None = None
    last_class: int | None = None
    organisations: tuple[str, ...] | None = None
    grades: tuple[str, ...] | None = None
    courses: tuple[str, ...] | None = None


class Attestation(Shape, frozen=True, kw_only=True):
    """A named person answers for what cannot be proved: that a rule keeps within the bounds set above.

    `who` is a vault id, `day` an ISO date, `reason` public text.
    """

    who: str
    capacity: str
    day: str
    reason: str


class PolicyAdopted(Payload, frozen=True, kw_only=True):
    """This jurisdiction answers a question about some subjects with this edition, from a day on.

    `scale` is the digest of the scale edition whose bands turn scores into levels, null for none.
    `unverified_acknowledged` says that the adopting body was told of values nobody has verified.
    `binding` is null where every learner is bound. `change` is the id of the change that brought it,
    null for one that replaced nothing; `pilot` the id of the pilot it is made under.
    """

    jurisdiction: str
    question: Question
    award: str
    selector: Selector
    policy: str
    edition: str
    digest: str
    overrides: tuple[Override, ...]
    first_day: str
    last_day: str | None
    authority: Authority
    reason: str
    scale: str | None = None
    unverified_acknowledged: bool = False
    binding: Binding | None = None
    change: str | None = None
    pilot: str | None = None
    attestation: Attestation | None = None


class AdoptionEnded(Payload, frozen=True, kw_only=True):
    """An adoption of this jurisdiction binds for the last time on a day; what it replaced governs again after it.

    `adoption` is its position in the ledger of the jurisdiction. `last_day` may lie before its first
    day: then it never comes to bind.
    """

    jurisdiction: str
    adoption: int
    last_day: str
    authority: Authority
    reason: str
    change: str | None = None


class BoundSet(Payload, frozen=True, kw_only=True):
    """No jurisdiction below may decide otherwise than this rule allows, from a day on.

    A floor: nobody may be awarded who is not awarded by this rule. A guarantee: nobody may be refused
    who is awarded by it. A bound governs nobody itself.
    """

    jurisdiction: str
    side: BoundSide
    question: Question
    award: str
    selector: Selector
    policy: str
    edition: str
    digest: str
    overrides: tuple[Override, ...]
    first_day: str
    last_day: str | None
    authority: Authority
    reason: str


class BoundEnded(Payload, frozen=True, kw_only=True):
    """A bound of this jurisdiction holds for the last time on a day; `bound` is its position in that ledger."""

    jurisdiction: str
    bound: int
    last_day: str
    authority: Authority
    reason: str


class DocumentsRequired(Payload, frozen=True, kw_only=True):
    """These acts need a document here and in every jurisdiction below; those it does not name need none.

    A correction replaces a piece of evidence, a withdrawal takes one out, a retraction takes back where
    a learner belongs, a ruling settles a decision that would now be another. The last of a jurisdiction
    holds; `acts` may be empty.
    """

    jurisdiction: str
    acts: tuple[Act, ...]
    authority: Authority
    reason: str
