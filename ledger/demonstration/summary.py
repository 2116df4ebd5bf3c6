"""What a demonstration came to, kept beside it once it is whole."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

MARKER = "demo-finished.json"
FORMAT = 1
"""The version of what is built and of this summary; a marker of another one counts as none."""


@dataclass(frozen=True, slots=True)
class Story:
    """Something worth a look: a sentence, and the learner (a UUID) and decision (a version) it is about.

    `external_id` is the learner's id in the files; it finds them in the vault.
    """

    title: str
    sentence: str
    jurisdiction: str
    learner: str
    external_id: str
    decision: int | None


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What there is in a demonstration: counts over its ledgers, and stories.

    `ledgers` names the jurisdictions, the state first; `year` is the first and last day of the
    school year; `outcomes` counts decisions by outcome, superseded ones included.
    """

    seed: int
    ledgers: tuple[str, ...]
    year: tuple[str, str]
    learners: int
    evidence: int
    commands: int
    decisions: int
    outcomes: tuple[tuple[str, int], ...]
    stories: tuple[Story, ...]


class _Marker(msgspec.Struct, frozen=True):
    format: int
    summary: DemoSummary


def finish(home: Path, summary: DemoSummary) -> None:
    """Say that the demonstration in a home is whole; the last thing that is written."""
    written = home / f"{MARKER}.part"
    written.write_bytes(msgspec.json.format(msgspec.json.encode(_Marker(FORMAT, summary))) + b"\n")
    written.replace(home / MARKER)


def finished(home: Path) -> DemoSummary | None:
    """Return the summary of a whole demonstration; nothing where there is none, or one of another version."""
    try:
        marker = msgspec.json.decode((home / MARKER).read_bytes(), type=_Marker)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return marker.summary if marker.format == FORMAT else None
