"""A rule of the small district's own that no plugin brings: it was archived when it was adopted, and that is enough."""

from dataclasses import replace
from datetime import date

from ledger.catalogue import Catalogue
from ledger.policy import Policy

GONE = "us-tx/dry-creek/measuring"
"""The id of the rule that is installed nowhere any more."""


def gone(catalogue: Catalogue, on: date) -> Policy:
    """Return the rule as it was when its plugin was still there: the general one, under a name of its own."""
    general = catalogue.find("competency-based/mastery", on)
    return replace(general, id=GONE, effective=on, title="Mastery in measuring (its plugin is no longer installed)")
