"""Asking twice: code that answers one question in two ways does not judge by what it is asked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.policy.cases import Case, run
from ledger.policy.judge import Judge
from ledger.policy.nodes import Judged
from ledger.policy.sheet import Value, value_words


class _Question(NamedTuple):
    """What the code of a clause was asked, and what it said."""

    judged: Judged
    facts: Mapping[str, Value]
    parameters: Mapping[str, Value]
    said: bool | None


def unsteady(cases: Sequence[Case], judge: Judge) -> Iterator[tuple[Case, str]]:
    """Ask all that some cases ask of code again, each with another question in between; say where it differs."""
    found = [(case, each) for case in cases if case.policy.judged for each in _asked(case, judge)]
    for place, (case, each) in enumerate(found):
        before = found[place - 1][1]
        judge(before.judged, before.facts, before.parameters)
        again = judge(each.judged, each.facts, each.parameters)
        if again is not each.said:
            yield case, f"the code of {each.judged.function!r} says {_word(each.said)}, then {_word(again)}"


def _asked(case: Case, judge: Judge) -> list[_Question]:
    found: list[_Question] = []

    def listening(judged: Judged, facts: Mapping[str, Value], parameters: Mapping[str, Value], /) -> bool | None:
        said = judge(judged, facts, parameters)
        found.append(_Question(judged, facts, parameters, said))
        return said

    run(case, listening)
    return found


def _word(answer: bool | None) -> str:
    return "that it cannot tell" if answer is None else value_words(answer)
