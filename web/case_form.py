"""The forms of a case: what was typed into which, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ledger.application.auditing_cases import (
    LONGEST_BASIS,
    LONGEST_NOTE,
    LONGEST_SEED,
    LONGEST_TITLE,
    MOST_ADDED,
    MOST_DRAWN,
)

HIGHEST = 999_999_999_999_999
"""No position is beyond it."""

LABELS = {
    "title": "What the case is called",
    "basis": "The law, rule or order it rests on",
    "wanted": "How many decisions",
    "seed": "The seed",
    "after": "Only after position",
    "positions": "Positions of decisions",
    "text": "What to write down",
    "position": "The decision it is about",
    "finding": "It is a finding",
}


@dataclass(frozen=True, slots=True)
class CaseFilled:
    """A form as it was sent: `form` names which, `problems` are by the ids of its inputs."""

    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    general: tuple[str, ...] = ()

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Return what is wrong as the summary of a form lists it."""
        return [(name, LABELS[name.rpartition("-")[2]], said) for name, said in self.problems.items()]

    def refused(self, error: Exception) -> "CaseFilled":
        """Return the form with what a command says against it."""
        return replace(self, general=(str(error),))

    def of(self, form: str) -> Mapping[str, str]:
        """Return what was typed into a form of the page, nothing into those that were not sent."""
        return self.typed if form == self.form else {}


def opening(form: Mapping[str, str]) -> CaseFilled:
    """Read the form that opens a case."""
    typed = _typed(form, "title", "basis")
    problems = {
        **_text("open", typed, "title", LONGEST_TITLE, "give it a name by which you will know it again"),
        **_text("open", typed, "basis", LONGEST_BASIS, "name the law, rule or order that entitles you to look"),
    }
    return CaseFilled("open", typed, problems)


def drawing(form: Mapping[str, str]) -> CaseFilled:
    """Read the form that draws a sample."""
    typed = _typed(form, "wanted", "seed", "after")
    problems = {
        **_number("draw", typed, "wanted", 1, MOST_DRAWN),
        **_text("draw", typed, "seed", LONGEST_SEED, "name words of your own: today's headline will do"),
        **(_number("draw", typed, "after", 0, HIGHEST) if typed["after"] else {}),
    }
    return CaseFilled("draw", typed, problems)


def adding(form: Mapping[str, str]) -> CaseFilled:
    """Read the form that puts decisions to a case by hand."""
    typed = _typed(form, "positions")
    found = positions_in(typed["positions"])
    right = 0 < len(found) <= MOST_ADDED and all(0 < one <= HIGHEST for one in found)
    said = f"give 1 to {MOST_ADDED:,} positions, whole numbers with commas or blanks between them"
    return CaseFilled("add", typed, {} if right else {"add-positions": said})


def positions_in(text: str) -> list[int]:
    """Return the positions in a text, nothing where anything else stands in it."""
    words = text.replace(",", " ").split()
    whole = all(one.isascii() and one.isdecimal() and len(one) <= len(str(HIGHEST)) for one in words)
    return [int(one) for one in words] if whole else []


def noting(form: Mapping[str, str]) -> CaseFilled:
    """Read the form that writes a note down."""
    typed = _typed(form, "text", "finding", "position")
    which = f"note-{typed['position']}" if typed["position"] else "note"
    problems = {
        **_text(which, typed, "text", LONGEST_NOTE, "write down what you saw"),
        **(_number(which, typed, "position", 1, HIGHEST) if typed["position"] else {}),
    }
    return CaseFilled(which, typed, problems)


def concluding(form: Mapping[str, str]) -> CaseFilled:
    """Read the form that concludes a case."""
    typed = _typed(form, "text")
    return CaseFilled("conclude", typed, _text("conclude", typed, "text", LONGEST_NOTE, "say what you conclude"))


def _typed(form: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: form.get(name, "").replace("\r\n", "\n").strip() for name in names}


def _text(form: str, typed: Mapping[str, str], name: str, most: int, missing: str) -> dict[str, str]:
    if not typed[name]:
        return {f"{form}-{name}": missing}
    return {f"{form}-{name}": f"at most {most:,} characters fit"} if len(typed[name]) > most else {}


def _number(form: str, typed: Mapping[str, str], name: str, least: int, most: int) -> dict[str, str]:
    text = typed[name]
    if text.isascii() and text.isdecimal() and len(text) <= len(str(HIGHEST)) and least <= int(text) <= most:
        return {}
    return {f"{form}-{name}": f"give a whole number from {least:,} to {most:,}"}
