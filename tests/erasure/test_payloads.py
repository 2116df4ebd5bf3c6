"""What a ledger still says, and no longer says, once the payloads of a learner were erased."""

from datetime import date

import pytest

from ledger.application.erasing import Order, erase
from ledger.application.learning import record_evidence
from ledger.application.records import folded_record, snapshot_record
from ledger.application.ticking import tick
from ledger.audit.integrity import LeafCheck
from ledger.deciding.differing import differences
from ledger.domain.erasure import Erased, KeyDestroyed, PayloadsErased
from ledger.domain.learner import Decided
from ledger.errors import EvidenceErased, StreamConflict
from ledger.inquiry import learner_view
from ledger.storage.append import Append, Appended
from ledger.storage.inspection import Inspection
from tests.erasure.school import BASIS, NOTE, REASON, STATUS, School
from tests.erasure.support import found, stream_events
from tests.support.ledgers import author, evidence


def test_an_erasure_is_an_event_that_names_its_versions(school: School) -> None:
    """The learner's stream says which versions were erased and why, and each of them is one that was."""
    before = stream_events(school.ledger, school.gone)

    done = school.erased()

    *now, erased, destroyed = stream_events(school.ledger, school.gone)
    gone = tuple(place for place, one in enumerate(now, start=1) if isinstance(one, Erased))
    assert PayloadsErased(basis=BASIS, versions=gone) == erased
    assert KeyDestroyed(basis=BASIS) == destroyed
    assert [isinstance(one, Decided) for one in before] == [not isinstance(one, Erased) for one in now]
    assert [(len(gone), school.ledger.log.recorder.max_notification_id())] == [
        (one.versions, one.position) for one in done.ledgers
    ]


def test_every_leaf_still_fits(school: School) -> None:
    """After an erasure each stored row still fits its leaf, and each leaf its seal."""
    leaves = school.ledger.log.recorder.leaves(range(1000))

    school.erased()

    check, inspection = LeafCheck(school.ledger.log), Inspection(school.ledger.log.recorder.datastore)
    rows = list(inspection.stream(f"learner/{school.gone}", 1000))
    assert [None] * len(rows) == [check.fault(row) for row in rows]
    assert leaves == school.ledger.log.recorder.leaves(tuple(leaves))


def test_read_models_are_what_one_made_anew_would_be(school: School) -> None:
    """Read models that had folded what was erased come to the rows of read models made afterwards."""
    school.erased()

    assert () == school.rebuilt()


def test_read_models_forget_decisions_that_were_erased(school: School) -> None:
    """Where the decisions go too, no read model holds one of the learner, and those of others stand."""
    school.erased(decisions=True)

    assert () == school.rebuilt()
    with (models := school.models()).read() as connection:
        for name in ("progress", "decisions", "transcript", "evidence"):
            rows = connection.exec_driver_sql(f"SELECT DISTINCT learner FROM {name}").all()
            assert [(school.stays,)] == [tuple(row) for row in rows], name
    models.close()


def test_decisions_stand_and_stay_readable(school: School) -> None:
    """What was decided stands as before, and can be read; only its reasons cannot be worked out any more."""
    before = folded_record(school.ledger, f"learner/{school.gone}")
    standing = {key: before.subject(key).standing for key in before.subjects if before.subject(key).standing}

    school.erased()

    after = folded_record(school.ledger, f"learner/{school.gone}")
    assert standing == {key: after.subject(key).standing for key in after.subjects if after.subject(key).standing}
    view = learner_view(school.ledger, school.gone)
    assert "met" in {one.outcome for target in view.targets for one in target.decisions}
    assert {None} == {one for target in view.targets for one in target.explanations}
    assert ((), ["erasure", "erasure"]) == (view.evidence, [one.what for one in view.entries])


def test_no_rule_is_asked_about_the_learner(school: School) -> None:
    """The calendar goes on without the learner: nothing is decided, and nothing differs."""
    school.erased()
    stream = f"learner/{school.gone}"
    last = school.ledger.log.recorder.last_version(stream)

    tick(school.ledger, author(school.ledger), date(2026, 6, 15))

    record = snapshot_record(school.ledger, stream)
    assert last == record.version
    assert [] == list(differences(school.ledger.decider(), record))


