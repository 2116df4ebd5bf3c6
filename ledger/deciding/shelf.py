"""The policies a ledger has archived, read out of its own events: never off the disk."""

from dataclasses import dataclass
from functools import cached_property

from ledger.domain.governance import Governance
from ledger.errors import LedgerDamaged, UnreadablePolicy
from ledger.facts.claims import evaluator_digest, methods_used, reads_day
from ledger.facts.methods import ITEM_METHODS, METHODS
from ledger.facts.resolving import whole_facts
from ledger.facts.sheet import FactReader
from ledger.policy.canonical import policy_from_text
from ledger.policy.facts import Prepared, Reads, Ready
from ledger.policy.model import Policy
from ledger.values import digest


class PolicyMissing(LedgerDamaged):
    """No policy with this digest was ever archived here."""


class PolicyAltered(LedgerDamaged):
    """The archived text of a policy no longer has the digest it was archived under."""


@dataclass(frozen=True)
class Shelved:
    """An archived policy made ready to be asked."""

    policy: Policy
    digest: str

    @cached_property
    def evaluator(self) -> str:
        """Return the digest of the evaluator and the fact methods this policy is decided with."""
        return evaluator_digest(self.policy)

    @cached_property
    def reader(self) -> FactReader:
        """Return the reader of this policy's fact sheets."""
        return FactReader(self.policy)

    @cached_property
    def reads(self) -> frozenset[Reads]:
        """Return the kinds of things in a record that can change the answer."""
        definitions = tuple(whole_facts(self.policy.sheet))
        kinds = {definition.reads for definition in definitions}
        kinds |= {member.reads for definition in definitions for member in definition.members}
        for part in (part for definition in definitions for part in definition.where):
            if isinstance(part, Ready):
                kinds |= {Reads.DECISION, Reads.EVIDENCE} if part.purposes else {Reads.DECISION}
            elif isinstance(part, Prepared):
                kinds.add(Reads.PREPARATION)
            elif str(getattr(part, "bound", "")).startswith("status:"):
                kinds.add(Reads.STATUS)
        if reads_day(self.policy):
            kinds.add(Reads.CALENDAR)
        return frozenset(kinds)


class Shelf:
    """Finds archived policies by digest; each is read and checked once."""

    def __init__(self, governance: Governance) -> None:
        self._governance = governance
        self._read: dict[str, Shelved] = {}

    def find(self, wanted: str) -> Shelved:
        """Return the policy archived under a digest.

        Raises `PolicyMissing`, `PolicyAltered`, or what `policy_from_text` raises for a text that
        this version cannot run.
        """
        if wanted not in self._read:
            placed = self._governance.archived.get(wanted)
            if placed is None:
                raise PolicyMissing(f"no policy with digest {wanted[:16]} is archived in this ledger")
            text: str = placed.payload.canonical
            if digest(text.encode()) != wanted:
                raise PolicyAltered(
                    f"{placed.payload.edition} was archived under digest {wanted[:16]}; its text now has another"
                )
            self._read[wanted] = Shelved(_supported(policy_from_text(text)), wanted)
        return self._read[wanted]


def _supported(policy: Policy) -> Policy:
    unknown = [name for name in methods_used(policy) if name not in METHODS and name not in ITEM_METHODS]
    if unknown:
        raise UnreadablePolicy(f"{policy.edition} uses the fact method {unknown[0]}, which this release does not know")
    return policy
