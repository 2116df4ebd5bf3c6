"""Numbers as they are shown; what is decided is decided on exact ones."""

from fractions import Fraction

from ledger.values import plain_number


def one_decimal(number: Fraction | int) -> str:
    """Write a number with one decimal at the most, rounded half up: 3, 2.5, 84.5."""
    return plain_number(Fraction((Fraction(number) * 10 + Fraction(1, 2)).__floor__(), 10))
