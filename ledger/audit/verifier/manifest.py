"""`bundle.json`: what a bundle says it is, held against the files that are there."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import canonical
from .refusing import Refused

NAME = "bundle.json"
FORMAT = "mastery-ledger audit bundle 1"
KINDS = ("learner", "decision", "sample")

_KEYS = {"decisions", "files", "format", "kind", "log", "seed", "size", "streams"}
_LEARNER = re.compile(r"learner/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_LARGEST = (1 << 53) - 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was asked for: learners' streams with the last version of each, and the decisions meant.

    `size` is that of the log the bundle stands on; `decisions` is empty where all are meant.
    """

    log: str
    size: int
    kind: str
    streams: Mapping[str, int]
    decisions: tuple[tuple[str, int], ...]
    seed: str | None


def manifest_of(files: Mapping[str, bytes]) -> Manifest:
    """Read the manifest; raise `Refused` where it does not fit the format or the files."""
    if NAME not in files:
        raise Refused(f"{NAME}: is missing")
    data = _object(files[NAME])
    _refuse_files(data["files"], files)
    try:
        return _manifest(data)
    except (TypeError, ValueError, KeyError) as error:
        raise Refused(f"{NAME}: {error}") from error


def _object(content: bytes) -> dict[str, Any]:
    try:
        data = canonical.read(content)
        same = canonical.canonical(data) == content
    except ValueError as error:
        raise Refused(f"{NAME}: is not JSON: {error}") from error
    if not same:
        raise Refused(f"{NAME}: is not in canonical form")
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Refused(f"{NAME}: names no format this program reads; it reads {FORMAT!r}")
    if unknown := sorted(set(data) ^ _KEYS):
        raise Refused(f"{NAME}: holds another set of keys than the format has: {', '.join(unknown)[:80]}")
    return data


def _refuse_files(said: Any, files: Mapping[str, bytes]) -> None:
    if not isinstance(said, dict):
        raise Refused(f"{NAME}: `files` is not an object")
    for name in sorted(set(said) - set(files)):
        raise Refused(f"{name[:80]!a}: the manifest names it, and it is not there")
    for name in sorted(set(files) - set(said) - {NAME}):
        raise Refused(f"{name}: the manifest does not name it")
    for name, digest in said.items():
        if name == NAME or hashlib.sha256(files[name]).hexdigest() != digest:
            raise Refused(f"{name}: is not the file the manifest names; it has another SHA-256")
    _refuse_missing(files)


def _refuse_missing(files: Mapping[str, bytes]) -> None:
    for name in ("checkpoint", "events.txt"):
        if name not in files:
            raise Refused(f"{name}: is missing")
    if ("leaves.txt" in files) == ("tree.txt" in files):
        raise Refused("leaves.txt, tree.txt: a bundle has one of them")


def _manifest(data: Mapping[str, Any]) -> Manifest:
    streams = data["streams"]
    if not isinstance(streams, dict) or not streams:
        raise ValueError("`streams` names no learner")
    for stream, last in streams.items():
        if not _LEARNER.fullmatch(stream):
            raise ValueError(f"{stream[:80]!a} is not a learner's stream")
        _whole(last, stream)
    if data["kind"] not in KINDS:
        raise ValueError(f"`kind` is none of {', '.join(KINDS)}")
    if not isinstance(data["log"], str) or not isinstance(data["seed"], str | None):
        raise ValueError("`log` and `seed` are text")
    decisions = tuple(_decision(one, streams) for one in data["decisions"])
    if (data["kind"] == "learner") == bool(decisions) or (data["kind"] == "sample") == (data["seed"] is None):
        raise ValueError("`decisions` or `seed` does not go with this `kind`")
    return Manifest(data["log"], _whole(data["size"], "size"), data["kind"], streams, decisions, data["seed"])


def _decision(one: Any, streams: Mapping[str, int]) -> tuple[str, int]:
    stream, version = one
    if stream not in streams or _whole(version, "decisions") > streams[stream]:
        raise ValueError("`decisions` names one that is not in the streams")
    return stream, version


def _whole(value: Any, name: str) -> int:
    if type(value) is not int or not 0 < value <= _LARGEST:
        raise ValueError(f"`{name}` is not a whole number from 1 on")
    return value
