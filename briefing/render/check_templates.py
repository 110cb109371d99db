"""A theme's templates read without being run: names that nothing answers to, and what would pass unnoticed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from briefing.errors import RenderError
from briefing.render.environment import Level, Theme
from briefing.render.problems import ERROR, WARNING, Problem, of_error, problem
from briefing.render.sandbox import environment
from briefing.render.theme_file import own_file, read_text
from briefing.text.suggest import did_you_mean

SUFFIXES = (".html", ".md", ".txt")
# Templates of pages, whose fields docs/templates.md tells; those of mails see others as well.
PAGES = ("brief.html", "brief.md", "brief.txt")
_UNKNOWN = None
# Fields that a template only asks after need not be there.
_ASKING = ("defined", "undefined")


def template_problems(theme: Theme, level: Level, context: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the templates of one theme of the line. ``context`` holds every field that there is."""
    for found in sorted(level.folder.rglob("*")):
        name = found.relative_to(level.folder).as_posix()
        path = own_file(level.folder, name)
        if path is None or path.suffix not in SUFFIXES or any(part.startswith(".") for part in Path(name).parts):
            continue
        try:
            source = read_text(path)
            tree = environment(theme.folders).parse(source, name, str(path))
        except TemplateSyntaxError as error:
            yield problem(ERROR, path, error.lineno, error.message or "an error of syntax")
            continue
        except RenderError as error:
            yield of_error(error, path)
            continue
        except RecursionError:
            yield problem(ERROR, path, 0, "is nested too deeply")
            continue
        yield from _references(theme, tree, name, path)
        yield from _blocks(theme, tree, path)
        yield from _unescaped(tree, path)
        if name in PAGES:
            yield from _Fields(path, context).problems(tree)


def _references(theme: Theme, tree: nodes.Template, name: str, path: Path) -> Iterator[Problem]:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        assert isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport)
        if isinstance(node, nodes.Include) and node.ignore_missing:
            continue
        wanted = _constant(node.template)
        if wanted is None:
            continue
        found = theme.folders.find(wanted)
        if found is None:
            text = f"no template {wanted!r}; searched: {theme.folders}"
            yield problem(ERROR, path, node.lineno, text, wanted.rpartition("/")[2])
        elif found == path and isinstance(node, nodes.Extends):
            parent = f"!{theme.levels[1].folder.name if len(theme.levels) > 1 else 'default'}/{name}"
            yield problem(ERROR, path, node.lineno, f"extends itself; write {{% extends {parent!r} %}}")


def _blocks(theme: Theme, tree: nodes.Template, path: Path) -> Iterator[Problem]:
    extends = tree.find(nodes.Extends)
    if extends is None:
        return
    known = _blocks_of(theme, _constant(extends.template), {path})
    for node in tree.body:
        if isinstance(node, nodes.Block) and known and node.name not in known:
            hint = did_you_mean(node.name, known) or f"; there are: {', '.join(sorted(known))}"
            text = f"the template that this one extends has no block {node.name!r}, so it is never printed{hint}"
            yield problem(ERROR, path, node.lineno, text, node.name)
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData) or part.data.strip():
                    yield problem(WARNING, path, part.lineno, "stands outside of all blocks, so it is never printed")


def _blocks_of(theme: Theme, name: str | None, seen: set[Path]) -> set[str]:
    """The blocks of a template and of those that it extends; none where they cannot be known."""
    path = theme.folders.find(name) if name else None
    if path is None or path in seen:
        return set()
    try:
        tree = environment(theme.folders).parse(read_text(path))
    except (TemplateSyntaxError, RenderError, RecursionError):
        return set()
    extends = tree.find(nodes.Extends)
    inherited = _blocks_of(theme, _constant(extends.template), seen | {path}) if extends else set()
    return inherited | {block.name for block in tree.find_all(nodes.Block)}


