"""What is different in a mutant."""

from typing import NamedTuple


class Change(NamedTuple):
    """One difference: the clause, stage, grant or parameter it is in, what it is, and both as words for a sentence."""

    about: str
    what: str
    says: str

    @property
    def key(self) -> str:
        """Name it: `score: percent >= param.score becomes >`."""
        return f"{self.about}: {self.what}"
