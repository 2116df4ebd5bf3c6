"""`mastery policies tree`."""

from collections.abc import Iterator
from datetime import date

import click

from ledger.application.named import policy_named
from ledger.catalogue import load
from ledger.cli.options import day, plugins
from ledger.cli.policy_pages import today
from ledger.cli.printing import prints, show
from ledger.policy.analysis.tree import PolicyTree, TreeNode, policy_tree


@click.command()
@click.argument("policy")
@click.option("--on", type=day, help="The day whose values are shown; today where not given.")
@plugins
@prints(PolicyTree)
def tree(policy: str, on: date | None, plugins: tuple[str, ...], as_json: bool) -> None:
    """Show the rule as a tree: the words of the language, clauses, values of a day, sources and the facts read.

    Example: mastery policies tree us-tx/credit-by-examination
    """
    when = on or today()
    show(policy_tree(policy_named(load(plugins), policy, when), when), as_json, _lines)


def _lines(answer: PolicyTree) -> Iterator[str]:
    yield f"{answer.edition}; values of {answer.on}."
    stages = (("applies", answer.applies), ("eligible", answer.eligible), ("requires", answer.requires))
    for stage, node in (*stages, *((f"grants {key} where", node) for key, node in answer.grants.items())):
        if node is not None:
            yield stage
            yield from _node_lines(node, 1)


def _node_lines(node: TreeNode, depth: int) -> Iterator[str]:
    indent = "  " * depth
    name = f"{node.word} {node.clause}" if node.clause else node.word
    cites = f"  [{node.cites}, {node.confidence}]" if node.cites else ""
    yield f"{indent}{name}: {node.text}{' A failure is final.' if node.final else ''}{cites}"
    if node.clause or not node.parts:
        values = ", ".join(f"{key} = {value}" for key, value in node.parameters.items())
        reads = [f"facts {', '.join(node.facts)}"] if node.facts else []
        reads += [f"values {values}"] if values else []
        if reads:
            yield f"{indent}  reads {'; '.join(reads)}"
    for part in node.parts:
        yield from _node_lines(part, depth + 1)
