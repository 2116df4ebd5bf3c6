"""Code that judges: what may not stand in it, and where it may stand."""

from collections.abc import Iterator

from ledger.errors import Problem
from ledger.policy.checks.places import Subject
from ledger.policy.judging.allowed import faults
from ledger.policy.model import Grant
from ledger.policy.nodes import Clause, Judged
from ledger.policy.terms import walk


def impure_code(subject: Subject) -> Iterator[Problem]:
    """Find whatever keeps the answer of code from following from what it is asked, line by line."""
    for node, place in subject.nodes:
        if isinstance(node, Judged):
            for fault in faults(node):
                yield subject.problem(place.where, fault)


def misplaced_code(subject: Subject) -> Iterator[Problem]:
    """Find code that judges anywhere but in a clause of a stage."""
    clauses = {id(node.test) for node, _ in subject.nodes if isinstance(node, Clause)}
    in_grants = {id(part) for node, _ in subject.nodes if isinstance(node, Grant) for part in walk(node)}
    for node, place in subject.nodes:
        if isinstance(node, Judged) and (id(node) not in clauses or id(node) in in_grants):
            yield subject.problem(place.where, "is judged by code: that may stand in a clause of a stage alone.")
