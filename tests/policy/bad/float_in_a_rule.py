"""A rule that compares with a float."""

from ledger.policy import Citation, clause, fact

RULE = clause("level", "Level 2.5.", fact.level >= 2.5, Citation("Invented law"))
