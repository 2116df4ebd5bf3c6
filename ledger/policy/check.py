"""Everything that can be said against a policy before a learner is decided under it, all at once."""

from collections.abc import Collection

from ledger.errors import Problem
from ledger.policy.canonical import policy_from_text, policy_text
from ledger.policy.checks.closed_sets import strangers, uncovered_cases
from ledger.policy.checks.code import impure_code, misplaced_code
from ledger.policy.checks.collisions import colliding_exceptions, colliding_grants
from ledger.policy.checks.elsewhere import unclear_subjects
from ledger.policy.checks.gaps import parameter_gaps
from ledger.policy.checks.kinds import wrong_types
from ledger.policy.checks.names import (
    misplaced_routes,
    missing_citations,
    repeated_names,
    undeclared_facts,
    undeclared_parameters,
    unknown_methods,
    unknown_words_in_sentences,
    unused_parameters,
)
from ledger.policy.checks.negation import absent_turned
from ledger.policy.checks.places import Subject
from ledger.policy.checks.strata import circular_reading
from ledger.policy.model import Policy

_FIRST = (undeclared_facts, undeclared_parameters, repeated_names, wrong_types, impure_code, misplaced_code)
"""A policy with problems of these kinds cannot be asked by the evaluator."""

_READ = (
    unused_parameters,
    misplaced_routes,
    missing_citations,
    unknown_words_in_sentences,
    uncovered_cases,
    strangers,
    absent_turned,
    circular_reading,
    unclear_subjects,
    parameter_gaps,
)

_EVALUATED = (colliding_exceptions, colliding_grants)
"""Checks that ask the evaluator."""


def problems(policy: Policy, method_names: Collection[str], broken: Collection[str] = ()) -> tuple[Problem, ...]:
    """Return every problem of a policy, in the order of the checks; an empty tuple says it may be used.

    `method_names` are the fact methods of this release, members' methods included. `broken` names
    parameters that could not be read and are reported elsewhere.
    """
    subject = Subject(policy, frozenset(broken))
    found = [problem for check in _FIRST for problem in check(subject)]
    may_be_asked = not found and not broken
    found += [problem for check in _READ for problem in check(subject)]
    found += unknown_methods(subject, method_names)
    found += _unwritable(subject)
    if may_be_asked:
        found += [problem for check in _EVALUATED for problem in check(subject)]
    return tuple(dict.fromkeys(found))


def _unwritable(subject: Subject) -> list[Problem]:
    try:
        policy_from_text(policy_text(subject.policy))
    except ValueError as error:
        return [subject.problem("", f"cannot be archived: {error}")]
    return []
