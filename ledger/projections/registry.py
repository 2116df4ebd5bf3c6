"""Every projection there is."""

from ledger.projections.belonging import BELONGING
from ledger.projections.decisions import DECISIONS
from ledger.projections.evidence import EVIDENCE
from ledger.projections.learners import LEARNERS
from ledger.projections.progress import PROGRESS
from ledger.projections.transcript import TRANSCRIPT

PROJECTIONS = (PROGRESS, DECISIONS, TRANSCRIPT, LEARNERS, EVIDENCE, BELONGING)
