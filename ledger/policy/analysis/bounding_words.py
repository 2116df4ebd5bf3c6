"""What came of holding a rule against a bound, in one sentence for people."""

from datetime import date

from ledger.policy.analysis.bounded import Bounded, BoundLearner, BoundSide
from ledger.policy.analysis.comparing import PolicyDifference
from ledger.policy.analysis.learner_words import Measured, facts_in_words, said_of
from ledger.policy.analysis.opaque import judged_by_code
from ledger.policy.model import Outcome
from ledger.policy.nodes import Sentence
from ledger.policy.terms import needed_facts, needed_parameters, walk
from ledger.policy.wording import Wording, wording_on

_ATTEST = "a named person has to attest that it keeps within"
_LEVELS = ("state", "district", "school")


def refused(bound: Bounded, candidate: Bounded, side: BoundSide, on: date, learner: BoundLearner) -> str:
    """Say who would be awarded or held back against a bound: `refused: a learner with 65 % ...`."""
    floor = side is BoundSide.FLOOR
    whom, limit = told(bound, candidate, on, learner)
    would = "would be awarded" if floor else "would not be awarded"
    if not limit:
        rests = ", ".join(learner.bound_rests_on) or "nothing"
        limit = (
            f"under {_owner(bound)} {side} the answer is {bound.policy.words.of(learner.bound)!r}, resting on {rests}"
        )
    elif floor:
        limit = f"{_owner(bound)} floor is {limit}"
    else:
        limit = f"{_owner(bound)} guarantee is {limit}"
    return f"refused: {whom} {would}; {limit}"


def told(bound: Bounded, candidate: Bounded, on: date, learner: BoundLearner) -> tuple[str, str]:
    """Return a learner in words, and what the bound asks where one number, day or choice says it; else empty."""
    one, other = (said_of(rule.policy, rule.overrides, learner.example, on) for rule in (bound, candidate))
    refusing, awarding = (one, other) if learner.bound is not Outcome.MET else (other, one)
    turned = _set_otherwise(bound, candidate, on)
    pairs = [(said, beside) for said in refusing.failed for beside in awarding.met if said.about == beside.about]
    pairs = [pair for pair in pairs if pair[0].limit != pair[1].limit]
    if turned:
        pairs = [pair for pair in pairs if pair[0].reads & turned]
    for failed, met in sorted(pairs, key=lambda pair: not pair[0].learner):
        return _whom(bound, on, learner, failed), (failed if refusing is one else met).limit
    failed_by_it = [said for said in refusing.failed if not turned or said.reads & turned]
    if refusing is one and failed_by_it:
        return _whom(bound, on, learner, failed_by_it[0]), failed_by_it[0].limit
    return f"{bound_learner(bound)} with {_facts(bound, learner, on, turned)}", ""


def _whom(bound: Bounded, on: date, learner: BoundLearner, said: Measured) -> str:
    return f"{bound_learner(bound)} {said.learner or 'with ' + _facts(bound, learner, on)}"


def _set_otherwise(bound: Bounded, candidate: Bounded, on: date) -> frozenset[str]:
    """Name the parameters of both that do not have the same value on a day."""
    one, other = (wording_on(rule.policy, on, rule.overrides).values for rule in (bound, candidate))
    return frozenset(name for name in one if name in other and one[name] != other[name])


def bound_learner(bound: Bounded) -> str:
    """Name a learner as the jurisdiction does: `a learner`, `a student`."""
    word = bound.policy.words.learner
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"


def kept(bound: Bounded, side: BoundSide, found: PolicyDifference | None = None) -> str:
    """Say that a candidate keeps within a bound, and how far that was shown."""
    word = bound.policy.words.learner
    nobody = {
        BoundSide.FLOOR: f"no {word} would be awarded who is not under {_owner(bound)} floor",
        BoundSide.GUARANTEE: f"every {word} whom {_owner(bound)} guarantee awards would be awarded",
    }[side]
    if found is not None and found.doubts:
        reasons = "; ".join(found.doubts)
        return f"within as far as was seen: {nobody}, but not every case was looked at ({reasons}); {_ATTEST}"
    return f"within: {nobody}"


def never_in_force(bound: Bounded, side: BoundSide) -> str:
    """Say that a bound binds on none of the days."""
    return f"within: {bound.policy.edition}, {_owner(bound)} {side}, is not in force on any of these days"


def not_comparable(bound: Bounded, candidate: Bounded, side: BoundSide, found: PolicyDifference, also: str = "") -> str:
    """Say why nobody can be held against both rules, and that a named person has to attest."""
    if bound.policy.subject != candidate.policy.subject:
        why = f"the one is about a {bound.policy.subject}, the other about a {candidate.policy.subject}"
    else:
        named = [
            _named("it alone reads", found.only_second, candidate),
            _named(f"{_owner(bound)} {side} alone reads", found.only_first, bound),
            _named("both read, and fold differently,", found.otherwise, candidate),
            *judged_by_code(bound.policy, candidate.policy),
        ]
        why = "; ".join(part for part in named if part)
    shown = f" (as far as they can be: {also.removeprefix('refused: ')})" if also else ""
    return f"not comparable with {_owner(bound)} {side}: {why}{shown}; {_ATTEST}"


def unanswered(bound: Bounded, side: BoundSide, on: date, learner: BoundLearner) -> str:
    """Say that the bound itself gives no answer for somebody whom the candidate awards."""
    rests = ", ".join(wording_on(bound.policy, on, bound.overrides).fact(name) for name in learner.bound_rests_on)
    return (
        f"not comparable with {_owner(bound)} {side}: for {bound_learner(bound)} with "
        f"{_facts(bound, learner, on)} the {side} "
        f"itself gives no answer ({rests or 'several exceptions hold at once'}); "
        f"{_ATTEST}"
    )


def _named(who: str, names: tuple[str, ...], rule: Bounded) -> str:
    words: Wording = wording_on(rule.policy, rule.policy.effective)
    return f"{who} {' and '.join(f'“{words.fact(name)}”' for name in names)}" if names else ""


def _owner(bound: Bounded) -> str:
    jurisdiction = bound.policy.jurisdiction
    return f"the {_LEVELS[min(jurisdiction.count('/'), 2)]}'s" if jurisdiction else "the"


def _facts(bound: Bounded, learner: BoundLearner, on: date, turned: frozenset[str] = frozenset()) -> str:
    """Name a few facts of a learner where no clause says better, first those beside what is set otherwise."""
    sentences = [node for rule in bound.policy.rules for node in walk(rule) if isinstance(node, Sentence)]
    beside = [node for node in sentences if turned.intersection(needed_parameters(node))]
    first = {name for node in beside for name in needed_facts(node)}
    said = facts_in_words(bound.policy, learner.example, on, first)
    return ", ".join(said) or "nothing on record"