def _unescaped(tree: nodes.Template, path: Path) -> Iterator[Problem]:
    if path.suffix != ".html":
        return
    for node in tree.find_all(nodes.Filter):
        if node.name == "safe" and not (isinstance(node.node, nodes.Name) and node.node.name == "css"):
            text = "'safe' prints without escaping: what an article says could then change the page"
            yield problem(WARNING, path, node.lineno, text, "safe")
    for change in tree.find_all(nodes.ScopedEvalContextModifier):
        yield problem(WARNING, path, change.lineno, "'autoescape' may print what an article says without escaping")


def _constant(node: nodes.Node | None) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


class _Fields:
    """Follows names through loops and assignments to fields that the context does not have."""

    def __init__(self, path: Path, context: Mapping[str, Any]) -> None:
        self.path = path
        self.context = context
        self.found: list[Problem] = []

    def problems(self, tree: nodes.Template) -> list[Problem]:
        # Not by jinja2.meta, which compiles, and so works out what a stranger has written.
        given = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        given |= {macro.name for macro in tree.find_all(nodes.Macro)}
        self.known = given | self.context.keys() | _GLOBALS
        self.visit(tree, dict(self.context))
        return self.found

    def visit(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        match node:
            case nodes.Template() | nodes.Block():
                scope = dict(scope)
            case nodes.For():
                self.visit(node.iter, scope)
                scope = dict(scope) | self.bound(node.target, _element(self.shape(node.iter, scope)))
                for child in (*node.body, *node.else_, *((node.test,) if node.test else ())):
                    self.visit(child, scope)
                return
            case nodes.Macro() | nodes.CallBlock():
                scope = dict(scope) | {arg.name: _UNKNOWN for arg in node.args}
            case nodes.Assign():
                self.visit(node.node, scope)
                scope.update(self.bound(node.target, self.shape(node.node, scope)))
                return
            case nodes.AssignBlock() | nodes.With() | nodes.Import() | nodes.FromImport():
                scope.update({name.name: _UNKNOWN for name in node.find_all(nodes.Name) if name.ctx != "load"})
            case nodes.Test() if node.name in _ASKING:
                return
            case nodes.Filter() if node.name in ("default", "d"):
                return
            case nodes.Getattr() | nodes.Getitem() | nodes.Name():
                self.report(node, scope)
        for child in node.iter_child_nodes():
            self.visit(child, scope)

    def report(self, node: nodes.Getattr | nodes.Getitem | nodes.Name, scope: Mapping[str, Any]) -> None:
        if isinstance(node, nodes.Name):
            if node.ctx == "load" and node.name not in self.known:
                self.add(node, node.name, f"there is no {node.name!r}", self.context)
            return
        name = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
        fields = self.shape(node.node, scope)
        if name and isinstance(fields, dict) and name not in fields and not hasattr(fields, name):
            self.add(node, name, f"there is no {name!r}", fields)

    def add(self, node: nodes.Node, name: str, text: str, known: Mapping[str, Any]) -> None:
        hint = did_you_mean(name, known) or f"; there are: {', '.join(known)}"
        self.found.append(problem(ERROR, self.path, node.lineno, text + hint, name))

    def bound(self, target: nodes.Node, shape: Any) -> dict[str, Any]:
        if isinstance(target, nodes.Name):
            return {target.name: shape}
        return {name.name: _UNKNOWN for name in target.find_all(nodes.Name)}

    def shape(self, node: nodes.Node, scope: Mapping[str, Any]) -> Any:
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
                    return base if isinstance(node.arg, nodes.Slice) else _element(base)
                name = _constant(node.arg)
                return base.get(name, _UNKNOWN) if isinstance(base, dict) and name else _UNKNOWN
        return _UNKNOWN


def _element(shape: Any) -> Any:
    return shape[0] if isinstance(shape, list) and shape else _UNKNOWN


_GLOBALS = {"range", "dict", "cycler", "joiner", "namespace", "loop", "self", "super", "caller", "varargs", "kwargs"}
