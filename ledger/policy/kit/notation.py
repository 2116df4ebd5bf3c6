"""Terms and tests in a short notation of one line, for keys and for sentences to authors."""

from ledger.policy.nodes import AllOf, AnyOf, Not
from ledger.policy.sheet import value_words
from ledger.policy.terms import Comparison, CountOf, Exists, FactTerm, Node, ParamTerm, SumTerm, Times


def noted(node: object) -> str:
    """Write a term, a test or a constant: `percent >= param.score`."""
    if isinstance(node, Comparison):
        return f"{noted(node.left)} {node.operator.value} {noted(node.right)}"
    if isinstance(node, Exists):
        return f"{noted(node.term)} exists"
    if isinstance(node, Not):
        return f"not {noted(node.rule)}"
    if isinstance(node, AllOf | AnyOf):
        word = " and " if isinstance(node, AllOf) else " or "
        return f"({word.join(noted(part) for part in node.parts)})"
    return _term(node) if isinstance(node, Node) else value_words(node)  # type: ignore[arg-type]


def _term(node: Node) -> str:
    if isinstance(node, ParamTerm):
        keys = ", ".join(noted(key) for key in node.keys)
        return f"param.{node.name}" + (f"[{keys}]" if keys else "")
    if isinstance(node, SumTerm):
        return " + ".join(noted(part) for part in node.parts)
    if isinstance(node, Times):
        return f"{node.factor} times {noted(node.term)}"
    if isinstance(node, CountOf):
        return f"count of {node.list.name}"
    return node.name if isinstance(node, FactTerm) else "always"
