"""T7, T9 and T10: what is derived from the events edited instead of the events."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from ledger.application import Ledger
from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.models import check_models
from ledger.projections.runner import catch_up
from ledger.storage.parts import part_digest
from ledger.storage.read_models import ReadModels
from tests.audit.attacks.support import change, tamper
from tests.audit.verifying.support import amended, changes, log_of, verified
from tests.support.ledgers import record


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger whose read models are made."""
    ledger = amended(tmp_path)
    models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
    catch_up(ledger.log, models)
    models.close()
    yield ledger
    ledger.close()


def compared(ledger: Ledger) -> list[Finding]:
    """Compare the read models of a ledger with ones made anew."""
    return check_models(log_of(ledger), ledger.home.read_file(ledger.jurisdiction))[1]


def test_nothing_is_found_in_read_models_nobody_touched(shown: Ledger) -> None:
    """They stand for the last position, or for an earlier one where events came since."""
    last = shown.log.recorder.max_notification_id()
    path = shown.home.read_file(shown.jurisdiction)
    before = check_models(log_of(shown), path)
    record(shown, shown.vault.learner_id("S-9"), "late", "C.2")

    assert (last, []) == before == check_models(log_of(shown), path)


def test_t7_an_edited_list_is_named(shown: Ledger) -> None:
    """A course credited in the list alone is told with its table and key, and stays as it is until it is mended."""
    path = shown.home.read_file(shown.jurisdiction)
    change(path, "UPDATE progress SET outcome = 'met' WHERE outcome <> 'met'")
    (told,) = compared(shown)

    assert (Kind.READ_MODEL, "us-xx.db, progress") == (told.kind, told.place)
    assert told.what.startswith("0 rows are missing, 0 too many, ")
    assert [told] == compared(shown)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE tracking SET notification_id = notification_id - 3 WHERE application_name LIKE 'progress%'",
            "they do not stand at one position: progress.1 at ",
        ),
        ("UPDATE tracking SET notification_id = notification_id - 20", "rows are missing"),
        ("UPDATE tracking SET notification_id = notification_id + 7", "is said to be folded up to position "),
        ("UPDATE source SET digest = 'x'", "they were made from another log than this one"),
    ],
)
def test_t10_an_edited_position_is_named(shown: Ledger, statement: str, said: str) -> None:
    """Events that would be skipped or folded again show in the rows, or in the positions themselves."""
    change(shown.home.read_file(shown.jurisdiction), statement)

    assert any(said in told.what for told in compared(shown))
    assert {Kind.READ_MODEL} == {told.kind for told in compared(shown)}


def test_read_models_that_are_not_there_are_no_finding(shown: Ledger) -> None:
    """They may be deleted at any time, and are made when they are asked for."""
    path = shown.home.read_file(shown.jurisdiction)
    path.unlink()
    missing = check_models(log_of(shown), path)
    path.touch()

    assert (None, []) == missing == check_models(log_of(shown), path)


def test_another_file_in_their_place_is_named(shown: Ledger) -> None:
    """A file that is no database of read models is told with its path."""
    path = shown.home.read_file(shown.jurisdiction)
    path.write_bytes(b"no database" * 100)
    (told,) = compared(shown)

    assert (Kind.FILE, str(path)) == (told.kind, told.place)


def edited(ledger: Ledger, name: str, old: str, new: str) -> str:
    """Edit a part of a snapshot, make its digest anew, and return the stream it is of."""
    wanted = "SELECT stream, name, state FROM parts WHERE name LIKE ? AND instr(state, ?) LIMIT 1"
    ((stream, part, state),) = ledger.log.recorder.datastore.query(wanted, (name, old.encode()))
    other = state.replace(old.encode(), new.encode())
    tamper(
        ledger,
        "UPDATE parts SET state = ?, digest = ? WHERE stream = ? AND name = ?",
        *(other, part_digest(stream, part, other), stream, part),
    )
    return f"parts, {stream} {part}"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("subject/%", '"met"', '"not"'),
        ("subject/competency/c2", "[[", "[[9,9],["),
        ("learner", '"english-learner",true', '"english-learner",false'),
        ("entries/0/%", "[[", "[[9,9],["),
    ],
)
def test_t9_an_edited_snapshot_is_named(shown: Ledger, name: str, old: str, new: str) -> None:
    """A decision, an entry or a status edited in a snapshot is told though the digest fits."""
    place = edited(shown, name, old, new)

    assert (Kind.SNAPSHOT, place) in {(told.kind, told.place) for told in changes(shown)}


def test_t9_every_fact_of_a_snapshot_is_folded_anew(shown: Ledger) -> None:
    """A fact that is remembered otherwise than the evidence gives it is told, whichever it is."""
    wanted = "SELECT stream, name, state FROM parts WHERE name LIKE 'subject/%'"
    rows = shown.log.recorder.datastore.query(wanted)
    edits = [(stream, name, state, key) for stream, name, state in rows for key in msgspec.json.decode(state)[3]]
    told = set()
    for stream, name, state, key in edits:
        part = msgspec.json.decode(state)
        part[3][key] = [part[3][key][0], part[3][key][1], "nothing like it"]
        altered = msgspec.json.encode(part)
        place = (stream, name)
        set_state = "UPDATE parts SET state = ?, digest = ? WHERE stream = ? AND name = ?"
        tamper(shown, set_state, altered, part_digest(*place, altered), *place)
        told |= {(one.place, key) for one in changes(shown)}
        tamper(shown, set_state, state, part_digest(*place, state), *place)

    assert {(f"parts, {stream} {name}", key) for stream, name, _, key in edits} == told
    assert 10 < len(edits)
    assert () == changes(shown)


