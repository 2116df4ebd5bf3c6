"""`python -m ledger.audit.verifier FILE.zip --trust POLICY`: three answers, and an exit status.

0: all that was asked for holds. 1: something does not hold, is not shown or was not done. 2: the file
is refused, or cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from . import replaying
from .answers import Answer, State
from .archive import LARGEST
from .bundle import Bundle, bundle_of
from .completeness import Completeness
from .integrity import HOUR, Integrity
from .notes import pin_of
from .refusing import Refused, shown
from .trust import trust_of

QUESTIONS = ("integrity", "completeness", "replay")
_LARGEST_TEXT = 1 << 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a bundle, print what came of it, and return the exit status."""
    asked = _parser().parse_args(arguments)
    questions = asked.ask or QUESTIONS
    try:
        bundle, answers = _answers(asked, questions)
    except Refused as error:
        sys.stderr.write(f"{asked.file}: refused: {error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 2
    sys.stdout.write(_json(bundle, answers) if asked.json else _text(bundle, answers))
    return 0 if all(answer.state is State.HOLDS for answer in answers) else 1


def _answers(asked: argparse.Namespace, questions: Sequence[str]) -> tuple[Bundle, list[Answer]]:
    trust = trust_of(_read(asked.trust, _LARGEST_TEXT), asked.trust.name)
    pins = {pin.name: pin_of(_read(pin, _LARGEST_TEXT), pin.name) for pin in asked.pin}
    bundle = bundle_of(_read(asked.file, LARGEST))
    integrity = Integrity(bundle, trust, pins, asked.tolerance).judge()
    judges = {
        "integrity": lambda: integrity,
        "completeness": lambda: _resting(Completeness(bundle).judge(), integrity),
        "replay": lambda: _resting(replaying.judge(bundle), integrity),
    }
    return bundle, [judges[question]() for question in QUESTIONS if question in questions]


def _resting(answer: Answer, integrity: Answer) -> Answer:
    """Let no other answer hold over events that are not what was signed."""
    if integrity.broken:
        answer.missing.append("this looked at events whose integrity does not hold, so it shows nothing")
    return answer


def _read(path: Path, most: int) -> bytes:
    if path.stat().st_size > most:
        raise Refused(f"{path.name} has more than {most:,} bytes")
    return path.read_bytes()


def _text(bundle: Bundle, answers: Sequence[Answer]) -> str:
    said = bundle.manifest
    lines = [
        f"bundle {bundle.digest}",
        f"  {said.kind}: {_counted(len(said.streams), 'learner')}, {_counted(len(bundle.events), 'event')}",
        f"  of the log {shown(said.log)} at {_counted(said.size, 'event')}",
    ]
    for answer in answers:
        lines += answer.lines()
    return "\n".join(lines) + "\n"


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one if count == 1 else one + 's'}"


def _json(bundle: Bundle, answers: Sequence[Answer]) -> str:
    data = {
        "bundle": bundle.digest,
        "log": bundle.manifest.log,
        "size": bundle.manifest.size,
        "answers": {
            one.question: {
                "state": one.state.value,
                "broken": one.broken,
                "missing": one.missing,
                "reasons": one.reasons,
            }
            for one in answers
        },
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="verifier", description="Check an audit bundle offline.")
    parser.add_argument("file", type=Path, metavar="FILE.zip", help="the bundle")
    parser.add_argument("--trust", type=Path, required=True, help="your policy: the keys of log and witnesses")
    parser.add_argument("--pin", type=Path, action="append", default=[], help="a checkpoint you kept; may be repeated")
    parser.add_argument("--ask", action="append", choices=QUESTIONS, help="only this question; may be repeated")
    parser.add_argument("--tolerance", type=int, default=HOUR, help="seconds by which clocks may differ (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print the answers as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
