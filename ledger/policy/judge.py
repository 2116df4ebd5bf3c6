"""Who answers a clause that is judged by code: whoever asks the evaluator hands it in."""

from collections.abc import Mapping
from typing import NoReturn, Protocol

from ledger.errors import JudgementFailed
from ledger.policy.nodes import Judged
from ledger.policy.sheet import Value


class Judge(Protocol):
    """Asks the code of a clause: true for met, false for not met, null where it cannot tell."""

    def __call__(self, judged: Judged, facts: Mapping[str, Value], parameters: Mapping[str, Value], /) -> bool | None:
        """Return the answer, always the same for the same question; raise `JudgementFailed` where there is none."""


def refusing(judged: Judged, facts: Mapping[str, Value], parameters: Mapping[str, Value], /) -> NoReturn:
    """Refuse to run anything: the evaluator itself never does."""
    raise JudgementFailed(f"{judged.function!r} judges by code, and no code is run here: hand in who is to run it")
