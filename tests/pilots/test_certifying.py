"""From a district's ledger to the state's: submitted, certified by somebody else, received."""

from pathlib import Path

import msgspec
import pytest

from ledger.application.pilot_figures import certify_figures, submit_figures
from ledger.application.pilot_handing import figures_document, figures_in, read_document, receive_figures
from ledger.inquiry.pilots import FiguresStanding, pilot_view
from ledger.storage.append import Appended
from ledger.values import canonical, digest
from tests.pilots.places import FIRST, PINE, TITLE, Places, Work, places, recorded
from tests.support.ledgers import author


@pytest.fixture
def there(tmp_path: Path) -> Places:
    """The state and its districts, the pilot opened, and one learner in Pine."""
    found = places(tmp_path)
    found.open()
    recorded(found.pine, "P-1", [Work("a", "c0", 3, "task", "a", FIRST)])
    return found


def handed_over(there: Places, position: int | None = None) -> Appended | None:
    """Submit, certify and receive Pine's figures; return what became of them."""
    submit_figures(there.pine, there.pine.author("analyst", "analyst"), TITLE, position=position)
    certify_figures(there.pine, there.pine.author("chief", "chief"), TITLE, "superintendent", "Complete")
    return receive_figures(there.state, author(there.state), figures_document(there.pine, TITLE))


def standing(there: Places) -> tuple[tuple[FiguresStanding, ...], tuple[FiguresStanding, ...]]:
    """Say how far Pine's figures have come, there and in the state's ledger."""
    return pilot_view(there.pine, TITLE).figures, pilot_view(there.state, TITLE).figures


def test_figures_go_from_submitted_to_received(there: Places) -> None:
    """Each step shows: submitted, certified in another hand, received above."""
    position = there.pine.log.recorder.max_notification_id()
    submit_figures(there.pine, there.pine.author("analyst", "analyst"), TITLE)
    first = standing(there)
    certify_figures(there.pine, there.pine.author("chief", "chief"), TITLE, "superintendent", "Complete")
    second = standing(there)
    receive_figures(there.state, author(there.state), figures_document(there.pine, TITLE))
    missing = FiguresStanding(PINE, "not submitted")

    assert ((FiguresStanding(PINE, "submitted", position, "2026-06-15"),), (missing,)) == first
    assert ((FiguresStanding(PINE, "certified", position, "2026-06-15"),), (missing,)) == second
    assert (FiguresStanding(PINE, "received", position + 2),) == standing(there)[1]


def test_what_arrives_is_what_was_certified(there: Places) -> None:
    """The document holds figures and certificate as stored, by whom and in what capacity, with their digests."""
    handed_over(there)
    (received,) = next(iter(there.state.governance().pilots)).received
    document = read_document(received.canonical.encode())

    assert digest(document.submitted.figures.encode()) == document.certified.digest == document.submitted.digest
    assert (there.pine.vault.find_person("chief"), "superintendent", "2026-06-15", "Complete") == (
        document.certified.attestation.who,
        document.certified.attestation.capacity,
        document.certified.attestation.day,
        document.certified.attestation.reason,
    )
    assert [PINE] == [arm.organisation for arm in figures_in(document.submitted).arms]


def test_figures_are_received_once(there: Places) -> None:
    """The same document again changes nothing."""
    assert handed_over(there) is not None
    assert receive_figures(there.state, author(there.state), figures_document(there.pine, TITLE)) is None


def test_later_figures_take_the_place_of_earlier_ones(there: Places) -> None:
    """Submitted and certified anew they are received too; both stay in the log."""
    handed_over(there)
    recorded(there.pine, "P-2", [Work("a", "c0", 3, "task", "a", FIRST)])
    handed_over(there)
    pilot = next(iter(there.state.governance().pilots))

    assert (2, 1) == (len(pilot.received), len(pilot.latest_received()))
    assert pilot.received[-1] == pilot.latest_received()[0]


def test_figures_may_be_of_an_earlier_position(there: Places) -> None:
    """A district may submit what its ledger held before, and says up to where."""
    before = there.pine.log.recorder.max_notification_id()
    recorded(there.pine, "P-2", [Work("a", "c0", 3, "task", "a", FIRST)])
    handed_over(there, before)
    (received,) = next(iter(there.state.governance().pilots)).received

    assert before == read_document(received.canonical.encode()).submitted.position


def test_figures_hold_no_small_number_and_no_learner(there: Places) -> None:
    """Of one learner nothing is told: no count, no share, no id."""
    _, figures = submit_figures(there.pine, author(there.pine), TITLE)
    (arm,) = figures.arms
    text = canonical(msgspec.to_builtins(figures)).decode()

    assert (None, None, None, None) == (arm.learners, arm.with_evidence, arm.answers, arm.met.count)
    assert there.pine.vault.learner_id("P-1") not in text
