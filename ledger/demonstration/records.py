"""What the generator makes: plain frozen records, which the writers and the builder turn into files and commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ledger.demonstration.plan import Plan


@dataclass(frozen=True, slots=True)
class Standard:
    """One competency of a framework; `before` are codes of its prerequisites, `priority` of its course."""

    code: str
    domain: str
    statement: str
    before: tuple[str, ...] = ()
    priority: bool = True


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework by the stem of its file, its title, and its standards; `course` is empty for none."""

    name: str
    title: str
    standards: tuple[Standard, ...]
    course: str = ""


@dataclass(frozen=True, slots=True)
class District:
    """A district: its jurisdiction, its name, and the letters its learners' ids begin with."""

    jurisdiction: str
    name: str
    letters: str


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner as a student information system knows them; names go into the vault and nowhere else.

    `school` is the organisation, `grade` the grade of record, empty for an adult.
    """

    id: str
    district: District
    school: str
    grade: str
    track: str
    section: int
    given_name: str
    family_name: str
    birth_date: str
    groups: tuple[str, ...] = ()

    @property
    def teacher(self) -> str:
        """Return the id of their teacher."""
        return f"{self.district.letters}-T-{self.track}-{self.section}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of an evidence file: its columns under the names an import takes, empty where not given."""

    learner: str
    competency: str = ""
    course: str = ""
    kind: str
    purpose: str = "summative"
    level: str = ""
    score: str = ""
    score_min: str = ""
    score_max: str = ""
    absent_reason: str = ""
    task: str = ""
    instrument: str = ""
    conditions: str = ""
    attempt: str = ""
    occurred: str = ""
    due: str = ""
    submitted: str = ""
    scored: str = ""
    capacity: str = "teacher"
    source_system: str = "gradebook"
    source_record: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Somebody records evidence by hand; `also` are further competencies it shows at the same level.

    `artefact` names a document several learners may share, empty for none.
    """

    row: Row
    also: tuple[str, ...] = ()
    artefact: str = ""

    @property
    def learner(self) -> str:
        """Return the external id of the learner."""
        return self.row.learner


@dataclass(frozen=True, slots=True)
class Preparing:
    """A preparation for one competency."""

    learner: str
    competency: str
    kind: str
    day: str


@dataclass(frozen=True, slots=True)
class Status:
    """A status holds, or does not, from a day on; `course` is empty where it is about the learner as a whole."""

    learner: str
    code: str
    holds: bool
    day: str = ""
    course: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody whose word may be asked for says yes or no about a course."""

    learner: str
    kind: str
    course: str
    day: str
    given: bool
    capacity: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of an evidence file was wrong; this one takes its place, under the same record id."""

    row: Row
    reason: str

    @property
    def learner(self) -> str:
        """Return the external id of the learner."""
        return self.row.learner


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A row of an evidence file does not belong there."""

    row: Row
    reason: str

    @property
    def learner(self) -> str:
        """Return the external id of the learner."""
        return self.row.learner


Action: TypeAlias = Recorded | Preparing | Status | Approval | Correction | Withdrawal


@dataclass(frozen=True, slots=True)
class Telling:
    """A story and where it can be seen: the last decision about a subject with this outcome.

    `subject` is the code of a competency or of a course; `because` are clauses the decision rests on.
    """

    title: str
    sentence: str
    learner: str
    question: str
    subject: str
    outcome: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What happens to one learner in a story: rows of the file, then commands in order, then the telling."""

    rows: tuple[Row, ...] = ()
    actions: tuple[Action, ...] = ()
    tellings: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """Everything that happens: who there is, the rows of each district's file, the commands, the stories."""

    plan: Plan
    learners: tuple[Learner, ...]
    rows: Mapping[str, tuple[Row, ...]]
    actions: tuple[Action, ...]
    tellings: tuple[Telling, ...]

    def district_of(self, learner: str) -> District:
        """Return the district of a learner."""
        letters = learner.partition("-")[0]
        return next(one.district for one in self.learners if one.district.letters == letters)
