"""Which way a value moves that a lower level may set on one side of the law only."""

from typing import Literal

from ledger.policy.parameters import Keep
from ledger.policy.sheet import Missing, Table, Value

Direction = Literal["tightens", "loosens", ""]


def direction(keep: Keep, before: Value | None, after: Value | None) -> Direction:
    """Say which way a value moves: further to the side the law leaves open tightens, back to the law loosens.

    Empty where the law names no side, where either is missing, and where the two cannot be compared.
    """
    if keep not in (Keep.AT_LEAST, Keep.AT_MOST) or before is None or type(before) is not type(after):
        return ""
    if isinstance(before, Missing | str | Table) or before == after:
        return ""
    if isinstance(before, tuple):
        grows, shrinks = set(before) < set(after), set(before) > set(after)  # type: ignore[arg-type]
    else:
        grows, shrinks = before < after, before > after  # type: ignore[operator]
    if not (grows or shrinks):
        return ""
    return "tightens" if grows is (keep is Keep.AT_LEAST) else "loosens"
