"""`judged`: a clause that a function judges, where no words of the rule language can.

The function is read, never called here: its text is part of the policy, and a worker runs that text.
"""

import ast
import inspect
from collections.abc import Callable, Sequence
from textwrap import dedent
from typing import Any, TypeAlias

from ledger.policy.citation import Citation
from ledger.policy.nodes import Clause, Judged
from ledger.policy.terms import FactTerm, ParamTerm
from ledger.values import digest

Judging: TypeAlias = Callable[[Any, Any], "bool | None"]
"""A function of (facts, parameters) that returns true for met, false for not met, null where it cannot tell."""


def judged(
    *,
    id: str,  # noqa: A002
    says: str,
    needs: Sequence[FactTerm | ParamTerm],
    cites: Citation | None = None,
    final: bool = False,
    next: str = "",  # noqa: A002
) -> Callable[[Judging], Clause]:
    """Let a function judge a clause; it is asked only where all that it needs is known.

    It is called with `facts` and `parameters`, whose attributes are what `needs` names: whole numbers,
    fractions, texts, days, true or false, a list as a list of members, a table as a dictionary, and None
    where none is on record. It returns True (met), False (not met) or None (it cannot tell). It imports
    nothing, reads nothing around it and has no floats; `mastery policies test` asks it twice.
    """
    place = f"judged {id!r}"
    if not needs or not all(isinstance(term, FactTerm) or _is_bare(term) for term in needs):
        raise TypeError(f"{place} needs a list of what it reads, such as needs=[fact.score, param.cut].")
    if cites is not None and not isinstance(cites, Citation):
        raise TypeError(f"{place}: {cites!r} is not a Citation.")

    def clause(function: Judging) -> Clause:
        name, source = _source(function, place)
        return Clause(id, says, Judged(name, source, digest(source.encode()), tuple(needs)), cites, final, next)

    return clause


def _is_bare(term: object) -> bool:
    return isinstance(term, ParamTerm) and not term.keys


def _source(function: Judging, place: str) -> tuple[str, str]:
    """Return a function's name and text: of it alone, from `def` on, without what stands around or above it."""
    try:
        text = dedent("".join(inspect.getsourcelines(function)[0]))
        written = ast.parse(text).body[0]
    except (OSError, TypeError, SyntaxError):
        raise TypeError(f"{place} stands over what has no text to be read: write a function in a file.") from None
    is_it = isinstance(written, ast.FunctionDef) and written.name == getattr(function, "__name__", "")
    if not isinstance(written, ast.FunctionDef) or not is_it or len(written.decorator_list) != 1:
        raise TypeError(f"{place} needs a function that is written with def and has nothing else above it.")
    lines = text.splitlines()[written.lineno - 1 : written.end_lineno]
    return written.name, "\n".join(line.rstrip() for line in lines) + "\n"
