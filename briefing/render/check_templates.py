"""A theme's templates read without being run: names that nothing answers to, and what would pass unnoticed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from briefing.errors import RenderError
from briefing.render.check_fields import constant, field_problems, seen_by
from briefing.render.environment import Level, Theme
from briefing.render.problems import ERROR, WARNING, Problem, of_error, problem, quoted
from briefing.render.sandbox import environment
from briefing.render.theme_file import own_file, read_text
from briefing.text.suggest import did_you_mean

SUFFIXES = (".html", ".md", ".txt")
# Fields that hold HTML or CSS of our making.
_MADE = ("css", "svg")


def template_problems(theme: Theme, level: Level, labels: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the templates of one theme of the line. ``labels`` are the page's own words."""
    for found in sorted(level.folder.rglob("*")):
        name = found.relative_to(level.folder).as_posix()
        path = own_file(level.folder, name)
        if path is None or path.suffix not in SUFFIXES or any(part.startswith(".") for part in Path(name).parts):
            continue
        try:
            source = read_text(path)
            tree = environment(theme.folders).parse(source, name, str(path))
        except TemplateSyntaxError as error:
            message = error.message or "an error of syntax"
            yield problem(ERROR, path, error.lineno, message, *quoted(message))
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
        seen = seen_by(name, theme.values, labels)
        if seen is not None:
            parents, included = _parents(theme, tree, {path}), partial(_part, theme, level)
            yield from field_problems(tree, path, seen, environment(theme.folders), parents, included)


def _references(theme: Theme, tree: nodes.Template, name: str, path: Path) -> Iterator[Problem]:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        assert isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport)
        if isinstance(node, nodes.Include) and node.ignore_missing:
            continue
        wanted = constant(node.template)
        if wanted is None:
            continue
        found = theme.folders.find(wanted)
        if found is None:
            text = f"no template {wanted!r}; searched: {theme.folders}"
            yield problem(ERROR, path, node.lineno, text, wanted.rpartition("/")[2])
        elif found == path and isinstance(node, nodes.Extends):
            parent = f"!{theme.levels[1].folder.name if len(theme.levels) > 1 else 'default'}/{name}"
            yield problem(ERROR, path, node.lineno, f"extends itself; write {{% extends {parent!r} %}}", "extends")


def _blocks(theme: Theme, tree: nodes.Template, path: Path) -> Iterator[Problem]:
    if tree.find(nodes.Extends) is None:
        return
    known = {block.name for parent in _parents(theme, tree, {path}) for block in parent.find_all(nodes.Block)}
    for node in tree.body:
        if isinstance(node, nodes.Block) and known and node.name not in known:
            hint = did_you_mean(node.name, known) or f"; there are: {', '.join(sorted(known))}"
            text = f"the template that this one extends has no block {node.name!r}, so it is never printed{hint}"
            yield problem(ERROR, path, node.lineno, text, node.name)
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData) or part.data.strip():
                    line, word = _beginning(part)
                    text = "stands outside of all blocks, so it is never printed"
                    yield problem(WARNING, path, line, text, word)


def _parents(theme: Theme, tree: nodes.Template, seen: set[Path]) -> list[nodes.Template]:
    """The templates that one extends, as far as they can be known."""
    extends = tree.find(nodes.Extends)
    name = constant(extends.template) if extends else None
    path = theme.folders.find(name) if name else None
    if path is None or path in seen:
        return []
    try:
        parent = environment(theme.folders).parse(read_text(path))
    except (TemplateSyntaxError, RenderError, RecursionError):
        return []
    return [parent, *_parents(theme, parent, seen | {path})]


def _part(theme: Theme, level: Level, name: str) -> tuple[Path, nodes.Template] | None:
    """A template that this theme's others include, which sees what they see; not one that sees a page's fields."""
    path = theme.folders.find(name)
    if path is None or not path.is_relative_to(level.folder) or seen_by(name, {}, {}) is not None:
        return None
    try:
        return path, environment(theme.folders).parse(read_text(path), name, str(path))
    except (TemplateSyntaxError, RenderError, RecursionError):
        return None


def _unescaped(tree: nodes.Template, path: Path) -> Iterator[Problem]:
    if path.suffix != ".html":
        return
    for node in tree.find_all(nodes.Filter):
        if node.name == "safe" and _last(node.node) not in _MADE:
            text = "'safe' prints without escaping: what an article says could then change the page"
            yield problem(WARNING, path, node.lineno, text, "safe")
    for change in tree.find_all(nodes.ScopedEvalContextModifier):
        text = "'autoescape' may print what an article says without escaping"
        yield problem(WARNING, path, change.lineno, text, "autoescape")


def _last(node: nodes.Node | None) -> str:
    """The field that an expression is of, whatever filters change it."""
    while isinstance(node, nodes.Filter):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else node.attr if isinstance(node, nodes.Getattr) else ""


def _beginning(part: nodes.Node) -> tuple[int, str]:
    """The line and the first word of what a template prints."""
    if not isinstance(part, nodes.TemplateData):
        return part.lineno, "{{"
    before, word, _ = part.data.partition(part.data.split()[0])
    return part.lineno + before.count("\n"), word
