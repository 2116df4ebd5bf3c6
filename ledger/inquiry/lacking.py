"""What is still missing, put together for people: a sentence once, with the members of a list it is open for."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.domain.competencies import natural
from ledger.policy.explaining import Line


@dataclass(frozen=True, slots=True)
class Missing:
    """A sentence still unmet, its measure, and the members of a list for which it is."""

    text: str
    measure: str
    members: tuple[str, ...]


def still_missing(lines: Sequence[Line]) -> tuple[Missing, ...]:
    """Put together the lines that say the same about several members of a list, and order the members."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for line in lines:
        clause, bracket, _ = line.key.partition("[")
        member, colon, text = line.text.partition(": ") if bracket else ("", "", line.text)
        found.setdefault((clause, text if colon else line.text, line.measure), []).append(member if colon else "")
    return tuple(
        Missing(text, measure, tuple(sorted(filter(None, members), key=natural)))
        for (_, text, measure), members in found.items()
    )
