"""The file of faults: every fault as a line of CSV that a spreadsheet shows and does not execute."""

import csv
from collections.abc import Iterable
from pathlib import Path

from ledger.errors import Fault, UsageError

HEADER = ("file", "line", "field", "why")
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula; it takes the wide signs for the others."""


def write_faults(path: Path, faults: Iterable[Fault]) -> None:
    """Write faults in their order; raise `UsageError` where the file cannot be written."""
    try:
        with path.open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows(map(_row, faults))
    except OSError as error:
        raise UsageError(
            f"the faults cannot be written to {path} ({error.strerror}); name another file for them: "
            "what is stored stays stored, and the same import goes on with the rest"
        ) from error


def _row(fault: Fault) -> tuple[str, int | str, str, str]:
    return _harmless(fault.file), fault.line or "", _harmless(fault.field), _harmless(fault.why)


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