def test_t9_a_snapshot_with_another_digest_is_named(shown: Ledger) -> None:
    """A part whose digest does not fit is told, though nothing reads it."""
    tamper(shown, "UPDATE parts SET digest = zeroblob(32) WHERE name = 'learner'")

    assert {"its bytes are not those its digest was made from"} == {told.what for told in changes(shown)}


def test_t9_missing_and_added_parts_are_named(shown: Ledger) -> None:
    """A part that was removed is told, and so is one that no event gives rise to."""
    tamper(shown, "DELETE FROM parts WHERE name = 'learner'")
    tamper(shown, "UPDATE parts SET name = 'subject/course/other' WHERE name = 'subject/competency/c2'")

    assert {"it is not there", "no event gives rise to it"} <= {told.what for told in changes(shown)}


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM evidence WHERE evidence = 'S-2-3'", "it is not there; learner/"),
        ("UPDATE evidence SET version = 0 WHERE evidence = 'S-2-3'", "its version is 0, not "),
        ("UPDATE evidence SET content = zeroblob(32) WHERE evidence = 'S-2-3'", "its content is other"),
        (
            "INSERT INTO evidence SELECT 'ghost', stream, entry, version, content FROM evidence LIMIT 1",
            "no event records",
        ),
    ],
)
def test_the_index_of_evidence_is_held_against_the_events(shown: Ledger, statement: str, said: str) -> None:
    """A row that is missing, other or too many is told with the id of the evidence."""
    tamper(shown, statement)
    (told,) = changes(shown)

    assert Kind.EVIDENCE_INDEX is told.kind
    assert told.place in {"evidence, S-2-3", "evidence, ghost"}
    assert said in told.what


@pytest.mark.parametrize(
    ("change_of", "said"),
    [
        ("last = last + 40", "it wrote position "),
        ("command = 'another'", "it is said to have written position "),
        ("body = x'00'", "its digest of what was asked for is none"),
        ("first = last + 1", "are no span"),
        ("first = first - 1", "overlap with those of another command"),
    ],
)
def test_commands_are_held_against_the_events(shown: Ledger, change_of: str, said: str) -> None:
    """What is remembered of a command is told where the events say otherwise."""
    tamper(shown, f"UPDATE commands SET {change_of} WHERE last = (SELECT MAX(last) FROM commands)")
    (told,) = changes(shown)

    assert Kind.COMMAND is told.kind
    assert told.place.startswith("commands, mastery ")
    assert said in told.what


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "CREATE TRIGGER quiet AFTER INSERT ON leaves BEGIN SELECT 1; END",
            "a ledger has no such trigger: CREATE TRIGGER",
        ),
        ("DROP INDEX governing", "it is not there"),
        (
            "DROP INDEX governing; CREATE INDEX governing ON stored_events (topic)",
            "it was made otherwise: CREATE INDEX",
        ),
    ],
)
def test_tables_indices_and_triggers_are_those_of_a_ledger(shown: Ledger, statement: str, said: str) -> None:
    """A trigger that waits for the next event is told before it does anything."""
    with sqlite3.connect(shown.log.path) as database:
        database.executescript(statement)
    (told,) = changes(shown)

    assert Kind.TABLES is told.kind
    assert told.what.startswith(said)


def test_an_index_that_hides_events_is_named(shown: Ledger) -> None:
    """An index over some rows alone, under the definition of a whole one, hides events from whoever reads by it."""
    with sqlite3.connect(shown.log.path) as database:
        (whole,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'streams'").fetchone()
        database.execute("DROP INDEX streams")
        database.execute(f"{whole} WHERE position < 100")
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'streams'", (whole,))
    told = {(one.kind, one.place): one.what for one in changes(shown)}

    assert told[Kind.TABLES, "streams"].startswith("the index of streams lists 99 events, and ")


def test_long_lists_of_findings_are_cut_and_counted(shown: Ledger) -> None:
    """A log rewritten from end to end has a finding for every row; the first are told and the rest counted."""
    from ledger.audit.verifying import findings

    count = shown.log.recorder.max_notification_id()
    tamper(shown, "UPDATE leaves SET leaf = zeroblob(32)")
    found = verified(shown)

    assert findings.MOST < 1_000
    assert count == len(found.findings) + found.more


def test_read_models_are_not_compared_with_events_that_cannot_be_read(shown: Ledger) -> None:
    """Nothing can be made from altered events; that is said of the lists instead of passing them over."""
    (told,) = check_models(log_of(shown), shown.home.read_file(shown.jurisdiction), sound=False)[1]

    assert told.what.startswith("they were not compared")
