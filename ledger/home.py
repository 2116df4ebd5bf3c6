"""MASTERY_HOME: the one folder that holds everything of an installation on SQLite.

`ledgers/` one file a ledger, `read/` read models, `log/` signed checkpoints and tiles, `vault.db`, `keys/`, `staging/`,
`previews/`, `drafts/`, `audits/`, `documents/`, `reads.db` who looked at what, `access.db` who may sign in,
`jobs.db` and `jobs/` long work under way.
"""

from dataclasses import dataclass
from pathlib import Path

from ledger.errors import UnknownName

SUFFIX = ".db"


@dataclass(frozen=True, slots=True)
class Home:
    """The layout of the folder; nothing is opened here."""

    path: Path

    def ledger_file(self, jurisdiction: str) -> Path:
        """Return the file of a jurisdiction's ledger; a slash in the name becomes a tilde."""
        return self.path / "ledgers" / f"{jurisdiction.replace('/', '~')}{SUFFIX}"

    def read_file(self, jurisdiction: str) -> Path:
        """Return the file of a ledger's read models."""
        return self.path / "read" / f"{jurisdiction.replace('/', '~')}{SUFFIX}"

    def log_folder(self, jurisdiction: str) -> Path:
        """Return the folder of what is published of a ledger's log: its checkpoints, and the tiles of its tree."""
        return self.path / "log" / jurisdiction.replace("/", "~")

    @property
    def reads_file(self) -> Path:
        """Return the file of the log of what was read."""
        return self.path / "reads.db"

    @property
    def access_file(self) -> Path:
        """Return the file of those who may sign in, and of those who are signed in."""
        return self.path / "access.db"

    @property
    def jobs_file(self) -> Path:
        """Return the file of long work under way."""
        return self.path / "jobs.db"

    @property
    def jobs(self) -> Path:
        """Return the folder of files that long work left to be taken away."""
        return self.path / "jobs"

    @property
    def staging(self) -> Path:
        """Return the folder of imports under way."""
        return self.path / "staging"

    @property
    def previews(self) -> Path:
        """Return the folder of lists that can be worked out again: what changes of rules would do."""
        return self.path / "previews"

    @property
    def drafts(self) -> Path:
        """Return the folder of policies written by hand that nobody has proposed yet, each by its digest."""
        return self.path / "drafts"

    @property
    def audits(self) -> Path:
        """Return the folder of what audits found, which can be found anew."""
        return self.path / "audits"

    @property
    def documents(self) -> Path:
        """Return the folder of documents kept beside the ledgers, each encrypted under the key of a learner."""
        return self.path / "documents"

    def jurisdictions(self) -> tuple[str, ...]:
        """Name every jurisdiction that has a ledger here."""
        files = (self.path / "ledgers").glob(f"*{SUFFIX}")
        return tuple(sorted(file.name.removesuffix(SUFFIX).replace("~", "/") for file in files))

    def the_one(self, wanted: str | None) -> str:
        """Return the jurisdiction meant: the one named, or the only one there is."""
        here = self.jurisdictions()
        if not here:
            raise UnknownName(f"there is no ledger in {self.path}; make one with `mastery init`")
        if wanted is None and len(here) == 1:
            return here[0]
        if wanted is None:
            raise UnknownName(f"several ledgers are in {self.path}: name one of {', '.join(here)} with --ledger")
        if wanted not in here:
            raise UnknownName(f"there is no ledger {wanted!r} in {self.path}; there are {', '.join(here)}")
        return wanted
