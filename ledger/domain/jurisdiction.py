"""What a state, a district or a school decides about its rules: stream `jurisdiction/<id>`."""

from ledger.domain.learner import Question
from ledger.domain.shapes import Authority, Payload, Shape, SubjectKind


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


class PolicyAdopted(Payload, frozen=True, kw_only=True):
    """This jurisdiction answers a question about some subjects with this edition, from a day on.

    `scale` is the digest of the scale edition whose bands turn scores into levels, null for none.
    `unverified_acknowledged` says that the adopting body was told of values nobody has verified.
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