def test_nothing_more_is_recorded_about_the_learner(school: School) -> None:
    """What would be recorded of the learner is refused with a sentence, and nothing is stored."""
    school.erased()
    last = school.ledger.log.recorder.max_notification_id()

    work = evidence(school.ledger, "late", "C.0")
    with pytest.raises(EvidenceErased) as refusal:
        record_evidence(school.ledger, author(school.ledger), school.gone, work)

    assert (
        f"payloads of learner {school.gone} were erased (the last is version "
        f"{folded_record(school.ledger, f'learner/{school.gone}').erased}): no rule can be asked any more, and nothing "
        "be recorded; the decisions made before stand"
    ) == str(refusal.value)
    assert last == school.ledger.log.recorder.max_notification_id()


def test_nothing_erased_is_in_any_file(school: School) -> None:
    """No file of the folder holds a byte sequence of what was erased, though the ledger stays open."""
    vault = school.ledger.vault
    told = ["QF-31337", "Wilhelmina", "Quillfeather", "mina@quillfeather.example", "2009-02-27", "left-handed-fencer"]
    recorded = ["W-opus-0", "W-opus-1", "W-opus-2", f"{STATUS}-W"]
    before = {value for _, value in found(school.ledger.home.path, [*told, *recorded, NOTE, REASON])}

    school.erased()

    assert {*recorded} == before
    assert set() == found(school.ledger.home.path, [*told, *recorded, NOTE, REASON])
    assert not vault.knows(school.gone)


def test_others_are_not_touched(school: School) -> None:
    """Every event, snapshot part and piece of evidence of another learner is there as before."""
    stream = f"learner/{school.stays}"
    rows, record = list(school.ledger.log.recorder.stream_rows(stream)), folded_record(school.ledger, stream)

    school.erased()

    assert rows == list(school.ledger.log.recorder.stream_rows(stream))
    assert record.version == snapshot_record(school.ledger, stream).version
    assert school.ledger.log.recorder.evidence(["B-opus-1"])


def test_the_same_order_again_changes_nothing(school: School) -> None:
    """An order given twice is carried out once; the second time it only sweeps."""
    first = school.erased()

    again = school.erased()

    assert (first.ledgers, False, 0) == (again.ledgers, again.key, again.documents)


def test_decisions_may_go_later(school: School) -> None:
    """Decisions kept at first are erased by a second order, with an event of its own."""
    first = school.erased()

    again = school.erased(decisions=True)

    assert again.ledgers[0].versions > first.ledgers[0].versions
    assert () == school.rebuilt()
    kept = [one for one in stream_events(school.ledger, school.gone) if not isinstance(one, Erased)]
    assert [PayloadsErased, KeyDestroyed, PayloadsErased] == [type(one) for one in kept]


def test_a_record_opened_from_a_snapshot_knows_of_the_erasure(school: School) -> None:
    """A snapshot written after an erasure says so, so that no fact is made of what is left."""
    school.erased()
    record = folded_record(school.ledger, f"learner/{school.gone}")

    parts = record.changed_parts()

    class Held:
        def part(self, name: str) -> bytes | None:
            return parts.get(name)

    assert record.erased == type(record)(school.gone, Held()).erased > 0


def test_an_order_waits_its_turn(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody writes to the learner at the same moment, what they wrote is erased as well."""
    ledger, append = school.ledger, school.ledger.log.append
    work = evidence(ledger, "meanwhile", "C.0")

    def written_before(one: Append) -> Appended:
        monkeypatch.setattr(ledger.log, "append", append)
        record_evidence(ledger, author(ledger), school.gone, work)
        return ledger.log.append(one)

    monkeypatch.setattr(ledger.log, "append", written_before)
    school.erased()

    assert set() == found(ledger.home.path, ["meanwhile"])


def test_an_order_gives_up_where_others_never_stop(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some tries the order is refused, and nothing is erased."""

    def taken(_: Append) -> Appended:
        raise StreamConflict("taken")

    monkeypatch.setattr(school.ledger.log, "append", taken)
    with pytest.raises(StreamConflict):
        school.erased()

    assert school.ledger.vault.knows(school.gone)


def test_an_order_does_not_need_read_models(school: School) -> None:
    """Where the files of read models are gone, the ledger is swept all the same."""
    for path in school.ledger.home.read_file("us-xx").parent.iterdir():
        path.unlink()

    erase([school.ledger], [author(school.ledger)], school.gone, Order(BASIS, payloads=True), lambda _: None)

    assert set() == found(school.ledger.home.path, ["W-opus-1"])
