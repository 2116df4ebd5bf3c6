"""The nodes of a rule: clauses, and how they are combined, as frozen values.

Only a clause, an enough_of and a panel carry a sentence; everything else combines. Authors write
the functions of `ledger.policy.rules`, which refuse what can never be decided.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from ledger.policy.citation import Citation
from ledger.policy.terms import FactTerm, Node, ParamTerm, Term
from ledger.values import digest

Rule: TypeAlias = Node
"""A node that stands as a rule: one of the classes below, or a bare test where no sentence is needed."""

Number: TypeAlias = int | ParamTerm
"""A whole number, or the parameter that holds it."""

CaseValue: TypeAlias = str | int | bool


@dataclass(frozen=True, slots=True)
class _Combining(Node):
    """Base of every node that stands as a rule."""

    stands_as_rule: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Always(_Combining):
    """Met, whatever the sheet says."""

    stands_as_test: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Clause(_Combining):
    """One sentence of the rule and the test that decides it.

    `says` is a template over parameters; `final` makes a failure denied rather than not yet; `next`
    is the word for the learner's next step while it is unmet.
    """

    id: str
    says: str
    test: Node
    cites: Citation | None = None
    final: bool = False
    next: str = ""


@dataclass(frozen=True, slots=True)
class Judged(Node):
    """The test of a clause that a function judges: its text, the SHA-256 of that text, and what it is asked with.

    Nothing can be read off it and nothing is proved of it: it may stand in a clause of its own alone.
    """

    function: str
    source: str
    digest: str
    needs: tuple[FactTerm | ParamTerm, ...]

    def __post_init__(self) -> None:
        if digest(self.source.encode()) != self.digest:
            raise ValueError(f"the code of {self.function!r} is not the code of its digest {self.digest[:16]}")


@dataclass(frozen=True, slots=True)
class AllOf(_Combining):
    """The lowest value of its parts."""

    parts: tuple[Rule, ...]

    stands_as_test: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AnyOf(_Combining):
    """The highest value of its parts."""

    parts: tuple[Rule, ...]

    stands_as_test: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AtLeastOf(_Combining):
    """The n-th highest value of its parts."""

    count: Number
    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Each(_Combining):
    """The lowest value over the members of a list; an empty list is not met."""

    list: FactTerm
    rule: Rule
    name: FactTerm | None = None


@dataclass(frozen=True, slots=True)
class Some(_Combining):
    """The n-th highest value over the members of a list; an empty list is not met."""

    list: FactTerm
    rule: Rule
    at_least: Number = 1
    name: FactTerm | None = None


@dataclass(frozen=True, slots=True)
class Not(_Combining):
    """Two-valued: met becomes not yet, everything below met becomes met."""

    rule: Rule

    stands_as_test: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ButIf(Node):
    """One exception: while its condition holds, its rule stands in place of the default."""

    when: Node
    rule: Rule
    cites: Citation | None = None


@dataclass(frozen=True, slots=True)
class ByDefault(_Combining):
    """A default and its exceptions, at most one of which may hold."""

    base: Rule
    exceptions: tuple[ButIf, ...]


@dataclass(frozen=True, slots=True)
class Case(Node):
    """One branch of `ByCase`."""

    value: CaseValue
    rule: Rule


@dataclass(frozen=True, slots=True)
class ByCase(_Combining):
    """Exactly one branch, by the value of a fact or a parameter with a closed set of values."""

    term: Term
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Take(Node):
    """How many members one category must and may give."""

    category: str
    at_least: Number = 0
    at_most: Number | None = None


@dataclass(frozen=True, slots=True)
class EnoughOf(_Combining):
    """n of m with minima and caps: each qualifying member serves at most one of its categories."""

    id: str
    says: str
    list: FactTerm
    kind: FactTerm
    categories: ParamTerm
    total: Number
    takes: tuple[Take, ...] = ()
    where: Rule = Always()
    cites: Citation | None = None
    final: bool = False
    next: str = ""


@dataclass(frozen=True, slots=True)
class FinalWhen(_Combining):
    """Not yet inside becomes denied once the condition holds."""

    when: Node
    rule: Rule


@dataclass(frozen=True, slots=True)
class Route(_Combining):
    """A part with a name of its own, `says`: one of several ways to the same award; its value is its rule's."""

    id: str
    says: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Panel(_Combining):
    """A human body judges: needs panel until decided, then met, not yet (sent back) or denied."""

    id: str
    says: str
    decided: Node
    carried: Node
    sent_back: Node | None = None
    cites: Citation | None = None
    next: str = ""


Sentence: TypeAlias = Clause | EnoughOf | Panel
"""The nodes that carry a sentence; each is one clause of a finding."""
