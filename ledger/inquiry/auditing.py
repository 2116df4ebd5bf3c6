"""The long acts of an audit, as pages start them: verified, replayed, asked; what each found is kept."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.application import Ledger
from ledger.audit.parallel import Choice, replay_all
from ledger.audit.queries.asking import Since
from ledger.audit.queries.finding import Query
from ledger.audit.verdicts import Replayed, Verdict
from ledger.audit.verifying.whole import Asked, verified
from ledger.inquiry.audit_answers import AuditAnswers, answers_to
from ledger.inquiry.kept import keep
from ledger.inquiry.verified import VerifyReport, report_of
from ledger.values import canonical

Told = Callable[[int, int], None]
"""Told how much is done, and how much there is."""

VERIFIED, REPLAYED = "verified", "replayed"
"""Under what the last verification and the last replay of everything are kept."""

_ALONE = threading.Lock()
"""What verifies and what replays keeps files open for this process: two of them take turns."""


@dataclass(frozen=True, slots=True)
class KeptVerification:
    """A verification: when, by whom (a vault id), and what it came to; `pinned` says that a checkpoint was brought."""

    at: str
    by: str
    report: VerifyReport
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class KeptReplay:
    """A replay of everything, up to a position: how many decisions got each verdict, and those that are findings."""

    at: str
    by: str
    position: int
    learners: int
    decisions: int
    verdicts: dict[str, int]
    differing: tuple[Replayed, ...]
    more: int


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """What queries answered: when, and to whom."""

    at: str
    by: str
    found: AuditAnswers


MOST_DIFFERING = 500
"""Decisions that are not identical, told one by one."""


def verify_now(
    ledger: Ledger, by: str, told: Told, *, models: bool = False, pin: str = "", environment: Mapping[str, str]
) -> KeptVerification:
    """Verify a ledger with all that lies beside it, and a checkpoint somebody brought; keep what it came to."""
    with _ALONE, TemporaryDirectory() as folder:
        path = Path(folder) / "pin"
        path.write_text(pin, encoding="utf-8")
        asked = Asked(ledger.home.path, ledger.jurisdiction, path if pin else None, models)
        found = verified(asked, lambda _, done, total: told(done, total), environment)
    answer = KeptVerification(ledger.clock(), by, report_of(found), bool(pin))
    keep(ledger, VERIFIED, answer)
    return answer


def replay_now(ledger: Ledger, by: str, told: Told) -> KeptReplay:
    """Make every decision of a ledger again, and keep what it came to."""
    with _ALONE:
        found = replay_all(ledger.log, Choice(), progress=told)
    findings = [one for one in found.kept if one.is_finding]
    answer = KeptReplay(
        ledger.clock(),
        by,
        found.position,
        found.learners,
        found.verdicts.total(),
        {one.value: found.verdicts[one] for one in Verdict if found.verdicts[one]},
        tuple(findings[:MOST_DIFFERING]),
        max(len(findings) - MOST_DIFFERING, 0),
    )
    keep(ledger, REPLAYED, answer)
    return answer


def replay_alone(work: Callable[[], object]) -> None:
    """Do something that replays, when nothing else of this process does."""
    with _ALONE:
        work()


def asked_name(asked: Mapping[str, Mapping[str, int]], since: Since, position: int) -> str:
    """Return under what the answer is kept to queries with their thresholds, as of a position."""
    whole = canonical([{name: dict(values) for name, values in asked.items()}, str(since), position])
    return f"answers-{hashlib.sha256(whole).hexdigest()[:24]}"


def ask_now(
    ledger: Ledger, by: str, asked: Mapping[Query, Mapping[str, int]], since: Since, told: Told, name: str
) -> KeptAnswers:
    """Ask queries, and keep what they answer under a name."""
    answer = KeptAnswers(ledger.clock(), by, answers_to(ledger, list(asked.items()), since, told))
    keep(ledger, name, answer)
    return answer
