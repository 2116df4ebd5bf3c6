"""Clauses in words, and what is said where a policy cannot be read."""

from flask import Flask

from ledger.domain.jurisdiction import Override
from tests.web.support import TODAY, digest_of, sign_in
from web.clauses import Clauses
from web.ledgers import ledgers_of


class Adopted:
    """An adoption with one value of its own."""

    def __init__(self, digest: str, *overrides: Override) -> None:
        self.digest, self.overrides = digest, overrides


def test_a_clause_reads_with_the_values_of_its_adoption(app: Flask) -> None:
    """The local value stands in the sentence, and a fact that is named is said."""
    digest = digest_of(sign_in(app.test_client(), "tester"), "competency-based/mastery")
    clauses = Clauses(ledgers_of(app).open("us-tx"), TODAY)
    shown = Adopted(digest, Override(name="level", value='{"fraction":[4,1]}'))
    policy = ledgers_of(app).open("us-tx").ledger.shelf().find(digest).policy
    fact = policy.sheet[0]

    assert clauses.sentences(shown, ["holding"]) == "The most recent work that counts is at level 4 or higher."
    assert clauses.sentences(shown, [fact.name]) == fact.says
    assert clauses.words(shown).met == "mastered"


def test_a_policy_that_is_not_held_says_nothing(app: Flask) -> None:
    """Where no rule was asked, or its policy cannot be read, there is no sentence and the words are the usual."""
    clauses = Clauses(ledgers_of(app).open("us-tx"), TODAY)

    assert clauses.sentences(None, ["x"]) == clauses.sentences(Adopted("0" * 64), ["x"]) == ""
    assert clauses.words(Adopted("0" * 64)).met == "met"
