"""Where a learner stands and what was awarded, as rows of the read models, cut to who asks."""

from dataclasses import replace

from ledger.application.ledger import Ledger
from ledger.inquiry.audience import Audience, Cut
from ledger.projections import queries
from ledger.projections.answers import Award, Progress
from ledger.storage.read_models import ReadModels


def progress_of(ledger: Ledger, models: ReadModels, learner: str, audience: Audience) -> tuple[Progress, ...]:
    """Return where a learner stands with every subject that was ever decided."""
    rows = queries.learner_progress(models, learner).rows
    if audience.entitlements:
        return rows
    cut = Cut(ledger.governance(), ledger.shelf())
    return tuple(_progress(cut, one) for one in rows)


def _progress(cut: Cut, one: Progress) -> Progress:
    under = cut.under(one.edition)
    if under is None:
        return replace(one, decisive=(), needs=())
    decisive = tuple(name for name in one.decisive if not under.about(name))
    return replace(one, decisive=decisive, needs=tuple(name for name in one.needs if not under.about(name)))


def transcript_of(ledger: Ledger, models: ReadModels, learner: str, audience: Audience) -> tuple[Award, ...]:
    """Return the credits and other awards a learner holds."""
    rows = queries.transcript(models, learner).rows
    if audience.entitlements:
        return rows
    cut = Cut(ledger.governance(), ledger.shelf())
    return tuple(_award(cut, one) for one in rows)


def _award(cut: Cut, one: Award) -> Award:
    under = cut.under(one.edition)
    hidden = frozenset(grant.key for grant in one.grants) if under is None else under.grants
    return replace(one, grants=tuple(grant for grant in one.grants if grant.key not in hidden))
