"""What may stand in a function that judges: little enough that its answer follows from what it is asked alone.

A closed list, so that whatever nobody thought of is refused. It guards against mistakes; what a worker
is kept from guards against the rest.
"""

import ast
import builtins
from collections.abc import Callable, Iterator
from types import EllipsisType, MappingProxyType
from typing import Any, TypeAlias

from ledger.policy.nodes import Judged
from ledger.policy.terms import FactTerm

GIVEN = ("facts", "parameters")
"""What the two arguments of the function are called."""

FUNCTIONS = (
    "abs", "all", "any", "bool", "dict", "divmod", "enumerate", "int", "len", "list", "max", "min", "range",
    "reversed", "round", "sorted", "sum", "tuple", "zip",
)  # fmt: skip
"""What it may call."""

METHODS = ("append", "count", "endswith", "get", "items", "keys", "lower", "split", "startswith", "strip", "values")
"""What it may call of a value."""

_ARGUMENTS = ("default", "reverse", "start", "strict")

_PLAIN = (
    ast.Return, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.If, ast.For, ast.Break, ast.Continue, ast.Pass, ast.Expr,
    ast.IfExp, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.Call, ast.keyword, ast.Attribute, ast.Subscript,
    ast.Slice, ast.Name, ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.ListComp, ast.GeneratorExp, ast.DictComp,
    ast.comprehension, ast.expr_context, ast.And, ast.Or, ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod, ast.Not,
    ast.USub, ast.cmpop,
)  # fmt: skip

_WHY: MappingProxyType[type[ast.AST], str] = MappingProxyType(
    {
        ast.Import: "imports something; it may import nothing",
        ast.ImportFrom: "imports something; it may import nothing",
        ast.Global: "reaches out of the function with global; it may not",
        ast.Nonlocal: "reaches out of the function with nonlocal; it may not",
        ast.FunctionDef: "defines a function of its own; write out what it does",
        ast.AsyncFunctionDef: "defines a function of its own; write out what it does",
        ast.Lambda: "defines a function of its own; write out what it does",
        ast.ClassDef: "defines a class; use a list or a dictionary",
        ast.While: "loops with while, which may never end; loop with for over what is given",
        ast.Try: "catches an error; let it be seen",
        ast.Raise: "raises an error; return None where it cannot tell",
        ast.Set: "makes a set, which has no order; use a list",
        ast.SetComp: "makes a set, which has no order; use a list",
        ast.Div: "divides with /, which gives a float; compare products, or write //",
        ast.Pow: "raises to a power; write the product out",
        ast.JoinedStr: "writes a text; it may only answer",
    }
)


def faults(judged: Judged) -> tuple[str, ...]:
    """Return a sentence for everything that may not stand in a function, by line, counted from its `def`."""
    try:
        body = ast.parse(judged.source).body
    except SyntaxError as error:
        return (f"line {error.lineno}: is not Python: {error.msg}.",)
    function = body[0] if len(body) == 1 else None
    if not isinstance(function, ast.FunctionDef) or function.name != judged.function or function.decorator_list:
        return (f"is not the one function {judged.function!r} and nothing else.",)
    found = sorted(dict.fromkeys(_Reading(judged, function).faults()))
    return (*(f"line {line}: {what}." for line, what in found), *_unread(judged, function))


def _unread(judged: Judged, function: ast.FunctionDef) -> Iterator[str]:
    read = {ast.unparse(node) for node in ast.walk(function) if isinstance(node, ast.Attribute)}
    for term in judged.needs:
        if _as_read(term) not in read:
            yield f"says that it needs {term} and never reads {_as_read(term)}."


def _as_read(term: object) -> str:
    return f"{GIVEN[0] if isinstance(term, FactTerm) else GIVEN[1]}.{getattr(term, 'name', '')}"


_Fault: TypeAlias = tuple[int, str]


