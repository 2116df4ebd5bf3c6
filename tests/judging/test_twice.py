"""Asking twice: what does not judge by what it is asked alone is found out before anybody relies on it."""

from collections.abc import Mapping

from ledger.policy.judging.asking import in_worker
from ledger.policy.judging.twice import unsteady
from ledger.policy.nodes import Judged
from ledger.policy.sheet import Value
from tests.judging.files import cases, whole


class Fickle:
    """Answers by how often it was asked."""

    def __init__(self, *answers: bool | None) -> None:
        self.answers = answers
        self.asked = 0

    def __call__(self, judged: Judged, facts: Mapping[str, Value], parameters: Mapping[str, Value], /) -> bool | None:
        """Answer the next."""
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


def test_steady_code_says_the_same_again() -> None:
    """The code of the policy answers every question of its cases in one way."""
    assert [] == list(unsteady(cases(whole()), in_worker))


def test_fickle_code_is_found_out() -> None:
    """An answer that differs the second time is a sentence; every question is asked with another in between."""
    judge = Fickle(True, True, True, True, True, True, False, True, None)
    found = [(case.name, said) for case, said in unsteady(cases(whole()), judge)]

    assert ("a small fall", "the code of 'growing' says yes, then no") == found[0]
    assert ("two works", "the code of 'growing' says yes, then that it cannot tell") == found[1]
    assert 15 == judge.asked
