"""Reading a tree by its description: every problem at once, and one canonical form.

The canonical form holds only words that were written, in values that do not depend on how they were
written; its JSON with sorted words is what is digested.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from escale.rules.shape.kinds import Field, Kind, ListOf, MapOf, OneOf, Record, resolved
from escale.rules.shape.problem import Problem, nearest, quoted, under
from escale.rules.shape.scalar import Code, Ref, Scalar, read_scalar
from escale.rules.words import _

MOST_PROBLEMS = 200
DEEPEST = 24


class Reading:
    """One reading of one file: the problems, the codes defined by family, the references to check."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.defined: dict[str, set[str]] = {}
        self.asked: list[tuple[str, str, list[str | int]]] = []

    def read(self, kind: Kind, given: Any, steps: list[str | int]) -> Any:
        """The canonical form of ``given``, or None where it is wrong."""
        return self._read(resolved(kind), given, steps)

    def _read(self, kind: Scalar | Record | ListOf | OneOf | MapOf, given: Any, steps: list[str | int]) -> Any:
        start = len(self.problems)
        if len(steps) > DEEPEST:
            self.problems.append(Problem("too_deep", _("Trop de niveaux imbriqués."), list(steps)))
            return None
        if isinstance(kind, Record):
            return self._record(kind, given, steps)
        if isinstance(kind, ListOf):
            return self._list(kind, given, steps)
        if isinstance(kind, OneOf):
            return self._one_of(kind, given, steps)
        if isinstance(kind, MapOf):
            return self._map(kind, given, steps)
        value = read_scalar(kind, typed=False)(given, self.problems)
        _place(self.problems, start, steps)
        self._remember(kind, value, steps)
        return value

    def _record(self, kind: Record, given: Any, steps: list[str | int]) -> Any:
        if not isinstance(given, dict):
            expected = _("{label} : des mots et leurs valeurs sont attendus ({words}).")
            words = ", ".join(one.name for one in kind.fields[:8])
            self._wrong("wrong_type", expected.format(label=kind.label, words=words), steps)
            return None
        start, out = len(self.problems), {}
        known = {one.name: one for one in kind.fields}
        for name, value in given.items():
            one = known.get(name)
            if one is None:
                hint = nearest(str(name), known)
                self._wrong("unknown_word", _("mot inconnu : {word}. {hint}").format(word=quoted(name), hint=hint),
                            [*steps, str(name)])  # fmt: skip
                continue
            if value is None or value == "":
                continue
            out[name] = self.read(one.kind, value, [*steps, name])
        self._missing(kind, out, given, steps)
        if len(self.problems) == start:
            for check in kind.checks:
                found = len(self.problems)
                self.problems += check(out)
                for step in reversed(steps):
                    under(self.problems, found, step)
        return out

    def _missing(self, kind: Record, out: dict[str, Any], given: dict[str, Any], steps: list[str | int]) -> None:
        for one in kind.fields:
            if one.required and out.get(one.name) in (None, "") and not self._said(steps, one, given):
                sentence = _("il manque « {word} » ({label}).").format(word=one.name, label=one.label)
                self._wrong("missing_word", sentence, [*steps, one.name])

    def _said(self, steps: list[str | int], one: Field, given: dict[str, Any]) -> bool:
        """Whether a problem about this very word was said already."""
        return given.get(one.name) not in (None, "")

    def _list(self, kind: ListOf, given: Any, steps: list[str | int]) -> Any:
        if not isinstance(given, list):
            self._wrong("wrong_type", _("une liste est attendue ici (des lignes qui commencent par un tiret)."), steps)
            return None
        if not kind.least <= len(given) <= kind.most:
            counted = _("{n} éléments : entre {least} et {most} sont attendus.")
            self._wrong("wrong_count", counted.format(n=len(given), least=kind.least, most=kind.most), steps)
        out = [self.read(kind.item, value, [*steps, rank]) for rank, value in enumerate(given)]
        if kind.unique:
            self._unique(kind.unique, out, steps)
        return out

    def _map(self, kind: MapOf, given: Any, steps: list[str | int]) -> Any:
        if not isinstance(given, dict):
            self._wrong("wrong_type", _("des codes et leurs valeurs sont attendus ici."), steps)
            return None
        if len(given) > kind.most:
            counted = _("{n} éléments : {most} au plus.").format(n=len(given), most=kind.most)
            self._wrong("wrong_count", counted, steps)
        out = {}
        for name, value in given.items():
            start = len(self.problems)
            read_scalar(Code(), typed=False)(str(name), self.problems)
            _place(self.problems, start, [*steps, str(name)])
            if value is not None and value != "":
                out[str(name)] = self.read(kind.value, value, [*steps, str(name)])
        return out

    def _unique(self, word: str, items: list[Any], steps: list[str | int]) -> None:
        seen: set[str] = set()
        for rank, item in enumerate(items):
            code = item.get(word) if isinstance(item, dict) else item
            if code is None:
                continue
            if str(code) in seen:
                sentence = _("{code} est déjà plus haut dans cette liste.").format(code=quoted(code))
                self._wrong("repeated", sentence, [*steps, rank, word] if isinstance(item, dict) else [*steps, rank])
            seen.add(str(code))

    def _one_of(self, kind: OneOf, given: Any, steps: list[str | int]) -> Any:
        words = [mark for mark, _record in kind.forms]
        if not isinstance(given, dict):
            sentence = _("{label} : un de ces mots est attendu : {words}.")
            self._wrong("wrong_type", sentence.format(label=kind.label, words=", ".join(words)), steps)
            return None
        marks = [mark for mark in words if mark in given]
        if len(marks) == 1:
            return self._record(dict(kind.forms)[marks[0]], given, steps)
        if marks:
            sentence = _("ces mots ne vont pas ensemble : {words}.").format(words=", ".join(marks))
        else:
            typed = next(iter(given), "")
            sentence = _("{label} : aucun mot connu. {hint}").format(label=kind.label, hint=nearest(str(typed), words))
        self._wrong("wrong_form", sentence, steps)
        return None

    def _remember(self, kind: Scalar, value: Any, steps: list[str | int]) -> None:
        if value is None:
            return
        if isinstance(kind, Code) and kind.defines:
            self.defined.setdefault(kind.defines, set()).add(value)
        elif isinstance(kind, Ref):
            self.asked.append((kind.to, value, list(steps)))

    def _wrong(self, code: str, message: str, steps: list[str | int]) -> None:
        self.problems.append(Problem(code, message, list(steps)))

    def settle(self) -> None:
        """Checks the references once everything was read."""
        for family, code, steps in self.asked:
            known = self.defined.get(family, set())
            if code not in known:
                sentence = _("{code} n’est défini nulle part dans ce fichier. {hint}")
                hint = nearest(code, sorted(known))
                self._wrong("unknown_code", sentence.format(code=quoted(code), hint=hint), steps)


