"""Comparisons of numbers and days as linear forms, and where they cut the values of one fact.

A form is `sum of factor * fact + constant`, held against zero. To find what matters of one fact, the
facts already known are put in and the others are eliminated pair by pair (Fourier and Motzkin).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple

from ledger.policy.analysis.side import Known, Side
from ledger.policy.facts import FactType
from ledger.policy.sheet import Value
from ledger.policy.terms import FactTerm, ParamTerm, SumTerm, Times

NUMERIC = (FactType.INTEGER, FactType.FRACTION, FactType.DATE)

MOST = 1_500
"""Forms kept while facts are eliminated; beyond it cuts may be lost, and nothing is proved."""


class Form(NamedTuple):
    """A linear form: the factor of each fact, sorted by name, and the constant."""

    factors: tuple[tuple[str, Fraction], ...]
    constant: Fraction


def number(value: object) -> Fraction | None:
    """Return a number, or a day as the number of days since the beginning of the calendar; None for anything else."""
    if isinstance(value, date):
        return Fraction(value.toordinal())
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    return None


def forms_of(term: object, side: Side) -> list[Form]:
    """Return every form a term can have, one for each value of its parameters; none where it has no number."""
    if isinstance(term, FactTerm):
        definition = side.facts.get(term.name)
        numeric = definition is not None and definition.type in NUMERIC
        return [Form(((term.name, Fraction(1)),), Fraction(0))] if numeric else []
    if isinstance(term, ParamTerm):
        return [Form((), found) for value in side.values(term) if (found := number(value)) is not None]
    if isinstance(term, SumTerm):
        return [_sum(forms) for forms in product(*(forms_of(part, side) for part in term.parts))]
    if isinstance(term, Times):
        return [scaled(form, Fraction(term.factor)) for form in forms_of(term.term, side)]
    if isinstance(term, tuple):
        return [form for part in term for form in forms_of(part, side)]
    found = number(term)
    return [] if found is None else [Form((), found)]


def scaled(form: Form, factor: Fraction) -> Form:
    """Multiply a form."""
    return Form(tuple((name, each * factor) for name, each in form.factors), form.constant * factor)


def difference(left: Form, right: Form) -> Form:
    """Subtract one form from another."""
    return _sum((left, scaled(right, Fraction(-1))))


def _sum(forms: Iterable[Form]) -> Form:
    factors: dict[str, Fraction] = {}
    constant = Fraction(0)
    for form in forms:
        constant += form.constant
        for name, factor in form.factors:
            factors[name] = factors.get(name, Fraction(0)) + factor
    return Form(tuple(sorted((name, factor) for name, factor in factors.items() if factor)), constant)


def put_in(form: Form, known: Known) -> Form | None:
    """Put known facts into a form; None where one of them has no number, for then nothing is compared."""
    constant = form.constant
    left = []
    for name, factor in form.factors:
        if name not in known:
            left.append((name, factor))
        elif (value := number(known[name])) is None:
            return None
        else:
            constant += factor * value
    return Form(tuple(left), constant)


def cuts(forms: Iterable[Form], name: str, known: Mapping[str, Value]) -> tuple[set[Fraction], bool]:
    """Return where forms cut the values of one fact once others are known, and whether that is all of it."""
    open_forms = {_normal(found) for form in forms if (found := put_in(form, known)) is not None and found.factors}
    others = {each for form in open_forms for each, _ in form.factors} - {name}
    for other in sorted(others):
        open_forms = _without(open_forms, other)
        if len(open_forms) > MOST:
            return _single(open_forms, name), False
    return _single(open_forms, name), True


def _single(forms: Iterable[Form], name: str) -> set[Fraction]:
    return {-form.constant / form.factors[0][1] for form in forms if [each for each, _ in form.factors] == [name]}


def _without(forms: set[Form], name: str) -> set[Form]:
    """Eliminate a fact."""
    holding = [form for form in forms if name in dict(form.factors)]
    kept = forms.difference(holding)
    for first, second in combinations(holding, 2):
        one, other = dict(first.factors)[name], dict(second.factors)[name]
        found = difference(scaled(first, other), scaled(second, one))
        if found.factors:
            kept.add(_normal(found))
    return kept


def _normal(form: Form) -> Form:
    return scaled(form, 1 / form.factors[0][1]) if form.factors else form
