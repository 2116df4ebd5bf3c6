"""Enough of a list, with minima and caps by category, where no member is counted twice.

A member serves at most one of its categories. Whether the minima, the caps and the total can be
kept together is a bipartite matching; an augmenting path never empties a category, so filling the
minima first and the caps afterwards is exact.
"""

from collections.abc import Collection, Mapping, Sequence


def can_be_given(
    members: Sequence[Collection[str]],
    total: int,
    minima: Mapping[str, int],
    caps: Mapping[str, int],
) -> bool:
    """Say whether members can be given to one of their categories each so that everything holds.

    `members` are the categories each may serve. A category without a cap takes any number.
    """
    everyone = len(members)
    if any(caps.get(category, everyone) < least for category, least in minima.items()):
        return False
    giving = _Giving(members)
    giving.fill({category: minima.get(category, 0) for category in _categories(members)})
    if giving.given < sum(least for least in minima.values() if least > 0):
        return False
    giving.fill({category: caps.get(category, everyone) for category in _categories(members)})
    return giving.given >= total


def _categories(members: Sequence[Collection[str]]) -> list[str]:
    return sorted({category for member in members for category in member})


class _Giving:
    """Members given to categories so far."""

    def __init__(self, members: Sequence[Collection[str]]) -> None:
        self._members = [sorted(member) for member in members]
        self._held: dict[str, list[int]] = {category: [] for category in _categories(members)}
        self._waiting = list(range(len(members)))

    @property
    def given(self) -> int:
        """Count the members that serve a category."""
        return len(self._members) - len(self._waiting)

    def fill(self, room: Mapping[str, int]) -> None:
        """Give as many more members as there is room for."""
        self._waiting = [member for member in self._waiting if not self._give(member, room, set())]

    def _give(self, member: int, room: Mapping[str, int], tried: set[str]) -> bool:
        for category in self._members[member]:
            if category in tried:
                continue
            tried.add(category)
            held = self._held[category]
            if len(held) < room[category]:
                held.append(member)
                return True
            for place, other in enumerate(held):
                if self._give(other, room, tried):
                    held[place] = member
                    return True
        return False
