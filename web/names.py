"""What learners are called on a page: by name where whoever looks may see it, else by pseudonym."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ledger.vault import Vault, pseudonym


@dataclass(frozen=True, slots=True)
class Names:
    """Names learners for one person; `seen` are those whose names may be seen, null for all of them.

    `read` gathers whom a page or a list spoke of, for the log of what was read.
    """

    vault: Vault
    seen: frozenset[str] | None
    read: set[str] = field(default_factory=set)

    def __call__(self, learners: Iterable[str]) -> dict[str, str]:
        """Return what to call each learner."""
        asked = set(learners)
        self.read.update(asked)
        known = self.vault.names(asked if self.seen is None else asked & self.seen)
        return {one: known.get(one) or pseudonym(one) for one in asked}

    def see(self, learner: str) -> bool:
        """Say whether the name of a learner may be seen."""
        return self.seen is None or learner in self.seen
