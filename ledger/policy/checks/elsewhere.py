"""Facts about other subjects: whether it can be told which subject each of them means."""

from collections.abc import Iterator

from ledger.errors import Problem
from ledger.policy.checks.places import Subject, definitions, parameters_of
from ledger.policy.parameters import ParameterType
from ledger.policy.terms import FactTerm, ParamTerm

OWN_ID = "subject.1"
"""The method of the one fact a table of subjects may be looked into under."""


def unclear_subjects(subject: Subject) -> Iterator[Problem]:
    """Find facts that look into a table under anything but the subject's own id, declared before them."""
    declared: set[str] = set()
    for definition, _ in definitions(subject.policy.sheet):
        for term in parameters_of(definition):
            for key in term.keys:
                if isinstance(key, FactTerm) and not (key.name in declared and len(term.keys) == 1):
                    what = (
                        f"{term}.by({key}) needs one key, a fact of the method {OWN_ID} that is declared before it: "
                        "only the subject's own id may choose another subject."
                    )
                    yield subject.problem(f"fact {definition.name!r}", what)
        yield from _wrong_type(subject, definition.name, definition.about)
        if definition.method == OWN_ID:
            declared.add(definition.name)


def _wrong_type(subject: Subject, fact: str, about: object) -> Iterator[Problem]:
    parameter = subject.parameters.get(about.name) if isinstance(about, ParamTerm) else None
    if parameter is None:
        return
    held = parameter.entries if parameter.type is ParameterType.TABLE else parameter.type
    if held not in (ParameterType.TEXT, ParameterType.CHOICE):
        what = f"is about {about}, which is no text: give the key of a subject such as requirement/us-xx/reading."
        yield subject.problem(f"fact {fact!r}", what)
