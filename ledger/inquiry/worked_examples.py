"""The cases that stand beside a policy, as examples for people: who, on which day, what comes out, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ledger.catalogue import Catalogue
from ledger.policy.analysis.learner_words import number_words
from ledger.policy.cases import Case, cases_from_toml
from ledger.policy.model import Policy
from ledger.policy.sheet import UNKNOWN, Value
from ledger.policy.terms import walk
from ledger.policy.wording import Wording, wording_on


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One example: its name, the learner in words, the day, the values set otherwise, the outcome, and the reasons."""

    name: str
    learner: tuple[str, ...]
    on: str
    values: tuple[str, ...]
    outcome: str
    word: str
    because: tuple[str, ...]


def worked_examples(catalogue: Catalogue, policy: Policy) -> tuple[WorkedExample, ...]:
    """Return the examples of an installed edition, in the order of its file; none for one that is not installed."""
    if policy not in catalogue.policies:
        return ()
    return tuple(_example(case) for case in _cases(catalogue, policy) if case.policy == policy)


def _cases(catalogue: Catalogue, policy: Policy) -> tuple[Case, ...]:
    beside = catalogue.beside[policy.edition]
    if not beside.cases:
        return ()
    about = [one for one in catalogue.policies if catalogue.beside[one.edition].cases_file == beside.cases_file]
    return _read(beside.cases, beside.cases_file, tuple(about), beside.law)


@lru_cache(maxsize=64)
def _read(text: str, file: str, policies: tuple[Policy, ...], law: str) -> tuple[Case, ...]:
    return cases_from_toml(text, file, policies, law).cases


def _example(case: Case) -> WorkedExample:
    words = wording_on(case.policy, case.on, case.parameters)
    return WorkedExample(
        name=case.name,
        learner=tuple(_learner(words, case)),
        on=case.on.isoformat(),
        values=tuple(f"{_says(case.policy, name)}: {words.number(name)}" for name in case.parameters),
        outcome=case.expect.outcome.value,
        word=case.policy.words.of(case.expect.outcome),
        because=tuple(sorted(set(_because(words, case)))),
    )


def _says(policy: Policy, parameter: str) -> str:
    return next(one.says for one in policy.parameters if one.name == parameter)


def _learner(words: Wording, case: Case) -> Iterator[str]:
    usual = {definition.name: definition.when_none for definition in case.policy.sheet}
    for name, value in case.given.items():
        if value is not UNKNOWN and value != usual.get(name):
            yield f"{words.fact(name)}: {_value(words, name, value)}"


def _value(words: Wording, name: str, value: Value) -> str:
    members = [one for one in value if isinstance(one, Mapping)] if isinstance(value, tuple) else []
    if not members:
        return number_words(words, name, value)
    told = (
        ", ".join(
            f"{words.fact(key)} {number_words(words, key, one)}" for key, one in each.items() if one is not UNKNOWN
        )
        for each in members
    )
    return "; ".join(told)


def _because(words: Wording, case: Case) -> Iterator[str]:
    sentences = {
        node.id: node
        for rule in case.policy.rules
        for node in walk(rule)
        if hasattr(node, "says") and hasattr(node, "id")
    }
    for key in case.expect.because:
        clause = sentences.get(key.partition("[")[0])
        yield words.sentence(clause.says) if clause is not None else words.fact(key.partition("[")[0])