class _Reading:
    """Reads one function."""

    def __init__(self, judged: Judged, function: ast.FunctionDef) -> None:
        self.needs = {_as_read(term) for term in judged.needs}
        self.function = function
        self.inside = list(_below(function))
        self.own = {node.id for node in self.inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        self.whole = {id(node.value) for node in self.inside if isinstance(node, ast.Attribute)}
        self.called = {id(node.func) for node in self.inside if isinstance(node, ast.Call)}

    def faults(self) -> Iterator[_Fault]:
        """Yield every fault with its line."""
        yield from self._signature()
        line = self.function.lineno
        for node in self.inside:
            line = getattr(node, "lineno", line)
            if not isinstance(node, _PLAIN):
                yield line, _WHY.get(type(node), f"holds {type(node).__name__}, which has no place in it")
            elif (reader := _READERS.get(type(node))) is not None:
                yield from ((line, what) for what in reader(self, node))
        if not _answers(self.function.body):
            yield self.function.lineno, "may end without an answer: return True, False or None on every way"

    def _signature(self) -> Iterator[_Fault]:
        given = self.function.args
        if [each.arg for each in given.args] != list(GIVEN) or given.posonlyargs or given.kwonlyargs:
            yield self.function.lineno, "takes something else than (facts, parameters)"
        if given.defaults or given.kw_defaults or given.vararg or given.kwarg:
            yield self.function.lineno, "has arguments with a default, or as many as there are; it takes two"

    def name(self, node: ast.Name) -> Iterator[str]:
        """Judge a name: its own, one of the two arguments, or one of the few functions there are."""
        if isinstance(node.ctx, ast.Store):
            if node.id in (*GIVEN, *FUNCTIONS):
                yield f"gives {node.id!r} another meaning; take another name"
        elif node.id in GIVEN:
            if id(node) not in self.whole:
                one = min(self.needs, default="facts.score")
                yield f"hands on {node.id!r} as a whole; read one of what it holds, such as {one}"
        elif node.id not in (*FUNCTIONS, *self.own):
            is_python_s = hasattr(builtins, node.id)
            what = f"there are {', '.join(FUNCTIONS)}" if is_python_s else "hand it in as a fact or a parameter"
            yield f"reads {node.id!r}, which is neither its own nor given to it; {what}"

    def attribute(self, node: ast.Attribute) -> Iterator[str]:
        """Judge what is read of a value."""
        said = ast.unparse(node)
        if not isinstance(node.ctx, ast.Load):
            yield f"writes to {said}; it may write to names of its own alone"
        elif node.attr.startswith("_"):
            yield f"reads {said}, which is not for others"
        elif isinstance(node.value, ast.Name) and node.value.id in GIVEN and said not in self.needs:
            yield f"reads {said}, which it does not say that it needs"

    def call(self, node: ast.Call) -> Iterator[str]:
        """Judge a call: of one of the few functions or methods there are, with arguments it may have."""
        if isinstance(node.func, ast.Attribute):
            if node.func.attr not in METHODS:
                yield f"calls {ast.unparse(node.func)}; of a value it may call {', '.join(METHODS)}"
        elif not isinstance(node.func, ast.Name) or (node.func.id in self.own and node.func.id not in FUNCTIONS):
            yield f"calls {ast.unparse(node.func)}, which is no function by its name"
        for each in node.keywords:
            if each.arg not in _ARGUMENTS:
                yield f"gives a call the argument {each.arg or '**'}; it may give {', '.join(_ARGUMENTS)}"

    def constant(self, node: ast.Constant) -> Iterator[str]:
        """Judge a constant."""
        if isinstance(node.value, float | complex):
            yield f"holds the float {node.value!r}; give a whole number in the smallest unit"
        elif isinstance(node.value, bytes | EllipsisType):
            yield f"holds {node.value!r}, which has no place in it"

    def compare(self, node: ast.Compare) -> Iterator[str]:
        """Judge a comparison: only None, True and False are the same thing wherever they stand."""
        for operator, other in zip(node.ops, node.comparators, strict=True):
            same = isinstance(other, ast.Constant) and (other.value is None or isinstance(other.value, bool))
            if isinstance(operator, ast.Is | ast.IsNot) and not same:
                yield f"asks whether something is {ast.unparse(other)}; write =="

    def expression(self, node: ast.Expr) -> Iterator[str]:
        """Judge an expression that stands alone: a call, or a text that says what the function is."""
        is_text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if not isinstance(node.value, ast.Call) and not is_text:
            yield f"does nothing with {ast.unparse(node.value)}"


_READERS: MappingProxyType[type[ast.AST], Callable[[_Reading, Any], Iterator[str]]] = MappingProxyType(
    {
        ast.Name: _Reading.name,
        ast.Attribute: _Reading.attribute,
        ast.Call: _Reading.call,
        ast.Constant: _Reading.constant,
        ast.Compare: _Reading.compare,
        ast.Expr: _Reading.expression,
    }
)


def _below(node: ast.AST) -> Iterator[ast.AST]:
    """Yield every node of a function's body but for the types it names, which nobody looks at when it runs.

    What is refused as a whole is not looked into.
    """
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "args") and not isinstance(node, ast.Call):
            continue
        for child in value if isinstance(value, list) else (value,):
            if isinstance(child, ast.AST):
                yield child
                if isinstance(child, _PLAIN):
                    yield from _below(child)


def _answers(body: list[ast.stmt]) -> bool:
    """Say whether some statements never end without an answer."""
    last = body[-1]
    if isinstance(last, ast.If):
        return _answers(last.body) and bool(last.orelse) and _answers(last.orelse)
    return isinstance(last, ast.Return) and last.value is not None
