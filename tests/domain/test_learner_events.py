"""What may be said of a learner, and how it is stored."""

from typing import Any, get_args

import msgspec
import pytest

from ledger.domain import learner
from ledger.domain.learner import ChoiceMade, CohortSet, PanelMember, PanelVoted, SupportOffered, SupportProvided
from ledger.domain.topics import TOPIC_OF, TOPICS

MEMBER = PanelMember(role="teacher", vote="yes")


@pytest.mark.parametrize(
    ("payload", "topic", "data"),
    [
        (
            CohortSet(clock="graduating-class", year=2027, day=None),
            "learner.cohort-set.1",
            {"clock": "graduating-class", "year": 2027, "day": None, "basis": None},
        ),
        (
            SupportOffered(subject=None, kind="tutoring", occurred=None),
            "learner.support-offered.1",
            {"subject": None, "kind": "tutoring", "occurred": None, "by": None, "source": None, "note": None},
        ),
        (
            SupportProvided(subject=None, kind="tutoring", occurred="2026-01-05", hours="1.5"),
            "learner.support-provided.1",
            {
                "subject": None,
                "kind": "tutoring",
                "occurred": "2026-01-05",
                "by": None,
                "source": None,
                "note": None,
                "hours": "1.5",
            },
        ),
        (
            PanelVoted(body="review", subject=None, occurred=None, result="sent_back", members=(MEMBER,)),
            "learner.panel-voted.1",
            {
                "body": "review",
                "subject": None,
                "occurred": None,
                "result": "sent_back",
                "members": [{"role": "teacher", "vote": "yes", "who": None}],
                "organisation": None,
                "document": None,
                "reason": None,
            },
        ),
        (
            ChoiceMade(choice="endorsement", options=("stem",), subject=None, occurred=None),
            "learner.choice-made.1",
            {"choice": "endorsement", "options": ["stem"], "subject": None, "occurred": None, "by": None},
        ),
    ],
)
def test_a_payload_is_stored_under_its_topic(payload: Any, topic: str, data: dict[str, Any]) -> None:
    """Each payload has one topic and these fields for ever, and comes back from its bytes."""
    assert topic == TOPIC_OF[type(payload)]
    assert data == msgspec.json.decode(msgspec.json.encode(payload))
    assert payload == msgspec.convert(data, TOPICS[topic])


def test_the_words_of_a_vote_are_closed() -> None:
    """A panel carries, does not carry or sends back; a member votes yes or no, abstains or is absent."""
    assert ("carried", "not_carried", "sent_back") == get_args(learner.PanelResult)
    assert ("yes", "no", "abstained", "absent") == get_args(learner.Vote)
