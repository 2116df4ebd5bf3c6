"""The payloads a learner's record rests on: those it was stepped over, and others from the log, only when needed."""

from collections.abc import Mapping, Sequence

from ledger.domain.shapes import Payload
from ledger.errors import SnapshotUnusable
from ledger.facts.subject import Fetch


class Payloads:
    """The payloads of a learner's stream: those applied, and those fetched from the log when asked for.

    Subjects share it with their record and do not know the record: a cycle would outlive its use.
    """

    def __init__(self, learner: str, fetch: Fetch | None) -> None:
        self.held: dict[int, Payload] = {}
        self._learner = learner
        self._fetch = fetch

    def __call__(self, versions: Sequence[int]) -> Mapping[int, Payload]:
        """Return what is held, these versions among it; raise `SnapshotUnusable` where the log lacks one."""
        missing = [version for version in versions if version not in self.held]
        if missing and self._fetch is not None:
            self.held.update(self._fetch(missing))
        if lost := [version for version in missing if version not in self.held]:
            raise SnapshotUnusable(
                f"learner/{self._learner} holds no version {lost[0]}, which its snapshot names; fold the learner anew"
            )
        return self.held
