"""A rule that says `and` between two comparisons."""

from ledger.policy import Citation, clause, fact

RULE = clause("score", "80 points.", fact.score >= 80 and fact.score <= 100, Citation("Invented law"))
