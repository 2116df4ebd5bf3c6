"""Where a learner belongs today: the schools and classes by which people have to do with that learner."""

from ledger.access.grants import Target
from ledger.application.learning import stream_of
from ledger.application.ledger import Ledger
from ledger.errors import UnknownName
from ledger.facts.attending import attending_on
from ledger.facts.belonging import STEPS, Belonging


def target_of(ledger: Ledger, identity: str) -> Target:
    """Return a learner as the target of an action; raise `UnknownName` where nothing is on record."""
    belonging, day, known = Belonging(), ledger.today().isoformat(), False
    for event in ledger.log.stream(stream_of(identity)):
        known = True
        if type(event.data) in STEPS:
            belonging.apply(event.originator_version, event.data)
    if not known:
        raise UnknownName(f"nothing is on record about a learner {identity}")
    attending = attending_on(belonging, day)
    organisations = frozenset(one.organisation for one in attending if one.organisation)
    sections = frozenset((one.organisation, one.section) for one in attending if one.organisation and one.section)
    return Target(ledger.jurisdiction, identity, organisations, sections)
