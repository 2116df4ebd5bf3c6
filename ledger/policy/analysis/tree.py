"""A rule as a tree: every node with its words, its sources, the facts it reads and the values of a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ledger.policy.model import Policy
from ledger.policy.nodes import Always, ByCase, ByDefault, Clause, EnoughOf, FinalWhen, Panel, Sentence
from ledger.policy.plain import source
from ledger.policy.sheet import Value, value_words
from ledger.policy.terms import Node, needed_facts, needed_parameters, walk
from ledger.policy.wording import Wording, wording_on

_WORDS = {
    "AllOf": "all_of",
    "AnyOf": "any_of",
    "AtLeastOf": "at_least_of",
    "ByCase": "by_case",
    "ByDefault": "by_default",
    "EnoughOf": "enough_of",
    "FinalWhen": "final_when",
    "Not": "not_",
}


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One node of a rule.

    `word` is the word of the rule language; `text` says the node; `clause` is its id; `cites` its
    source, with the confidence in it; `parameters` holds the values it reads, as of the day; `facts`
    names what it reads, what stands below it included.
    """

    word: str
    text: str
    clause: str
    cites: str
    confidence: str
    final: bool
    next: str
    parameters: Mapping[str, str]
    facts: tuple[str, ...]
    parts: "tuple[TreeNode, ...]"


@dataclass(frozen=True, slots=True)
class PolicyTree:
    """The stages of a policy as trees, with the values of a day; a stage that asks nothing is null."""

    edition: str
    on: date
    applies: TreeNode | None
    eligible: TreeNode | None
    requires: TreeNode
    grants: Mapping[str, TreeNode]


def policy_tree(policy: Policy, on: date, overrides: Mapping[str, Value] | None = None) -> PolicyTree:
    """Return a policy as trees, with the values that hold for something dated on a day."""
    words = wording_on(policy, on, overrides)
    applies, eligible = (
        None if isinstance(rule, Always) else tree(rule, words) for rule in (policy.applies, policy.eligible)
    )
    grants = {grant.key: tree(grant.when, words) for grant in policy.grants if not isinstance(grant.when, Always)}
    return PolicyTree(policy.edition, on, applies, eligible, tree(policy.requires, words), grants)


def tree(node: Node, words: Wording) -> TreeNode:
    """Return a node and what stands below it."""
    cites, confidence = source(getattr(node, "cites", None))
    kind = type(node).__name__
    return TreeNode(
        _WORDS.get(kind, kind.lower()),
        _text(node, words),
        str(getattr(node, "id", "")),
        cites,
        "" if confidence is None else confidence.value,
        bool(getattr(node, "final", False)),
        str(getattr(node, "next", "")),
        {name: words.number(name) for name in needed_parameters(node)},
        needed_facts(node),
        tuple(_below(node, words)),
    )


def _text(node: Node, words: Wording) -> str:
    if isinstance(node, Sentence):
        return words.clause(node)
    return words.group(node) if _holds_sentences(node) else words.test(node)


def _holds_sentences(node: Node) -> bool:
    """Say whether a node combines sentences, rather than being a test."""
    return any(isinstance(part, Sentence) for part in walk(node))


def _below(node: Node, words: Wording) -> Iterator[TreeNode]:
    if isinstance(node, ByCase):
        yield from (_branch(f"{value_words(case.value)}:", "case", case.rule, words) for case in node.cases)
    elif isinstance(node, ByDefault):
        yield tree(node.base, words)
        for exception in node.exceptions:
            yield _branch(f"But if {words.test(exception.when)}:", "but_if", exception.rule, words)
    elif isinstance(node, FinalWhen):
        yield tree(node.rule, words)
    elif isinstance(node, EnoughOf):
        yield from () if isinstance(node.where, Always) else (tree(node.where, words),)
    elif not isinstance(node, Clause | Panel) and _holds_sentences(node):
        for part in getattr(node, "parts", None) or (node.rule,):  # type: ignore[attr-defined]
            yield tree(part, words)


def _branch(text: str, word: str, rule: Node, words: Wording) -> TreeNode:
    inside = tree(rule, words)
    return TreeNode(word, text, "", "", "", False, "", inside.parameters, inside.facts, (inside,))
