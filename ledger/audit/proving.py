"""Making the proof that an event is in the signed log, and judging one by what its reader trusts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.tiles import Tiles
from ledger.audit.tlog_proof import Proof
from ledger.audit.trust import Judgement, Trust
from ledger.audit.verifying.brackets import TOLERANCE
from ledger.audit.verifying.opening import log_of
from ledger.errors import LedgerDamaged, LedgerError, Unavailable, UnknownName
from ledger.home import Home
from ledger.storage.envelope import actor_of, instant_of
from ledger.storage.leaves import leaf_record
from ledger.storage.survey import EventRow, Survey
from ledger.values import parse_json


@dataclass(frozen=True, slots=True)
class LeafRecord:
    """What a leaf record says of an event: `state` is the SHA-256 of its stored bytes, in hexadecimal digits."""

    log: str
    stream: str
    version: int
    topic: str
    recorded_at: str
    actor: str
    state: str


@dataclass(frozen=True, slots=True)
class ProofJudged:
    """What a proof says, what its checkpoint is worth, and every reason not to believe it."""

    record: LeafRecord
    judgement: Judgement
    against: tuple[str, ...]


def proof_of(home: Home, jurisdiction: str, position: int, trust: Trust | None = None) -> Proof:
    """Return the proof that the event at a position is in the log, under the first checkpoint that covers it.

    With `trust`, under the first that is believed by it. Raises `UnknownName` where nothing stands there,
    `Unavailable` where no such checkpoint covers it yet, and `LedgerDamaged` where the event is no longer
    what was signed.
    """
    log = log_of(home, jurisdiction)
    record = _record(log.origin, _row(home, jurisdiction, position))
    folder = home.log_folder(jurisdiction)
    note = _covering(CheckpointStore(folder), position, trust)
    checkpoint = stated(note)
    proof = Proof(record, position - 1, Tiles(folder).inclusion(position - 1, checkpoint.size), note)
    if checkpoint.origin != log.origin or not proof.holds(checkpoint.size, checkpoint.root):
        raise LedgerDamaged(
            f"position {position} of {log.origin} is not what was signed; `mastery verify` says what was changed"
        )
    return proof


def _covering(store: CheckpointStore, position: int, trust: Trust | None) -> str:
    notes = (store.at(size) or "" for size in store.sizes() if size >= position)
    found = next((note for note in notes if trust is None or trust.judge(note).accepted), None)
    if found is None:
        which = "no checkpoint" if trust is None else "no checkpoint this policy believes"
        raise Unavailable(
            f"{which} covers position {position} yet; `mastery signer --once` signs what there is"
            + (", `mastery witness` asks a witness" if trust else "")
        )
    return found


def _row(home: Home, jurisdiction: str, position: int) -> EventRow:
    survey = Survey(home.ledger_file(jurisdiction))
    try:
        with survey.one_state():
            rows = survey.events(position, position)
    finally:
        survey.close()
    if not rows:
        raise UnknownName(f"no event stands at position {position} of {jurisdiction}; `mastery events` lists them")
    return rows[0]


def _record(origin: str, row: EventRow) -> bytes:
    position, stream, version, topic, state = row
    try:
        return leaf_record(
            log=origin,
            stream=stream,
            version=version,
            topic=topic,
            instant=instant_of(state).encode(),
            actor=actor_of(state),
            state=state,
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise LedgerDamaged(
            f"position {position} of {origin} holds what is never written; `mastery verify` says what was changed"
        ) from error


def judge(proof: Proof, trust: Trust) -> ProofJudged:
    """Judge a proof by the keys and the quorum somebody trusts.

    Raises `LedgerDamaged` where the text cannot be that of a proof, or a signature of a trusted key does not hold.
    """
    judgement = trust.judge(proof.checkpoint)
    record = _read(proof.record, judgement.checkpoint.origin)
    against = (*_against(proof, judgement, trust), *_too_late(record, judgement))
    return ProofJudged(record, judgement, against)


def _against(proof: Proof, judgement: Judgement, trust: Trust) -> Iterator[str]:
    checkpoint = judgement.checkpoint
    if not judgement.keys:
        yield f"the checkpoint is not signed with a key of {checkpoint.origin} that the policy names"
    if not judgement.quorum:
        signed = ", ".join(judgement.witnesses) or "nobody"
        yield f"the policy asks for the witness or group {trust.quorum!r}; of the witnesses it names, {signed} signed"
    if not proof.holds(checkpoint.size, checkpoint.root):
        yield (
            f"the path does not lead from the leaf record to the root over {checkpoint.size} events: the record, its "
            "index, the path or the checkpoint is that of something else"
        )


def _too_late(record: LeafRecord, judgement: Judgement) -> Iterator[str]:
    """Tell of a witness that saw the log with the event before the event says it was recorded."""
    try:
        recorded = int(datetime.fromisoformat(record.recorded_at).timestamp())
    except (ValueError, OverflowError):
        yield f"the leaf record says it was recorded at {record.recorded_at[:40]!r}, which is no instant"
        return
    for name, time in judgement.witnesses.items():
        if recorded > time + TOLERANCE:
            yield f"the event says it was recorded at {record.recorded_at}, and {name} saw it before that"


def _read(record: bytes, origin: str) -> LeafRecord:
    try:
        found = parse_json(record)
        if not isinstance(found, dict) or found["log"] != origin:
            raise LedgerDamaged(f"it is not one of {origin}")
        return LeafRecord(
            origin,
            str(found["stream"]),
            int(found["n"]),
            str(found["topic"]),
            str(found["at"]),
            str(found["actor"]),
            str(found["state"]),
        )
    except (LedgerError, ValueError, TypeError, KeyError) as error:
        raise LedgerDamaged(f"the leaf record in the proof cannot be read: {error}") from error
