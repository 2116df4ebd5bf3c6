"""Names: facts and parameters declared and used, members inside their list, clauses named once, sources given."""

from collections import Counter
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from string import Formatter

from ledger.errors import Problem
from ledger.policy.checks.places import Place, Subject, definitions, parameters_of
from ledger.policy.model import Grant
from ledger.policy.nodes import Sentence
from ledger.policy.parameters import DECISION, ParameterDefinition
from ledger.policy.rules import Route
from ledger.policy.terms import FactTerm, ParamTerm, RouteTaken


def near(name: str, allowed: Collection[str]) -> str:
    """Say which allowed name was probably meant, or which there are."""
    found = get_close_matches(name, allowed, 1)
    if found:
        return f"did you mean {found[0]!r}?"
    return f"there are {', '.join(sorted(allowed))}" if allowed else "there are none"


def undeclared_facts(subject: Subject) -> Iterator[Problem]:
    """Find facts the sheet does not declare, and members used outside their list."""
    for node, place in subject.nodes:
        if isinstance(node, FactTerm):
            yield from _fact_problem(subject, node.name, place)


def _fact_problem(subject: Subject, name: str, place: Place) -> Iterator[Problem]:
    if name not in subject.facts:
        what = f"fact.{name} is not declared in the sheet ({near(name, subject.facts)})."
        yield subject.problem(place.where, what)
        return
    home = subject.homes[name]
    if home and home not in place.lists:
        what = f"fact.{name} is declared for each member of `{home}`; use it inside each(fact.{home}, ...)."
        yield subject.problem(place.where, what)


def undeclared_parameters(subject: Subject) -> Iterator[Problem]:
    """Find parameters used and not declared, and parameters used where their clock cannot be read."""
    for node, place in subject.nodes:
        if isinstance(node, ParamTerm):
            yield from _parameter_problem(subject, node.name, place)
    for definition, _ in definitions(subject.policy.sheet):
        for term in parameters_of(definition):
            yield from _parameter_problem(subject, term.name, Place(f"fact {definition.name!r}"))


def _parameter_problem(subject: Subject, name: str, place: Place) -> Iterator[Problem]:
    definition = subject.parameters.get(name)
    if definition is None and name in subject.broken:
        return
    if definition is None:
        what = f"param.{name} is not declared ({near(name, subject.parameters)})."
        yield subject.problem(place.where, what)
        return
    home = subject.homes.get(definition.clock, "")
    if home and home not in place.lists:
        what = (
            f"param.{name} goes by fact.{definition.clock}, which is declared for each member of `{home}`; "
            f"use it inside each(fact.{home}, ...)."
        )
        yield subject.problem(place.where, what)


def used_parameters(subject: Subject) -> set[str]:
    """Name every parameter a policy's rule or facts read."""
    used = {node.name for node, _ in subject.nodes if isinstance(node, ParamTerm)}
    for definition, _ in definitions(subject.policy.sheet):
        used.update(term.name for term in parameters_of(definition))
    return used


def unused_parameters(subject: Subject) -> Iterator[Problem]:
    """Find parameters nothing reads, and clocks that are no fact of the sheet."""
    used = used_parameters(subject)
    for parameter in subject.policy.parameters:
        if parameter.name not in used:
            yield subject.problem(f"parameter {parameter.name!r}", "is declared and never used.")
        yield from _clock_problem(subject, parameter)


def _clock_problem(subject: Subject, parameter: ParameterDefinition) -> Iterator[Problem]:
    clock = parameter.clock or subject.policy.clock
    if clock != DECISION and clock not in subject.facts:
        what = f"its clock {clock!r} is neither 'decision' nor a fact of the sheet ({near(clock, subject.facts)})."
        yield subject.problem(f"parameter {parameter.name!r}", what)


def repeated_names(subject: Subject) -> Iterator[Problem]:
    """Find facts, parameters and clauses named twice."""
    sheet = Counter(definition.name for definition, _ in definitions(subject.policy.sheet))
    numbers = Counter(parameter.name for parameter in subject.policy.parameters)
    clauses = Counter(node.id for node, _ in subject.nodes if isinstance(node, Sentence))
    routes = Counter(node.id for node, _ in subject.nodes if isinstance(node, Route))
    for kind, names in (("fact", sheet), ("parameter", numbers), ("clause", clauses), ("route", routes)):
        for name, times in names.items():
            if times > 1:
                yield subject.problem(f"{kind} {name!r}", f"stands {times} times; give each a name of its own.")


def misplaced_routes(subject: Subject) -> Iterator[Problem]:
    """Find the name of the route taken anywhere but as what a grant gives, or where no route is named."""
    given = [place for node, place in subject.nodes if isinstance(node, Grant) and isinstance(node.value, RouteTaken)]
    if given and not any(isinstance(node, Route) for node, _ in subject.nodes):
        yield subject.problem(given[0].where, "gives the route taken, and no route(...) is named in the rule.")
    for node, place in subject.nodes:
        if isinstance(node, RouteTaken) and place not in given:
            what = "reads the route taken: it may stand in a grant alone, as in grant('pathway', route_taken)."
            yield subject.problem(place.where, what)


def missing_citations(subject: Subject) -> Iterator[Problem]:
    """Find clauses and values that do not say where they come from."""
    for node, place in subject.nodes:
        if isinstance(node, Sentence) and (node.cites is None or not node.cites.instrument.strip()):
            yield subject.problem(place.where, "has no citation: name the instrument and the place in it.")
    for parameter in subject.policy.parameters:
        for number, value in enumerate(parameter.values, 1):
            if not value.cites.instrument.strip():
                where = f"parameter {parameter.name!r}, value {number}"
                yield subject.problem(where, "has no citation: say where this value comes from.")


def unknown_words_in_sentences(subject: Subject) -> Iterator[Problem]:
    """Find sentences that speak of a parameter which is not declared."""
    for node, place in subject.nodes:
        if isinstance(node, Sentence):
            for name in words_in(node.says):
                if name not in subject.parameters and name not in subject.broken:
                    what = f"its sentence names {{{name}}}, which is no parameter ({near(name, subject.parameters)})."
                    yield subject.problem(place.where, what)


def words_in(sentence: str) -> tuple[str, ...]:
    """Name the parameters a sentence leaves room for; a brace out of place counts as an unknown name."""
    try:
        return tuple(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)
    except ValueError:
        return (sentence,)


def unknown_methods(subject: Subject, known: Collection[str]) -> Iterator[Problem]:
    """Find facts whose method this release does not have."""
    for definition, _ in definitions(subject.policy.sheet):
        if definition.method not in known:
            what = f"there is no fact method {definition.method!r} ({near(definition.method, known)})."
            yield subject.problem(f"fact {definition.name!r}", what)