def read(kind: Kind, tree: Any) -> tuple[Any, list[Problem]]:
    """The canonical form of ``tree`` and its problems, at most ``MOST_PROBLEMS``, in the order of the file."""
    reading = Reading()
    real = resolved(kind)
    schema = real.get("schema") if isinstance(real, Record) else None
    if schema is not None and isinstance(tree, dict) and isinstance(tree.get("schema"), str):
        # Another format altogether: one sentence is worth more than a hundred.
        reading.read(schema.kind, tree["schema"], ["schema"])
        if reading.problems:
            return None, reading.problems
    value = reading.read(kind, tree, [])
    reading.settle()
    return value, reading.problems[:MOST_PROBLEMS]


def canonical_text(document: Any) -> str:
    """The canonical JSON of a document: sorted words, no spaces, real characters."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(document: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_text(document).encode()).hexdigest()


def _place(problems: list[Problem], start: int, steps: list[str | int]) -> None:
    for problem in problems[start:]:
        problem.steps = [*steps, *problem.steps]


def walk(kind: Kind, visit: Callable[[Record], None], seen: set[int] | None = None) -> None:
    """Visits every record of a description once."""
    seen = set() if seen is None else seen
    real = resolved(kind)
    if id(real) in seen:
        return
    seen.add(id(real))
    if isinstance(real, Record):
        visit(real)
        for one in real.fields:
            walk(one.kind, visit, seen)
    elif isinstance(real, ListOf | MapOf):
        walk(real.item if isinstance(real, ListOf) else real.value, visit, seen)
    elif isinstance(real, OneOf):
        for _mark, record in real.forms:
            walk(record, visit, seen)
