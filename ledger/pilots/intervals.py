"""Intervals of 95 %, exact to the last digit printed: of a share, and of a median.

Wilson's score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22 (1927) 209-212. For answers that come in
clusters, several of one learner, the number of answers is divided by the design effect first: J. N. K. Rao
and A. J. Scott, "A simple method for the analysis of clustered binary data", Biometrics 48 (1992) 577-585.
The interval of a median lies between two order statistics and assumes nothing about the distribution:
G. J. Hahn and W. Q. Meeker, Statistical Intervals (1991), section 5.2.
"""

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from math import comb

from msgspec import Struct

Z = Decimal("1.959963984540054235524594430520551525558")
"""The 97.5 % quantile of the standard normal distribution."""

_EXACT_ENOUGH = Context(prec=60)
_PLACES = Decimal("0.0001")
DOUBT = 40
"""One in so many may lie beyond each end: 2.5 %."""


class Interval(Struct, frozen=True, kw_only=True):
    """Two ends, as exact decimals."""

    low: str
    high: str


def wilson(count: int, of: int | Fraction) -> Interval | None:
    """Return the 95 % interval of a share, both ends rounded to four places; nothing where there is no case.

    `of` may be an effective number of cases, below the counted one; `count` is then the share of it.
    """
    return share_interval(Fraction(count) / of, Fraction(of)) if of else None


def share_interval(share: Fraction, cases: Fraction) -> Interval:
    """Return the 95 % interval of a share seen in a number of cases, effective or counted."""
    with localcontext(_EXACT_ENOUGH):
        p, n = _decimal(share), _decimal(cases)
        squared = Z * Z
        middle = p + squared / (2 * n)
        reach = Z * (p * (1 - p) / n + squared / (4 * n * n)).sqrt()
        low, high = ((middle + sign * reach) / (1 + squared / n) for sign in (-1, 1))
        return Interval(low=_rounded(max(low, Decimal(0))), high=_rounded(min(high, Decimal(1))))


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _rounded(number: Decimal) -> str:
    return str(abs(number.quantize(_PLACES)))


def effective_cases(clusters: Sequence[tuple[int, int]]) -> Fraction:
    """Return how many independent cases clustered ones are worth, given (count, of) for each cluster.

    Never more than there are cases, never fewer than one; where all answers agree, one for each cluster.
    """
    clusters = [(count, of) for count, of in clusters if of]
    cases, groups = sum(of for _, of in clusters), len(clusters)
    if cases == groups:
        return Fraction(cases)
    share = Fraction(sum(count for count, _ in clusters), cases)
    if share in (0, 1) or groups == 1:
        return Fraction(groups)
    spread = sum((count - of * share) ** 2 for count, of in clusters)
    variance = Fraction(groups, groups - 1) * spread / (cases * cases)
    effect = max(variance * cases / (share * (1 - share)), Fraction(1))
    return max(cases / effect, Fraction(1))


def median(values: Sequence[Fraction | int]) -> Fraction | None:
    """Return the median, halfway between the two in the middle where there are two; nothing of nothing."""
    ordered = sorted(map(Fraction, values))
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def median_interval(values: Sequence[Fraction | int]) -> tuple[Fraction, Fraction] | None:
    """Return the two values between which the median lies with at least 95 %; nothing where there are too few.

    The r-th smallest and the r-th largest, for the largest r with P(X < r) <= 2.5 %, X binomial with n and 1/2.
    """
    ordered = sorted(map(Fraction, values))
    cases, below, rank = len(ordered), 0, 0
    while rank < cases and (below + comb(cases, rank)) * DOUBT <= 2**cases:
        below += comb(cases, rank)
        rank += 1
    return (ordered[rank - 1], ordered[cases - rank]) if rank else None
