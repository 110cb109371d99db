"""Names in a template followed to fields that nothing has: through loops, assignments, filters, and macros by what they
are called with. Nothing is run, so what no sample brief reaches is found as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

from briefing.render.fields import FIELDS, ONLY_HTML
from briefing.render.problems import ERROR, Problem, problem
from briefing.text.suggest import did_you_mean

# An example of a value stands for its kind: a dict for what has fields, a list of one item, a text, a number.
Shape = Any
_UNKNOWN = None
# Fields that a template only asks after need not be there.
_ASKING = ("defined", "undefined")
_GLOBALS = {"range", "dict", "cycler", "joiner", "namespace", "loop", "self", "super", "caller", "varargs", "kwargs"}
_WHAT = {list: "a list", str: "a text", int: "a number", bool: "true or false", float: "a number"}
_PLAIN: Mapping[str, Shape] = {"text": "", "number": 0, "yes or no": True}
_ITEM = ("first", "last", "random", "min", "max")
_SAME = ("list", "sort", "reverse", "unique", "select", "reject", "selectattr", "rejectattr", "default", "d")
# Which argument of a filter names a field of the items, where it is not called ``attribute``.
_ATTRIBUTE = {"selectattr": 0, "rejectattr": 0, "groupby": 0, "join": 1, "sum": 0}
# Only templates of mails see these; docs/mail.md tells them.
_MAIL: Mapping[str, Shape] = {
    "medium": "", "css": "", "subject": "", "preheader": "", "whole": "", "web": "", "pictures": [""],
    "person": {"address": "", "name": "", "unsubscribe": ""},
    "shortened": {"any": True, "quotations": 0, "stories": 0, "paragraphs": 0},
}  # fmt: skip
_MAILS = ("email.html", "email.txt", "subject.txt", "preheader.txt")
_PAGES = ("brief.html", "brief.md", "brief.txt")


def seen_by(name: str, theme: Mapping[str, Any], labels: Mapping[str, Any]) -> dict[str, Shape] | None:
    """What the template ``name`` sees, as an example; None for one that others include, which sees what they give."""
    if name not in (*_PAGES, *_MAILS):
        return None
    seen: dict[str, Shape] = _shape("context") | {"theme": {"name": ""} | dict(theme), "labels": dict(labels)}
    if name == "brief.html":
        seen |= {field: _shape(kind) for field, (kind, _) in ONLY_HTML.items()}
    return seen | dict(_MAIL) if name in _MAILS else seen


def _shape(kind: str) -> Shape:
    if kind.endswith("[]"):
        return [_shape(kind[:-2])]
    fields = FIELDS.get(kind)
    return {name: _shape(of) for name, (of, _) in fields.items()} if fields else _PLAIN.get(kind, _UNKNOWN)


def field_problems(
    tree: nodes.Template,
    path: Path,
    seen: Mapping[str, Shape],
    environment: Environment,
    parents: Sequence[nodes.Template] = (),
    included: Callable[[str], tuple[Path, nodes.Template] | None] = lambda name: None,
) -> list[Problem]:
    """What a template asks for that is not in ``seen``.

    ``parents`` are the templates that it extends; ``included`` gives those that it includes, which see what it sees.
    """
    return list(dict.fromkeys(_Fields(path, seen, environment, parents, included).problems(tree)))


class _Fields:
    def __init__(
        self,
        path: Path,
        seen: Mapping[str, Shape],
        environment: Environment,
        parents: Sequence[nodes.Template],
        included: Callable[[str], tuple[Path, nodes.Template] | None],
    ) -> None:
        self.path, self.seen, self.environment, self.included = path, seen, environment, included
        self.found: list[Problem] = []
        self.macros: dict[str, nodes.Macro] = {m.name: m for tree in parents for m in tree.find_all(nodes.Macro)}
        # Not by jinja2.meta, which compiles, and so works out what a stranger has written. A block sees the macros and
        # loops that stand around it in the template that is extended.
        self.known = set(seen) | _GLOBALS | {name for tree in parents for name in _given(tree)}
        self.top: dict[str, Shape] = dict(seen)
        self.entered: set[tuple[Any, ...]] = set()

    def problems(self, tree: nodes.Template) -> list[Problem]:
        own = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
        self.known |= set(_given(tree))
        self.macros |= own
        self.visit(tree, self.top)
        entered = {name for name, *_ in self.entered}
        for macro in own.values():
            # Nobody here calls it, or with what nobody knows.
            if macro.name not in entered:
                self.enter(macro, [])
        return self.found

    def visit(self, node: nodes.Node, scope: dict[str, Shape]) -> None:
        match node:
            case nodes.Block():
                scope = dict(scope)
            case nodes.For():
                self.visit(node.iter, scope)
                inner = dict(scope) | _bound(node.target, _item(self.shape(node.iter, scope)))
                for child in (*node.body, *node.else_, *((node.test,) if node.test else ())):
                    self.visit(child, inner)
                return
            case nodes.Macro():
                # Its arguments are known where it is called.
                for default in node.defaults:
                    self.visit(default, scope)
                return
            case nodes.CallBlock():
                scope = dict(scope) | {arg.name: _UNKNOWN for arg in node.args}
            case nodes.Call() if isinstance(node.node, nodes.Name) and node.node.name in self.macros:
                self.call(self.macros[node.node.name], node, scope)
            case nodes.Assign():
                self.visit(node.node, scope)
                scope.update(_bound(node.target, self.shape(node.node, scope)))
                return
            case nodes.AssignBlock() | nodes.With() | nodes.Import() | nodes.FromImport():
                scope.update(dict.fromkeys(_given(node), _UNKNOWN))
            case nodes.Include():
                self.include(constant(node.template), scope)
            case nodes.Test() if node.name in _ASKING:
                return
            case nodes.Filter() if node.name in ("default", "d"):
                return
            case nodes.Filter():
                self.filter(node, scope)
            case nodes.Test():
                self.named(node, node.name, self.environment.tests, "test")
            case nodes.Output():
                self.output(node, scope)
            case nodes.Getattr() | nodes.Getitem() | nodes.Name():
                self.report(node, scope)
        for child in node.iter_child_nodes():
            self.visit(child, scope)

    def call(self, macro: nodes.Macro, call: nodes.Call, scope: Mapping[str, Shape]) -> None:
        names = [arg.name for arg in macro.args]
        given = dict(zip(names, (self.shape(arg, scope) for arg in call.args), strict=False))
        given |= {kw.key: self.shape(kw.value, scope) for kw in call.kwargs}
        self.enter(macro, [given.get(name, _UNKNOWN) for name in names])

    def enter(self, macro: nodes.Macro, shapes: Sequence[Shape]) -> None:
        """The body of a macro with such arguments, once: macros call each other."""
        key = (macro.name, *map(_kind, shapes))
        if key in self.entered:
            return
        self.entered.add(key)
        names = [arg.name for arg in macro.args]
        scope = dict(self.top) | dict.fromkeys(names, _UNKNOWN) | dict(zip(names, shapes, strict=False))
        for child in macro.body:
            self.visit(child, scope)

    def include(self, name: str | None, scope: dict[str, Shape]) -> None:
        found = self.included(name) if name else None
        if found is None or ("include", found[0]) in self.entered:
            return
        self.entered.add(("include", found[0]))
        outer, (self.path, tree) = self.path, found
        self.known |= set(_given(tree))
        self.visit(tree, dict(scope))
        self.path = outer

    def report(self, node: nodes.Getattr | nodes.Getitem | nodes.Name, scope: Mapping[str, Shape]) -> None:
        if isinstance(node, nodes.Name):
            if node.ctx == "load" and node.name not in self.known:
                self.add(node, node.name, {**self.seen, **self.macros})
            return
        name = node.attr if isinstance(node, nodes.Getattr) else constant(node.arg)
        owner = self.shape(node.node, scope)
        if not name or owner is _UNKNOWN:
            return
        if not isinstance(owner, dict):
            if not hasattr(owner, name):
                text = f"{_WHAT[type(owner)]} has no {name!r}"
                self.found.append(problem(ERROR, self.path, node.lineno, text, name))
        elif name not in owner:
            if not hasattr(owner, name):
                self.add(node, name, owner)
        elif isinstance(node, nodes.Getattr) and hasattr(owner, name):
            text = f'.{name} is a method of Jinja\'s; write ["{name}"]'
            self.found.append(problem(ERROR, self.path, node.lineno, text, name))

    def output(self, node: nodes.Output, scope: Mapping[str, Shape]) -> None:
        for part in node.nodes:
            match part:
                case nodes.Name(name=name) | nodes.Getattr(attr=name):
                    shape = self.shape(part, scope)
                case nodes.Getitem(arg=nodes.Const(value=str(name))):
                    shape = self.shape(part, scope)
                case _:
                    continue
            if not isinstance(shape, dict | list):
                continue
            if isinstance(shape, list):
                text = f"{name!r} is a list: {{% for … in {name} %}}, or {name} | join(labels.comma)"
            elif "other" in shape:
                text = f"{name!r} has plural forms: {name} | fill(number=…)"
            else:
                text = f"{name!r} is no text; it has: {', '.join(shape)}"
            self.found.append(problem(ERROR, self.path, part.lineno, text, name))

    def filter(self, node: nodes.Filter, scope: Mapping[str, Shape]) -> None:
        self.named(node, node.name, self.environment.filters, "filter")
        wanted = _attribute(node)
        fields = _item(self.shape(node.node, scope)) if node.node and wanted else _UNKNOWN
        for name in (wanted or "").split("."):
            if isinstance(fields, dict) and name and name not in fields:
                self.add(node, name, fields)
            fields = fields.get(name, _UNKNOWN) if isinstance(fields, dict) else _UNKNOWN

    def named(self, node: nodes.Node, name: str, known: Iterable[str], what: str) -> None:
        if name not in known:
            hint = did_you_mean(name, list(known))
            self.found.append(problem(ERROR, self.path, node.lineno, f"there is no {what} {name!r}{hint}", name))

    def add(self, node: nodes.Node, name: str, known: Mapping[str, Shape]) -> None:
        hint = did_you_mean(name, known) or f"; there are: {', '.join(known)}"
        self.found.append(problem(ERROR, self.path, node.lineno, f"there is no {name!r}{hint}", name))

    def shape(self, node: nodes.Node | None, scope: Mapping[str, Shape]) -> Shape:
        """An example of what an expression gives, or nothing where it is not known."""
        match node:
            case nodes.Name():
                return scope.get(node.name, _UNKNOWN)
            case nodes.Getattr():
                fields = self.shape(node.node, scope)
                return fields.get(node.attr, _UNKNOWN) if isinstance(fields, dict) else _UNKNOWN
            case nodes.Getitem():
                base = self.shape(node.node, scope)
                if isinstance(base, list):
                    return base if isinstance(node.arg, nodes.Slice) else _item(base)
                name = constant(node.arg)
                return base.get(name, _UNKNOWN) if isinstance(base, dict) and name else _UNKNOWN
            case nodes.Add():
                return self.shape(node.left, scope) or self.shape(node.right, scope)
            case nodes.CondExpr():
                return self.shape(node.expr1, scope) or self.shape(node.expr2, scope)
            case nodes.Filter():
                base = self.shape(node.node, scope)
                if node.name in _SAME:
                    return base
                if node.name in _ITEM:
                    return _item(base)
                if node.name == "map" and isinstance(item := _item(base), dict):
                    return [item[name]] if (name := _attribute(node)) in item else _UNKNOWN
        return _UNKNOWN


def constant(node: nodes.Node | None) -> str | None:
    """The text that an expression is, where it is nothing but one."""
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


def _given(node: nodes.Node) -> Iterator[str]:
    """Names that a template gives itself."""
    yield from (name.name for name in node.find_all(nodes.Name) if name.ctx != "load")
    yield from (macro.name for macro in node.find_all(nodes.Macro))
    for source in node.find_all(nodes.Import) if isinstance(node, nodes.Template) else [node]:
        if isinstance(source, nodes.Import):
            yield source.target
    for source in node.find_all(nodes.FromImport) if isinstance(node, nodes.Template) else [node]:
        if isinstance(source, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in source.names)


def _bound(target: nodes.Node, shape: Shape) -> dict[str, Shape]:
    if isinstance(target, nodes.Name):
        return {target.name: shape}
    return {name.name: _UNKNOWN for name in target.find_all(nodes.Name)}


def _attribute(node: nodes.Filter) -> str | None:
    for kw in node.kwargs:
        if kw.key == "attribute":
            return constant(kw.value)
    at = _ATTRIBUTE.get(node.name)
    return constant(node.args[at]) if at is not None and len(node.args) > at else None


def _item(shape: Shape) -> Shape:
    return shape[0] if isinstance(shape, list) and shape else _UNKNOWN


def _kind(shape: Shape) -> Any:
    """What tells shapes apart: two dicts are of one kind where they have the same fields."""
    if isinstance(shape, list):
        return ("list", *map(_kind, shape[:1]))
    return tuple(shape) if isinstance(shape, dict) else type(shape).__name__
