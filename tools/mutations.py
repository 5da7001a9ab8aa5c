"""What may be changed in a file of Python: each change, what it is called, and the code that a function gets by it."""

from __future__ import annotations

import ast
import copy
import inspect
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "regionmap"

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
}  # fmt: skip
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}

Key = tuple[str, str, int]
"""A function: its file, its qualified name and its first line."""


class Mutant(NamedTuple):
    """A change of one function: what it is called, and the code that the function gets."""

    name: str
    function: Key
    code: CodeType


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node can be changed to."""
    yield from _changed_values(node)
    if isinstance(node, ast.If | ast.IfExp):
        negated = copy.copy(node)
        negated.test = ast.UnaryOp(ast.Not(), node.test)
        yield negated
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield ast.comprehension(node.target, node.iter, [], node.is_async)
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.AugAssign) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield ast.Pass()


def _changed_values(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            other = copy.deepcopy(node)
            other.ops[place] = _COMPARED[type(operator)]()
            yield other
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED and not _is_text(node):
        yield ast.BinOp(node.left, _COUNTED[type(node.op)](), node.right)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        yield ast.Call(ast.Name(_CALLED[node.func.id], ast.Load()), node.args, node.keywords)


def _is_text(node: ast.BinOp) -> bool:
    """Tell whether an operator has words on one side."""
    sides = (node.left, node.right)
    return any(isinstance(one, ast.JoinedStr) or isinstance(getattr(one, "value", None), str) for one in sides)


def _skipped(node: ast.AST) -> bool:
    """Tell whether nothing inside is changed: words of messages, and types."""
    return isinstance(node, ast.JoinedStr | ast.Raise | ast.Assert | ast.arguments | ast.AnnAssign)


class Place(NamedTuple):
    """Where a file can be changed: the number of a node, and which of the changes of that node."""

    path: Path
    node: int
    change: int


def places_of(path: Path) -> Iterator[Place]:
    """Yield every change that can be made in the functions of a file."""
    for node, (*_, found) in enumerate(_sites(ast.parse(path.read_text("utf-8")))):
        for change, _ in enumerate(changes(found)):
            yield Place(path, node, change)


@cache
def names_of(path: Path) -> dict[Place, str]:
    """Return what the changes of a file are called; those alike in one function are numbered.

    A change that stands in no function which can be given another code has no name.
    """
    text = path.read_text("utf-8")
    functions = list(_functions(compile(text, str(path), "exec")))
    names: dict[Place, str] = {}
    alike: Counter[str] = Counter()
    for number, (*_, node) in enumerate(_sites(ast.parse(text))):
        owner = next((one for one in functions if _holds(one, _line_number(node))), None)
        for change, other in enumerate(changes(node)):
            if owner is not None:
                where = f"{path.relative_to(PACKAGE).as_posix()} {owner.co_qualname}"
                name = f"{where}: `{_line(node)}` → `{_line(other)}`"
                alike[name] += 1
                names[Place(path, number, change)] = name if alike[name] == 1 else f"{name} ({alike[name]})"
    return names


def explained(text: str) -> dict[str, str]:
    """Return the reasons by the names of changes: a name stands at the head of a line, its reason below, indented."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith(" "):
            found[name] = f"{found[name]} {line.strip()}".strip()
        elif line and not line.startswith("#"):
            name = line
            found[name] = ""
    return found


def mutant_at(place: Place) -> Mutant | None:
    """Make a change; None where it stands in no function that can be given another code."""
    tree = ast.parse(place.path.read_text("utf-8"))
    owner, field, at, node = next(one for number, one in enumerate(_sites(tree)) if number == place.node)
    other = next(one for number, one in enumerate(changes(node)) if number == place.change)
    line = _line_number(node)
    changed = ast.copy_location(other, node) if isinstance(node, ast.expr | ast.stmt) else other
    if at is None:
        setattr(owner, field, changed)
    else:
        getattr(owner, field)[at] = changed
    code = compile(ast.fix_missing_locations(tree), str(place.path), "exec")
    for found in _functions(code):
        if _holds(found, line):
            return Mutant(
                names_of(place.path)[place], (str(place.path), found.co_qualname, found.co_firstlineno), found
            )
    return None


Site = tuple[ast.AST, str, int | None, ast.AST]


def _sites(tree: ast.AST, *, inside: bool = False) -> Iterator[Site]:
    """Yield the nodes inside functions with where each hangs."""
    for field, value in ast.iter_fields(tree):
        if field in {"returns", "annotation", "decorator_list"}:
            continue
        for place, node in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(node, ast.AST) or _skipped(node):
                continue
            if inside:
                yield tree, field, place, node
            yield from _sites(node, inside=inside or isinstance(node, ast.FunctionDef))


def _line_number(node: ast.AST) -> int:
    return getattr(node, "lineno", getattr(getattr(node, "target", None), "lineno", 0))


def _line(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    if isinstance(node, ast.comprehension):
        return " ".join([f"for {ast.unparse(node.target)} in …", *(f"if {ast.unparse(one)}" for one in node.ifs)])
    return " ".join(ast.unparse(node).split())[:110]


def _functions(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of the functions of a module and of the methods of its classes, not of what they hold."""
    for one in code.co_consts:
        if isinstance(one, CodeType) and one.co_name.isidentifier():
            if one.co_flags & inspect.CO_NEWLOCALS and one.co_flags & inspect.CO_OPTIMIZED:
                yield one
            else:  # the body of a class
                yield from _functions(one)


def _holds(code: CodeType, line: int) -> bool:
    lines = [at for *_, at in code.co_lines() if at]
    for one in code.co_consts:
        if isinstance(one, CodeType):
            lines += [at for *_, at in one.co_lines() if at]
    return min(lines) <= line <= max(lines)
