"""A signed ledger, bundles made of it, bundles tampered with, and what the verifier says of them."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from ledger.application import Ledger
from ledger.application.disclosing import commit_heads
from ledger.audit.bundling.archive import archive
from ledger.audit.bundling.making import Making
from ledger.audit.bundling.wanted import Wanted, decision_wanted, learners_wanted, sample_wanted
from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.note import KeyType, SigningKey, cosigned
from ledger.audit.signing import Secret, sign_log
from ledger.audit.verifier.__main__ import main
from ledger.keys import Key
from ledger.values import canonical
from ledger.vault import Profile
from tests.support.ledgers import Clock, author, classroom, record

NOON = 1781542800
"""Seconds since 1970 at the instant at which the clock of the tests stands."""

NAME = "Wilhelmina Quillfeather"
WITNESS = SigningKey("witness.test/board", bytes([7]) * 32, KeyType.WITNESS)

Change = Callable[[dict[str, bytes]], None]


@dataclass(frozen=True)
class Signed:
    """A ledger in which two learners were decided about; `pin` is an earlier checkpoint, `note` the last one."""

    ledger: Ledger
    pin: str
    note: str
    secret: Secret
    learner: str
    other: str

    @property
    def size(self) -> int:
        """Return the size of the last checkpoint."""
        return stated(self.note).size

    @property
    def store(self) -> CheckpointStore:
        """Return the checkpoints kept."""
        return CheckpointStore(self.ledger.home.log_folder(self.ledger.jurisdiction))

    @property
    def key(self) -> str:
        """Return the key of the log, for a policy."""
        return self.secret.signing_key(self.ledger.log.origin).verifier_key

    @property
    def trust(self) -> str:
        """Return a policy that believes the log and asks for no witness."""
        return f"log {self.key}\nquorum none\n"

    def making(self, wanted: Wanted | None = None, *, pins: Sequence[int] = (), leaves: bool = False) -> Making:
        """Begin a bundle; the whole stream of the learner unless told otherwise."""
        wanted = wanted or learners_wanted(self.ledger.log, [self.learner], self.size)
        return Making(self.ledger.log, self.store, self.note, wanted, pins, leaves)

    def bundle(self, wanted: Wanted | None = None, *, pins: Sequence[int] = (), leaves: bool = False) -> bytes:
        """Make a bundle."""
        return self.making(wanted, pins=pins, leaves=leaves).made()

    def decision(self, which: int = 0) -> Wanted:
        """Ask for one of the learner's decisions."""
        stream = f"learner/{self.learner}"
        found = [event for event in self.ledger.log.stream(stream) if type(event.data).__name__ == "Decided"]
        return decision_wanted(self.ledger.log, self.learner, found[which].originator_version, self.size)

    def sample(self, count: int = 3, seed: str = "drawn by the auditor") -> Wanted:
        """Ask for a sample."""
        return sample_wanted(self.ledger.log, count, seed, self.size)


def signed(home: Path, *, heads: bool = True, cosign: Mapping[str, int] | None = None) -> Signed:
    """Make a ledger, sign it, go on, commit to the heads, and sign it again.

    `cosign` gives the seconds after noon at which a witness saw the earlier checkpoint and the last one.
    """
    ledger = classroom(home, clock=Clock())
    secret = Secret(Key(bytes([9]) * 32, "a test"), home / "keys" / "signed")
    learners = [ledger.vault.learner_id(name) for name in ("S-1", "S-2")]
    ledger.vault.put_profile(learners[0], Profile(given_name=NAME.split()[0], family_name=NAME.split()[1]))
    for learner in learners:
        for number in range(4):
            record(ledger, learner, f"{learner}-{number}", f"C.{number % 2}", "3", kind=("task", "exam")[number // 2])
    pin = sign(ledger, secret)
    record(ledger, learners[0], "later", "C.2", "3")
    if heads:
        commit_heads(ledger, author(ledger))
    note = sign(ledger, secret)
    made = Signed(ledger, pin, note, secret, *learners)
    if cosign is None:
        return made
    for one, seconds in ((pin, cosign["pin"]), (note, cosign["note"])):
        made.store.add(cosigned(one, WITNESS, NOON + seconds))
    return Signed(ledger, pin, made.store.latest() or "", secret, *learners)


def sign(ledger: Ledger, secret: Secret) -> str:
    """Sign what there is."""
    return sign_log(ledger.home, ledger.jurisdiction, secret, clock=ledger.clock, environment={}).note


@dataclass
class Auditor:
    """Somebody with a folder, a policy and pins, who runs the verifier."""

    folder: Path
    trust: str
    pins: dict[str, str] = field(default_factory=dict)

    def says(self, data: bytes, *words: str) -> "Said":
        """Check a bundle."""
        (self.folder / "bundle.zip").write_bytes(data)
        (self.folder / "policy").write_text(self.trust)
        for name, note in self.pins.items():
            (self.folder / name).write_text(note)
            words = (*words, "--pin", str(self.folder / name))
        return run(str(self.folder / "bundle.zip"), "--trust", str(self.folder / "policy"), *words)


@dataclass(frozen=True)
class Said:
    """What the verifier said: its exit status, its answers by question, and why it refused."""

    status: int
    answers: Mapping[str, Any]
    refused: str

    @property
    def states(self) -> tuple[str, ...]:
        """Return the state of each answer."""
        return tuple(answer["state"] for answer in self.answers.values())

    def told(self, question: str) -> list[str]:
        """Return what speaks against an answer, or is missing for it."""
        answer = self.answers[question]
        return [*answer["broken"], *answer["missing"]]


def run(*words: str) -> Said:
    """Run the verifier in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main([*words, "--json"])
    answers = json.loads(out.getvalue())["answers"] if out.getvalue() else {}
    return Said(status, answers, err.getvalue().partition(": refused: ")[2].rstrip("\n"))


def files_of(data: bytes) -> dict[str, bytes]:
    """Read a bundle as any program for ZIP files does."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return {name: found.read(name) for name in found.namelist()}


def tampered(data: bytes, change: Change) -> bytes:
    """Change files of a bundle, and make its manifest fit them again: what a forger does."""
    files = files_of(data)
    change(files)
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Make a bundle of files, the manifest among them with their digests brought up to date."""
    about = json.loads(files["bundle.json"])
    about["files"] = {name: sha256(files[name]).hexdigest() for name in files if name != "bundle.json"}
    return archive({**files, "bundle.json": canonical(about)})


def lines(name: str, change: Callable[[list[str]], None]) -> Change:
    """Change the lines of a file."""

    def changed(files: dict[str, bytes]) -> None:
        found = files[name].decode().splitlines()
        change(found)
        files[name] = "".join(f"{line}\n" for line in found).encode()

    return changed


def replaced(name: str, old: str, new: str) -> Change:
    """Replace a text that a file holds."""

    def changed(files: dict[str, bytes]) -> None:
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode())

    return changed


def described(**change: Any) -> Change:
    """Change what the manifest says."""

    def changed(files: dict[str, bytes]) -> None:
        files["bundle.json"] = canonical({**json.loads(files["bundle.json"]), **change})

    return changed
