"""YAML 1.2 or JSON read as text with line marks: a scheme, a case, a referential, a place.

Every scalar stays text (``01004``, ``no``, ``2026-01-01``), typed later by the format. Anchors, aliases,
tags, repeated words, several documents and monstrous files are refused with a sentence.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from escale.rules.shape.problem import Problem, Step, quoted
from escale.rules.words import _

MOST_BYTES = 2 * 1024 * 1024
MOST_NODES = 60_000
DEEPEST = 40


@dataclass
class Marked:
    """The tree of a file, the line of each place (from 1), and what is wrong with the text itself."""

    tree: Any = None
    lines: dict[tuple[Step, ...], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Refused(Exception):
    def __init__(self, code: str, message: str, line: int) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, [], line)


def read_file(path: Path) -> Marked:
    """Reads a file; whatever is wrong with it is a problem, never an exception."""
    try:
        if path.stat().st_size > MOST_BYTES:
            sentence = _("le fichier pèse plus de {n} Mo.").format(n=MOST_BYTES // 1024 // 1024)
            return Marked(problems=[Problem("too_big", sentence)])
        return read_bytes(path.read_bytes())
    except OSError as error:
        sentence = _("le fichier ne peut pas être lu : {why}.").format(why=error.strerror or type(error).__name__)
        return Marked(problems=[Problem("unreadable", sentence)])


def read_bytes(content: bytes) -> Marked:
    """Reads the bytes of a file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Marked(problems=[Problem("not_utf8", _("encodage inattendu : enregistrez en UTF-8."), [], line)])
    if len(content) > MOST_BYTES:
        return Marked(problems=[Problem("too_big", _("le fichier est trop gros."))])
    return read_text(text)


def read_text(text: str) -> Marked:
    """Reads a text. JSON is YAML: one reader for both."""
    reader = _Reader()
    try:
        reader.document(yaml.CSafeLoader(text))
    except _Refused as refused:
        return Marked(problems=[refused.problem])
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = _("le texte n’est pas du YAML lisible : {why}.").format(why=error.problem or error.context or "?")
        return Marked(problems=[Problem("not_yaml", why, [], mark.line + 1 if mark else 0)])
    except (yaml.YAMLError, RecursionError) as error:
        why = _("le texte n’est pas du YAML lisible : {why}.").format(why=str(error).split("\n")[0][:200])
        return Marked(problems=[Problem("not_yaml", why)])
    return Marked(reader.tree, reader.lines)


class _Reader:
    """Builds the tree from the parser's events, one by one: nothing is ever expanded."""

    def __init__(self) -> None:
        self.tree: Any = None
        self.lines: dict[tuple[Step, ...], int] = {}
        self.count = 0

    def document(self, loader: yaml.CSafeLoader) -> None:
        try:
            documents = 0
            while True:
                event = _next(loader)
                line = event.start_mark.line + 1
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise _Refused("several_documents", _("un seul document par fichier."), line)
                elif isinstance(event, yaml.StreamEndEvent):
                    break
                elif isinstance(event, yaml.NodeEvent):
                    self.tree = self.node(loader, event, ())
        finally:
            loader.dispose()

    def node(self, loader: yaml.CSafeLoader, event: Any, steps: tuple[Step, ...]) -> Any:
        line = event.start_mark.line + 1
        self.count += 1
        self._refuse(event, steps, line)
        self.lines.setdefault(steps, line)
        if isinstance(event, yaml.ScalarEvent):
            empty = event.implicit[0] and event.value in ("", "~", "null")
            return None if empty else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := _next(loader), yaml.SequenceEndEvent):
                items.append(self.node(loader, event, (*steps, len(items))))
            return items
        return self._map(loader, steps)

    def _map(self, loader: yaml.CSafeLoader, steps: tuple[Step, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := _next(loader), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused("wrong_key", _("un mot simple est attendu avant les deux points."), line)
            self._refuse(event, steps, line)
            word = event.value
            if word in found:
                raise _Refused("repeated_word", _("{word} est écrit deux fois.").format(word=quoted(word)), line)
            self.lines[(*steps, word)] = line
            found[word] = self.node(loader, _next(loader), (*steps, word))
        return found

    def _refuse(self, event: Any, steps: tuple[Step, ...], line: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("anchor", _("les ancres et renvois (& et *) ne sont pas acceptés : répétez."), line)
        if getattr(event, "tag", None):
            raise _Refused("tag", _("les étiquettes (!…) ne sont pas acceptées."), line)
        if len(steps) > DEEPEST:
            raise _Refused("too_deep", _("trop de niveaux imbriqués."), line)
        if self.count > MOST_NODES:
            raise _Refused("too_big", _("plus de {n} éléments.").format(n=MOST_NODES), line)
        if isinstance(event, yaml.ScalarEvent) and "\x00" in event.value:
            raise _Refused("not_text", _("caractère nul dans le texte."), line)


def _next(loader: yaml.CSafeLoader) -> Any:
    """The parser's next event (its classes are untyped)."""
    return loader.get_event()
