"""The whole of a verification: the log, the checkpoints and tiles beside it, a checkpoint from outside, read models."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ledger.audit.checkpoint_store import CheckpointStore
from ledger.audit.exposure import Exposure, Outside, claims, exposure
from ledger.audit.memory import FOLDER
from ledger.audit.trust import Trust
from ledger.audit.verifying.brackets import check_brackets
from ledger.audit.verifying.checkpoints import introduced, kept, outside, pinned, remembered
from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.held import Held, text
from ledger.audit.verifying.models import check_models
from ledger.audit.verifying.opening import log_of, unusable_key
from ledger.audit.verifying.verify import verify
from ledger.audit.verifying.work import Log
from ledger.home import Home
from ledger.simulation.engines import Engine, Processes, Serial
from ledger.storage.survey import Survey

WORTH_PROCESSES = 20_000
"""Events from which on it is worth starting processes."""

_UNSOUND = frozenset({Kind.EVENT_ALTERED, Kind.EVENT_UNREADABLE})
"""What read models cannot be made from."""

Tell = Callable[[str, int, int], None]
"""Told the stage, how much is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be verified: a folder, the ledger meant, a file with a checkpoint, and whether read models are too.

    `trust` says whose signatures count; without it those of the keys the log introduced, and no witness's.
    """

    folder: Path
    ledger: str | None = None
    pin: Path | None = None
    projections: bool = False
    processes: int = 1
    trust: Trust | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """What became of it; `root` is that of the tree over all leaves, empty where one is missing.

    `keys` is how many keys the ledger introduced to sign its checkpoints.
    `pinned` is how many events the checkpoint from outside speaks of, 0 where none was given.
    """

    ledger: str
    events: int
    size: int
    root: str
    keys: int
    checkpoints: int
    against: str | None
    pinned: int
    exposure: Exposure
    unchecked: int
    unsigned: int
    unknown: int
    read_models: int | None
    findings: tuple[Finding, ...]
    more: int


def verified(asked: Asked, tell: Tell, environment: Mapping[str, str] = os.environ) -> Whole:
    """Verify a ledger with all that lies beside it."""
    home = Home(asked.folder)
    jurisdiction = home.the_one(asked.ledger)
    folder = home.log_folder(jurisdiction)
    log = replace(log_of(home, jurisdiction, environment), published=folder if folder.is_dir() else None)
    keys = introduced(log.path)
    held = kept(CheckpointStore(folder), log.origin, keys, asked.trust)
    memory, files = remembered(home.path / "keys" / FOLDER, log.origin)
    claimed = [*claims(home, jurisdiction, log.origin), *held.cosigned]
    against, wrong = _against(asked, log)
    found = verify(
        log,
        [*held.held, *memory, *outside(claimed), *against],
        engine=_engine(log, asked.processes),
        progress=lambda done, there: tell("verify", done, there),
    )
    unusable = unusable_key(home, environment)
    findings = [*unusable, *wrong, *held.findings, *files, *found.findings, *_timed(log, held.times)]
    position: int | None = None
    if asked.projections:
        sound = _UNSOUND.isdisjoint(one.kind for one in found.findings)
        models = home.read_file(jurisdiction)
        position, differing = check_models(log, models, sound, lambda done, there: tell("projections", done, there))
        findings += differing
    root = found.roots.get(found.reached)
    return Whole(
        log.origin,
        found.events,
        found.size,
        text(root) if root and found.reached >= found.events else "",
        len(keys.known),
        len({one.size for one in held.held}),
        None if asked.pin is None else str(asked.pin),
        sum(one.size for one in against),
        exposure(
            [*(Outside(one.size, one.root, "pinned") for one in against), *claimed], found.events, found.roots.get
        ),
        found.unchecked,
        held.unsigned,
        found.unknown,
        position,
        tuple(findings),
        found.more,
    )


def _against(asked: Asked, log: Log) -> tuple[list[Held], list[Finding]]:
    if asked.pin is None:
        return [], []
    pin, wrong = pinned(asked.pin, log.origin, asked.trust)
    return [pin], wrong


def _timed(log: Log, times: Sequence[tuple[int, int]]) -> list[Finding]:
    survey = Survey(log.path)
    try:
        return list(check_brackets(survey, times))
    finally:
        survey.close()


def _engine(log: Log, processes: int) -> Engine:
    survey = Survey(log.path)
    try:
        with survey.one_state():
            large = survey.last() >= WORTH_PROCESSES
    finally:
        survey.close()
    return Processes(processes) if large and processes > 1 else Serial()
