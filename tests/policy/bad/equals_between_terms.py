"""A rule that says `==` where it means .is_()."""

from ledger.policy import Citation, clause, fact

RULE = clause("kind", "An examination.", fact.kind == "ap", Citation("Invented law"))
