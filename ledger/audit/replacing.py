"""A signer's key replaced by another, and what a signer remembers put right: neither makes a second history."""

from collections.abc import Callable
from dataclasses import replace

from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.endorsing import endorsement, endorsement_file
from ledger.audit.memory import Memory, Remembered
from ledger.audit.merkle import Frontier
from ledger.audit.note import opened, sign
from ledger.audit.rereading import Rereading
from ledger.audit.signing import Secret
from ledger.audit.verifying.work import Log
from ledger.errors import Refused, SigningRefused
from ledger.home import Home
from ledger.storage.survey import Survey

Told = Callable[[int, int], None]


def replace_key(home: Home, jurisdiction: str, origin: str, old: Secret | None, new: Secret) -> str:
    """Put a key in the place of the one that signs a log; return the last checkpoint, signed by both and published.

    The old key's endorsement of the new one is published beside it. `old` is null where that key is lost: the
    new one then signs alone. From here on the signer takes no other key. Raises `Refused` where nothing is
    signed yet, or with the wrong key.
    """
    memory = Memory((old or new).memory, origin)
    with memory.alone():
        before = memory.recall()
        if before is None or not before.size:
            raise Refused(f"nothing of {origin} is signed yet: introduce the key that is to sign it, and sign")
        key = new.signing_key(origin)
        signers = [one.signing_key(origin) for one in (old, new) if one is not None]
        if old is not None and before.key not in (signers[0].verifier_key, key.verifier_key):
            raise Refused(f"{origin} is signed with the key {before.key}, and not with {signers[0].verifier_key}")
        note = sign(Checkpoint(origin, before.size, before.root).text(), *signers)
        CheckpointStore(home.log_folder(jurisdiction)).add(note)
        if old is not None:
            published = endorsement_file(home.log_folder(jurisdiction), key.verifier_key)
            published.parent.mkdir(parents=True, exist_ok=True)
            published.write_text(endorsement(signers[0], key, before.size, before.root), encoding="utf-8")
        after = replace(before, key=key.verifier_key)
        for folder in {memory.path.parent, new.memory}:
            Memory(folder, origin).write(after)
    return note


def remember(log: Log, secret: Secret, note: str, progress: Told | None = None) -> Remembered:
    """Make the signer remember a checkpoint that it signed and that is held elsewhere; return it.

    Every row up to it is read again. Raises `Refused` for a checkpoint it did not sign or that is older than
    what it remembers, `SigningRefused` where the ledger does not hold the history of the checkpoint.
    """
    key, said = secret.signing_key(log.origin), stated(note)
    memory = Memory(secret.memory, log.origin)
    if said.origin != log.origin or key.verifier not in opened(note, [key.verifier]).verified:
        raise Refused(f"this is no checkpoint of {log.origin} signed with the key {key.verifier_key}")
    survey = Survey(log.path)
    try:
        with memory.alone():
            if (known := _known(memory)) is not None and known.size >= said.size:
                raise Refused(f"a checkpoint over {known.size} events is remembered, and this one is over {said.size}")
            found = Remembered(said.size, said.root, _event(log, survey, memory, said, progress), "", key.verifier_key)
            memory.write(found)
    finally:
        survey.close()
    return found


def _known(memory: Memory) -> Remembered | None:
    try:
        return memory.recall()
    except SigningRefused:  # that it cannot be read is why it is put right
        return None


def _event(log: Log, survey: Survey, memory: Memory, said: Checkpoint, progress: Told | None) -> str:
    """Return the instant of the last event of a checkpoint, once the ledger was found to hold its history."""
    rows, tree, instant = Rereading(log, survey), Frontier(), ""
    claimed = Remembered(said.size, said.root)
    if rows.last() < said.size:
        raise memory.contradicted(claimed)
    for found in rows.leaves(1, said.size):
        tree.extend(leaf for leaf, _ in found)
        instant = found[-1][1]
        if progress is not None:
            progress(tree.size, said.size)
    if tree.root() != said.root:
        raise memory.contradicted(claimed)
    return instant
