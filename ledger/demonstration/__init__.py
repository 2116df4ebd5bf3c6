"""A demonstration out of a seed: an invented state with two districts, brought in the way real data is."""

from ledger.demonstration.building import build_demo
from ledger.demonstration.plan import Plan
from ledger.demonstration.summary import DemoSummary, Story, finished

__all__ = ["DemoSummary", "Plan", "Story", "build_demo", "finished"]
