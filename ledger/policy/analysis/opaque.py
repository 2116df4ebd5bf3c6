"""Rules of which nothing is proved, for code judges a clause of them: no analysis runs it, none guesses at it."""

from ledger.policy.model import Policy


def judged_by_code(*policies: Policy) -> tuple[str, ...]:
    """Say of every clause of some policies that code judges why nothing is proved; nothing where there is none."""
    names = dict.fromkeys(name for policy in policies for name in policy.judged)
    return tuple(f"clause {name!r} is judged by code, of which nothing is proved" for name in names)
