"""Facts about other subjects: a policy may let only its subject's own id choose another."""

from datetime import date

import pytest

from ledger.policy import DatedValue, FactDefinition, FactType, ParameterDefinition, Reads, fact, param, table
from ledger.policy.parameters import ParameterType
from tests.policy.checking import LAW, said, sentence
from tests.policy.examples import definition

OWN = FactDefinition("course", "the course", "subject.1", FactType.TEXT, Reads.FRAMEWORK)
SCORE = definition("score", unit="points")
RULE = sentence(fact.score >= 1)


def about(term: object) -> FactDefinition:
    """Define a score about the subject a term names."""
    return FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE, measure="value", about=term)  # type: ignore[arg-type]


def given(kind: ParameterType, value: object, entries: ParameterType = ParameterType.INTEGER) -> ParameterDefinition:
    """Give a parameter one value for all days."""
    values = (DatedValue(None, None, value, date(2020, 1, 1), LAW),)  # type: ignore[arg-type]
    return ParameterDefinition("next", "the next course", kind, entries=entries, values=values)


TABLE = given(ParameterType.TABLE, table({"algebra-1": "course/algebra-2"}), ParameterType.TEXT)


def test_the_own_id_may_choose_another_subject() -> None:
    """A table from the own id to the key of another course is no problem."""
    assert [] == said(RULE, TABLE, sheet=(OWN, about(param.next.by(fact.course))))


@pytest.mark.parametrize(
    "sheet",
    [
        (about(param.next.by(fact.course)), OWN),
        (definition("course", FactType.TEXT), about(param.next.by(fact.course))),
        (OWN, about(param.next.by(fact.course, fact.course))),
    ],
    ids=["declared after it", "not the own id", "two keys"],
)
def test_nothing_else_may_choose_another_subject(sheet: tuple[FactDefinition, ...]) -> None:
    """The sentence says which fact may."""
    found = said(RULE, TABLE, sheet=sheet)

    assert (
        "fact 'score': param.next.by(fact.course) needs one key, a fact of the method subject.1 that is declared "
        "before it: only the subject's own id may choose another subject."
    ) in found


def test_a_number_names_no_subject() -> None:
    """A parameter that says which subject is meant holds a text."""
    number = given(ParameterType.INTEGER, 7)

    what = "is about param.next, which is no text: give the key of a subject such as requirement/us-xx/reading."

    assert [f"fact 'score': {what}"] == said(RULE, number, sheet=(about(param.next),))
