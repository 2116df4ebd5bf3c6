"""Pilots that may not be opened, extended or ended, word for word."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.application.piloting import end_pilot, extend_pilot, open_pilot
from ledger.domain.pilots import Participant, Scope, Waiver
from ledger.errors import Refused, UnknownName
from tests.pilots.places import CEDAR, PINE, TITLE, Places, opening, places
from tests.pilots.test_piloting import bound
from tests.support.ledgers import AUTHORITY, author

LAW = Waiver(citation="Statute 1", sentence="The board may set a rule aside.")


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The state and its districts, with a floor at position 6 and the pilot opened."""
    found = places(tmp_path_factory.mktemp("there"))
    assert 6 == bound(found)
    found.open(exit_rule="finish-under-pilot", exit_by=date(2027, 12, 31))
    return found


def refused(there: Places, command: Any) -> list[str]:
    """Do what may not be done; return what was said, line by line."""
    before = there.state.log.recorder.max_notification_id()
    with pytest.raises(Refused) as caught:
        command()
    assert before == there.state.log.recorder.max_notification_id()
    return str(caught.value).splitlines()


def scope(*parts: Participant | str) -> Scope:
    """Name who takes part."""
    return Scope(organisations=tuple(Participant(organisation=one) if isinstance(one, str) else one for one in parts))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"title": "one KIND of task"},
            ["title: a pilot 'one KIND of task' is known already; give this one another title"],
        ),
        ({"last_day": date(2025, 12, 31)}, ["until: 2025-12-31 is before the first day, 2026-01-05"]),
        (
            {"exit_by": date(2027, 6, 30)},
            ["exit: nobody finishes under the pilot with return-at-end; leave out the day to finish by, 2027-06-30"],
        ),
        (
            {"exit_rule": "finish-under-pilot", "exit_by": date(2026, 12, 31)},
            ["exit: the day to finish by, 2026-12-31, is not after the last day of the pilot, 2026-12-31"],
        ),
        (
            {"scope": scope()},
            ["organisations: a pilot is tried somewhere; name the districts or schools that take part"],
        ),
        ({"scope": scope(PINE, PINE)}, ["organisations: us-xx/pine is named twice"]),
        (
            {"scope": scope("us-yy/pine", "Pine Valley")},
            [
                "organisations: 'Pine Valley' is not us-xx or one below it, such as us-tx/pine-valley",
                "organisations: 'us-yy/pine' is not us-xx or one below it, such as us-tx/pine-valley",
            ],
        ),
        (
            {"scope": scope(PINE, Participant(organisation=CEDAR, first_day="2027-01-01"))},
            [
                (
                    "organisations: us-xx/cedar begins on 2027-01-01, which is not within the pilot, "
                    "2026-01-05 to 2026-12-31"
                ),
            ],
        ),
        (
            {"waives": (6,)},
            ["waiver: a bound is waived by law; give the citation and the sentence of the waiver"],
        ),
        ({"waives": (2,), "waiver": LAW}, ["waives: no bound of us-xx stands at position 2"]),
        (
            {"waives": (6,), "waiver": LAW, "question": "CREDIT", "award": "course"},
            [
                "waives: the bound at position 6 is about MASTERY (standard), and the pilot about CREDIT (course)",
            ],
        ),
    ],
)
def test_a_pilot_that_cannot_be_is_refused(there: Places, changes: dict[str, Any], said: list[str]) -> None:
    """Each reason is told in a sentence that says what is allowed; nothing is stored."""
    asked = opening(**{"title": "Another", **changes})

    assert said == refused(there, lambda: open_pilot(there.state, author(there.state), asked))


def test_every_reason_is_told_at_once(there: Places) -> None:
    """Of a pilot with three faults all three are told."""
    asked = opening(title=TITLE, last_day=date(2025, 1, 1), scope=scope(), waives=(6,))
    said = refused(there, lambda: open_pilot(there.state, author(there.state), asked))

    assert ["title", "until", "organisations", "waiver"] == [line.partition(":")[0] for line in said]


MORE: dict[str, Any] = {"authority": AUTHORITY, "reason": "r"}


def test_a_pilot_is_extended_to_a_later_day_only(there: Places) -> None:
    """Not to a day before its end, and not beyond the day to finish by; from below not at all."""
    state, who = there.state, author(there.state)
    pine = author(there.pine)

    assert ["until: 2026-12-31 is not after its last day, 2026-12-31"] == refused(
        there, lambda: extend_pilot(state, who, TITLE, date(2026, 12, 31), exit_by=None, **MORE)
    )
    assert ["exit: the day to finish by, 2027-12-31, is not after the last day of the pilot, 2028-01-31"] == refused(
        there, lambda: extend_pilot(state, who, TITLE, date(2028, 1, 31), exit_by=None, **MORE)
    )
    assert ["the pilot 'One kind of task' stands in the ledger of us-xx; change it there"] == refused(
        there, lambda: extend_pilot(there.pine, pine, TITLE, date(2027, 1, 31), exit_by=None, **MORE)
    )


def test_a_pilot_ends_sooner_than_said_and_not_before_today(there: Places) -> None:
    """An end lies before the last day, and not in the past; from below it is not ended."""
    state, who = there.state, author(there.state)

    assert ["until: 2026-12-31 is not before its last day, 2026-12-31"] == refused(
        there, lambda: end_pilot(state, who, TITLE, date(2026, 12, 31), **MORE)
    )
    assert [
        "until: 2026-06-14 has passed, and what was decided since stands under it; end it on 2026-06-15 or later"
    ] == refused(there, lambda: end_pilot(state, who, TITLE, date(2026, 6, 14), **MORE))
    assert ["the pilot 'One kind of task' stands in the ledger of us-xx; change it there"] == refused(
        there, lambda: end_pilot(there.pine, author(there.pine), TITLE, date(2026, 7, 1), **MORE)
    )


def test_a_pilot_that_is_over_is_not_extended(tmp_path: Path) -> None:
    """Between its end and the extension the ordinary rule governed: another pilot is to be opened."""
    there = places(tmp_path)
    there.open()
    there.clock.instant = "2027-01-02T17:00:00Z"

    assert ["the pilot 'One kind of task' was over on 2026-12-31; open another"] == refused(
        there,
        lambda: extend_pilot(there.state, author(there.state), TITLE, date(2027, 6, 30), exit_by=None, **MORE),
    )


def test_a_pilot_nobody_opened_is_unknown(there: Places) -> None:
    """A name that is no pilot's is refused with a way to find the names."""
    with pytest.raises(UnknownName) as caught:
        end_pilot(there.state, author(there.state), "Another", date(2026, 7, 1), **MORE)

    assert "there is no pilot 'Another' here; `mastery pilots list` names those there are" == str(caught.value)
