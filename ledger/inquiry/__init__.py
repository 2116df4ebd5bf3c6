"""Questions people ask of a ledger; the command line and the web print what these answer."""

from ledger.inquiry.decisions import decision_view
from ledger.inquiry.learners import learner_view
from ledger.inquiry.views import DecisionView, LearnerView

__all__ = ["DecisionView", "LearnerView", "decision_view", "learner_view"]
