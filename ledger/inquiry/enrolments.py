"""Which school each learner belongs to, read from nothing but what was recorded of belonging."""

from collections import defaultdict

from ledger.application.ledger import Ledger
from ledger.domain.topics import TOPICS
from ledger.facts.belonging import STEPS, Belonging

_TOPICS = tuple(topic for topic, payload in TOPICS.items() if payload in STEPS)


def schools(ledger: Ledger, day: str) -> dict[str, str]:
    """Return for each learner enrolled on a day the organisation, by UUID."""
    found: dict[str, Belonging] = defaultdict(Belonging)
    for event in ledger.log.scan(topics=_TOPICS):
        found[str(event.originator_id).removeprefix("learner/")].apply(event.originator_version, event.data)
    enrolled = {learner: one.enrolment_on(day) for learner, one in found.items()}
    return {learner: one.organisation for learner, one in enrolled.items() if one is not None and one.organisation}
