"""Which of two rules is the stricter, and who fares differently, in sentences; worked out for as long as is given."""

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.policy.analysis.comparing import Faring, PolicyDifference, Strictness, compare
from ledger.policy.analysis.findings import PROVED
from ledger.policy.analysis.learner_words import facts_in_words
from ledger.policy.analysis.side import Side

BUDGET = 2_000
"""Boxes looked at while somebody waits for a page; what takes more is answered as sampled."""

_SAYS: Mapping[Strictness, str] = {
    Strictness.THE_SAME: "Both rules are equally strict: whoever meets one meets the other.",
    Strictness.STRICTER: "The new rule is the more lenient: whoever meets the old one meets it, and others as well.",
    Strictness.MORE_LENIENT: "The new rule is the stricter: whoever meets it meets the old one, and not all of those.",
    Strictness.INCOMPARABLE: "Neither rule is the stricter: somebody meets only the old one, somebody only the new.",
    Strictness.NOT_COMPARABLE: "Which is the stricter cannot be proved, for they read other facts.",
}


@dataclass(frozen=True, slots=True)
class Fares:
    """A group of learners who fare differently: both words for the outcome, and one of them in words."""

    before: str
    after: str
    before_word: str
    after_word: str
    learner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """How the new rule stands to the old; `proved` covers every learner there can be, `why` says what it does not."""

    sentence: str
    strictness: str
    proved: bool
    why: tuple[str, ...]
    fares: tuple[Fares, ...]


def held_against(before: Side, after: Side, budget: int = BUDGET) -> Held:
    """Hold a new rule against the one before it."""
    found = compare(before, after, budget)
    return Held(
        sentence=_SAYS[found.strictness],
        strictness=found.strictness.value,
        proved=found.method == PROVED and found.strictness is not Strictness.NOT_COMPARABLE,
        why=tuple(_why(before, after, found)),
        fares=tuple(_fares(before, after, one) for one in found.farings),
    )


def _why(before: Side, after: Side, found: PolicyDifference) -> list[str]:
    named = (
        ("Read by the old rule alone", before, found.only_first),
        ("Read by the new rule alone", after, found.only_second),
        ("Worked out otherwise by the new rule", after, found.otherwise),
    )
    said = [f"{what}: {', '.join(_says(side, name) for name in names)}." for what, side, names in named if names]
    return [*said, *found.doubts]


def _says(side: Side, name: str) -> str:
    return side.facts[name].says if name in side.facts else name


def _fares(before: Side, after: Side, one: Faring) -> Fares:
    return Fares(
        before=one.first.value,
        after=one.second.value,
        before_word=before.given.words.of(one.first),
        after_word=after.given.words.of(one.second),
        learner=facts_in_words(after.given, one.example, after.on, one.second_rests_on),
    )
