"""No file of an installation holds what the vault holds; after an erasure nothing of the learner is left in any."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.application import Ledger, changing, open_ledger
from ledger.application.documenting import keep_document
from ledger.application.erasing import Order, erase
from ledger.application.learning import record, stream_of
from ledger.cli.session import ROLE
from ledger.demonstration import build_demo
from ledger.demonstration.personas import PERSONAS
from ledger.domain.learner import EvidenceRecorded, SupportProvided
from ledger.domain.shapes import Subject
from ledger.projections.rebuild import rebuild
from ledger.storage.read_models import ReadModels
from ledger.vault import Contact, Profile
from tests.erasure.school import BASIS, LETTER, brought_up
from tests.erasure.support import found, people, texts, told_of
from tests.importing.support import HEADER, run, stopped
from tests.support.changes import TODAY, person, proposed
from tests.support.ledgers import author

STATE, PINE, CEDAR = "us-tx", "us-tx/pine-valley", "us-tx/cedar-ridge"
KNOWN = Profile(
    given_name="Wilhelmina",
    family_name="Quill-Ångström",
    birth_date="2009-02-27",
    contacts=(Contact(kind="email", value="mina@quill.example"), Contact(kind="telephone", value="+1 512 555 0142")),
    groups=("left-handed-fencer",),
)
PUBLIC = {ROLE, *(one.name for one in PERSONAS)}
NOTE = "Wept through the second task; said “enough” — twice"


@dataclass(frozen=True)
class Store:
    """A demonstration with its ledgers open, and a learner of Pine Valley of whom everything is known."""

    home: Path
    ledgers: tuple[Ledger, ...]
    learner: str

    @property
    def pine(self) -> Ledger:
        """Return the ledger the learner is in."""
        return self.ledgers[1]

    def held(self) -> set[str]:
        """Return everything the vault holds, but the names of roles and of invented people, which are no secrets."""
        said = {text for ledger in self.ledgers for text in texts(ledger)}
        return {*said, *(one for who in people(self.home) for one in told_of(self.pine.vault, who))} - PUBLIC


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a demonstration of two dozen learners."""
    home = tmp_path_factory.mktemp("whole-store")
    build_demo(home, learners=24)
    return home


@pytest.fixture
def store(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Return a demonstration in use: read models, a preview, a document, an import that was interrupted."""
    home = tmp_path / "home"
    shutil.copytree(built, home)
    with ExitStack() as opened:
        ledgers = tuple(opened.enter_context(open_ledger(home, name)) for name in (STATE, PINE, CEDAR))
        pine = ledgers[1]
        learner = next(one for one in _learners(pine) if _assessed(pine, one))
        pine.vault.put_profile(learner, KNOWN)
        _used(pine, learner, tmp_path, monkeypatch)
        for ledger in ledgers:
            brought_up(ledger)
        yield Store(home, ledgers, learner)


def _learners(pine: Ledger) -> list[str]:
    return [stream.removeprefix("learner/") for stream in pine.log.recorder.streams("learner/")]


def _assessed(pine: Ledger, learner: str) -> list[Subject]:
    """Return the competencies in which the learner has reached a level: more may be brought in about those."""
    events = [event.data for event in pine.log.stream(stream_of(learner))]
    results = [one for data in events if isinstance(data, EvidenceRecorded) for one in data.evidence.results]
    return [one.subject for one in results if one.level is not None and one.subject.kind == "competency"]


def _used(pine: Ledger, learner: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Note something about the learner, keep a letter, preview a change, and stop an import half-way."""
    note = pine.vault.put_text(learner, NOTE)
    helped = SupportProvided(subject=None, kind="unheard-of-tutoring", occurred="2026-05-04", note=note)
    record(pine, author(pine), learner, helped)
    keep_document(pine, learner, LETTER, "text/plain")
    change = proposed(pine, first_day=TODAY.replace(year=2027), overrides={"level": "4"})
    changing.preview_change(pine, person(pine, "m.ortiz"), change.id)
    known_as, subject = pine.vault.identity(learner).external_id, _assessed(pine, learner)[0]
    file = folder / "more.csv"
    file.write_text(f"{HEADER}\n{known_as},{subject.id},3,task,summative,half-brought-task,2026-05-01,school,r-1\n")
    with stopped(monkeypatch, before=True):
        run(pine, file)


def test_no_file_holds_what_the_vault_holds(store: Store) -> None:
    """Names, birth days, contacts, groups, external ids and free texts stand in no file in clear."""
    held = store.held()

    places = {path.relative_to(store.home).parts[0] for path in store.home.rglob("*") if path.is_file()}
    assert {"ledgers", "read", "vault.db", "vault.db-wal", "staging", "previews", "documents"} <= places
    assert {NOTE, "Wilhelmina", "Quill-Ångström", "2009-02-27", "mina@quill.example", "left-handed-fencer"} <= held
    assert len(held) > 40
    assert set() == found(store.home, [*held, LETTER])


def test_nothing_of_an_erased_learner_is_left(store: Store) -> None:
    """What events, read models, previews, imports and the vault held of the learner is in no file any more."""
    vault, own = store.pine.vault, _recorded(store)
    known = {*told_of(vault, store.learner), *texts(store.pine, stream_of(store.learner))}
    sealed = _sealed(store)
    assert own == {value for _, value in found(store.home, own)}

    erase(store.ledgers, [author(one) for one in store.ledgers], store.learner, Order(BASIS, payloads=True), brought_up)

    assert set() == found(store.home, [*known, *own, LETTER])
    everything = b"".join(path.read_bytes() for path in store.home.rglob("*") if path.is_file())
    assert [] == [one for one in sealed if one in everything]
    assert not (store.pine.documents.folder / store.learner).exists()
    assert [] == list(store.pine.home.previews.iterdir())


def test_the_store_is_whole_after_an_erasure(store: Store) -> None:
    """Read models made anew are those in use, in every ledger, and other learners keep their names and texts."""
    others = {who: store.pine.vault.identity(who) for who in people(store.home) if who != store.learner}

    erase(store.ledgers, [author(one) for one in store.ledgers], store.learner, Order(BASIS, payloads=True), brought_up)

    for ledger in store.ledgers:
        models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
        assert () == rebuild(ledger.log, models)
        models.close()
    assert others == {who: store.pine.vault.identity(who) for who in people(store.home)}


def _recorded(store: Store) -> set[str]:
    """Return what events alone say of the learner: ids of evidence, of source records, and a kind of support."""
    payloads = [event.data for event in store.pine.log.stream(stream_of(store.learner))]
    evidence = [one.evidence for one in payloads if isinstance(one, EvidenceRecorded)]
    records = {one.source.record for one in evidence if one.source.record}
    return {one.evidence_id for one in evidence} | records | {"unheard-of-tutoring", "half-brought-task"}


def _sealed(store: Store) -> list[bytes]:
    """Return every byte string the vault holds under the learner's key, and the document kept under it."""
    with sqlite3.connect(store.home / "vault.db") as database:
        wanted = (
            "SELECT wrapped FROM people WHERE person = ?",
            "SELECT sealed FROM documents WHERE person = ?",
            "SELECT sealed FROM texts WHERE owner = ?",
            "SELECT lookup FROM lookups WHERE person = ?",
        )
        rows = [row[0] for statement in wanted for row in database.execute(statement, (store.learner,))]
    return rows + [path.read_bytes() for path in (store.pine.documents.folder / store.learner).iterdir()]
