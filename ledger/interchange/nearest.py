"""Finds the name a person may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(text: str, names: Iterable[str]) -> str:
    """Return ` (did you mean 'this'?)` for the closest name, or nothing where none is close."""
    folded = {name.casefold(): name for name in names}
    found = get_close_matches(text[:100].casefold(), folded, n=1, cutoff=0.7)
    return f" (did you mean {folded[found[0]]!r}?)" if found else ""


def meant(text: str, names: Iterable[str]) -> str:
    """Return the closest name, or all names where none is close: for short lists of what is allowed."""
    names = tuple(names)
    return nearest(text, names) or f" (allowed are: {', '.join(names)})"
