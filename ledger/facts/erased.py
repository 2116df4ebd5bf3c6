"""What of a learner's record was lawfully erased, and what can no longer be asked of it."""

from typing import Any

from ledger.domain.disclosure import Disclosed, NamesDisclosed
from ledger.domain.erasure import Erased, KeyDestroyed, PayloadsErased
from ledger.errors import EvidenceErased


class Erases:
    """What is asked of a record payloads of which may be gone; `erased` is the last such version known, 0 for none."""

    learner: str
    erased = 0

    def require_whole(self) -> None:
        """Raise `EvidenceErased` where payloads were erased: no fact can be made then, and no rule asked."""
        if self.erased:
            raise EvidenceErased(
                f"payloads of learner {self.learner} were erased (the last is version {self.erased}): no rule can be "
                "asked any more, and nothing be recorded; the decisions made before stand"
            )

    def _erasure(self, version: int, payload: Any) -> None:
        if isinstance(payload, Erased):
            self.erased = version
        elif isinstance(payload, PayloadsErased):
            self.erased = max(self.erased, *payload.versions)


STEPS = (Erased, PayloadsErased, KeyDestroyed, Disclosed, NamesDisclosed)
"""What `Erases` steps over; no fact is made from the vault or from who was told: those two change nothing."""
