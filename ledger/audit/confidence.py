"""What a sample allows one to say: the upper limit of Clopper and Pearson on a rate, in whole numbers.

The limit is the rate at which so few exceptions, or fewer, would be drawn with no more than the probability
that is left over: Clopper and Pearson, Biometrika 26 (1934). It is exact for draws of equal chance, and no
less than true for draws from strata in proportion to their size (Hoeffding, Annals of Mathematical Statistics 27,
1956): those vary less.
"""

from fractions import Fraction

CONFIDENCE = Fraction(95, 100)
PARTS = 10_000
"""Limits are told in ten-thousandths, rounded up."""

MOST_DRAWN = 10_000
"""Draws up to which this is a matter of moments."""


def upper_limit(exceptions: int, drawn: int, confidence: Fraction = CONFIDENCE) -> Fraction:
    """Return the least rate, in ten-thousandths, that the exceptions among the drawn make improbable.

    1 where every one drawn is an exception; raise `ValueError` for counts that cannot be.
    """
    if not 0 <= exceptions <= drawn or not drawn:
        raise ValueError(f"{exceptions} of {drawn} is no count of exceptions among the drawn")
    if exceptions == drawn:
        return Fraction(1)
    below, enough = 0, PARTS
    while enough - below > 1:
        middle = (below + enough) // 2
        if _improbable(exceptions, drawn, middle, 1 - confidence):
            enough = middle
        else:
            below = middle
    return Fraction(enough, PARTS)


def _improbable(exceptions: int, drawn: int, parts: int, chance: Fraction) -> bool:
    """Say whether so many exceptions or fewer have no more than a chance, at a rate in ten-thousandths.

    The sum over i of C(n, i) p^i q^(n-i), by Horner's rule in whole numbers.
    """
    others, term, total = PARTS - parts, 1, 1
    for count in range(1, exceptions + 1):
        term = term * parts * (drawn - count + 1) // count
        total = total * others + term
    rest: int = others ** (drawn - exceptions)
    whole: int = PARTS**drawn
    return total * rest * chance.denominator <= chance.numerator * whole


def percent(rate: Fraction) -> str:
    """Write a rate as a percentage that is never less: a tenth of a percent, below one percent a hundredth."""
    steps = 1_000 if rate >= Fraction(1, 100) else PARTS
    whole = -(-rate * steps // 1)
    places = 1 if steps == 1_000 else 2
    front, rest = divmod(int(whole), 10**places)
    return f"{front}.{rest:0{places}} %"
