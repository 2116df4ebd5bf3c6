"""What is remembered of commands, held against the events they wrote.

Not every event has a command here: an event whose row was removed would be carried out again when
asked for again, and nothing shows it.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ledger.audit.integrity import shown
from ledger.audit.verifying.findings import Finding, Found, Kind, limited
from ledger.storage.survey import Survey

_COMMAND = re.compile(
    rb'\{"actor":"[^"]*","at":"[^"]*","behalf":(?:null|"[^"]*"),"cause":(?:null|"[^"]*"),"command":"([^"]*)","data":'
)
"""How stored bytes begin: `ledger.storage.envelope`."""

_AT_ONCE = 4_000
_DIGEST = 32


def check_commands(survey: Survey) -> tuple[Found, int]:
    """Return what differs, and how many commands there are."""
    findings: list[Finding] = []
    count, reached = 0, 0
    with survey.one_state():
        rows = survey.commands()
        while some := list(islice(rows, _AT_ONCE)):
            count += len(some)
            ends = {end for row in some for end in row[3:] if isinstance(end, int) and end}
            writers = {position: writer_of(state) for position, state in survey.states(sorted(ends)).items()}
            for row in some:
                findings += _told(row, writers, reached)
                reached = max(reached, row[4]) if isinstance(row[4], int) else reached
    return limited(findings), count


def writer_of(state: Any) -> str | None:
    """Return the command that wrote an event, nothing where its bytes no longer say."""
    found = _COMMAND.match(state) if isinstance(state, bytes) else None
    return found[1].decode(errors="backslashreplace") if found else None


def _told(row: tuple[Any, ...], writers: dict[int, str | None], reached: int) -> Iterator[Finding]:
    client, command, body, first, last = row
    wrong = None
    if not isinstance(body, bytes) or len(body) != _DIGEST:
        wrong = "its digest of what was asked for is none"
    elif not (isinstance(first, int) and isinstance(last, int) and 0 <= first <= last and (first or not last)):
        wrong = f"positions {shown(first)} to {shown(last)} are no span"
    elif first and first <= reached:
        wrong = f"positions {first} to {last} overlap with those of another command"
    else:
        wrong = next((said for end in {first, last} if end and (said := _end(end, command, writers))), None)
    if wrong is not None:
        yield Finding(Kind.COMMAND, f"commands, {shown(client)} {shown(command)}", wrong)


def _end(position: int, command: Any, writers: dict[int, str | None]) -> str | None:
    if position not in writers:
        return f"it wrote position {position}, where no event stands"
    writer = writers[position]
    if writer is None or writer == command:
        return None
    return f"it is said to have written position {position}, which {shown(writer)} wrote"
