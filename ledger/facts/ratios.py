"""Exact numbers inside a fold: pairs of whole numbers, compared crosswise, never divided.

A pair is (numerator, denominator) in lowest terms with a positive denominator, so that two equal
numbers are equal pairs, and it survives JSON unchanged.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]

ONE: Pair = (1, 1)
ZERO: Pair = (0, 1)


def reduced(numerator: int, denominator: int) -> Pair:
    """Return a pair in lowest terms; the denominator is positive."""
    divisor = gcd(numerator, denominator)
    return numerator // divisor, denominator // divisor


def pair(text: str) -> Pair:
    """Return the exact number a stored decimal stands for."""
    whole, point, part = text.partition(".")
    if not point:
        return int(whole), 1
    return reduced(int(whole + part), 10 ** len(part))


def pair_of(number: int | Fraction) -> Pair:
    """Return a whole number or a fraction as a pair."""
    return number.numerator, number.denominator


def fraction(number: Sequence[int]) -> Fraction:
    """Return a pair as a fraction."""
    return Fraction(number[0], number[1])


def reaches(number: Sequence[int], cut: Sequence[int]) -> bool:
    """Say whether a number is at or above a cut: equality meets it."""
    return number[0] * cut[1] >= cut[0] * number[1]


def exceeds(number: Sequence[int], other: Sequence[int]) -> bool:
    """Say whether a number is above another."""
    return number[0] * other[1] > other[0] * number[1]


def plus(number: Sequence[int], other: Sequence[int]) -> Pair:
    """Return the sum of two numbers."""
    if number[1] == 1 == other[1]:
        return number[0] + other[0], 1
    return reduced(number[0] * other[1] + other[0] * number[1], number[1] * other[1])


def times(number: Sequence[int], other: Sequence[int]) -> Pair:
    """Return the product of two numbers."""
    return reduced(number[0] * other[0], number[1] * other[1])


def percent_of(value: Pair, lowest: Pair, highest: Pair) -> Pair | None:
    """Return 100 * (value - lowest) / (highest - lowest); nothing where the scale has no length."""
    above = value[0] * lowest[1] - lowest[0] * value[1]
    length = highest[0] * lowest[1] - lowest[0] * highest[1]
    if length <= 0:
        return None
    return reduced(100 * above * highest[1], value[1] * length)


def rounded_half_up(numerator: int, denominator: int) -> int:
    """Return the nearest whole number of a ratio with a positive denominator; a half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)
