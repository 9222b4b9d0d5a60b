"""messages.py [--check]: renews the English catalogue from the sources; ``make messages``.

Reads every ``_("…")`` of the code, every ``{% translate %}`` of templates and letters, and the French words that
rules hold as data (``DATA``). Keeps the translations known, drops what is no longer said, adds what is new
without translation, then writes ``django.po`` and compiles ``django.mo``; compiles the French of ``argparse`` too, which
is written by hand. ``--check`` changes nothing and fails when the catalogue is stale, a sentence has no English, or an English one lost a name in braces.
"""

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "escale"
FOLDER = SRC / "site" / "locale" / "en" / "LC_MESSAGES"
FRENCH = SRC / "site" / "locale" / "fr" / "LC_MESSAGES"
#: function → where its message, and its plural, stand among its arguments.
CALLS = {
    "_": 1,
    "_now": 1,
    "_gettext": 1,
    "gettext": 1,
    "gettext_lazy": 1,
    "gettext_noop": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
}
#: Modules of pure rules whose French words are data, translated where they are shown.
DATA = (
    "rules/legal.py",
    "rules/scheme/facts.py",
    "rules/scheme/sentences.py",
    "rules/scheme/telling.py",
    "rules/doors.py",
)
#: Modules of closed lists, code → French label: the labels alone are words for people.
TABLES = (
    "rules/places.py",
    "rules/scheme/advice.py",
    "rules/scheme/advice_conditions.py",
    "rules/scheme/limits.py",
    "rules/label/place.py",
    "foundation/editions/vocabulary.py",
)
#: Folders that describe documents word by word; the screens that write them show each label.
FORMATS = ("rules/scheme/format", "rules/label/format")
#: maker of a description → where its label stands.
LABELS = {"Field": 2, "Record": 1, "OneOf": 1}
NAMED = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
DATED = datetime(2026, 1, 1, tzinfo=UTC)
type Said = str | tuple[str, str]


def said() -> dict[Said, set[str]]:
    """Every sentence of the product, and the files that say it."""
    found: dict[Said, set[str]] = {}
    for path in sorted(SRC.rglob("*")):
        if {"migrations", "locale", "static"} & set(path.parts) or path.suffix not in (".py", ".html", ".txt"):
            continue
        if path.suffix == ".txt" and "letters" not in path.parts:
            continue
        name = str(path.relative_to(ROOT))
        for sentence in _sentences(path):
            found.setdefault(sentence, set()).add(name)
    for name in DATA:
        for sentence in _words(SRC / name):
            found.setdefault(sentence, set()).add(f"src/escale/{name}")
    for name in TABLES:
        for label in _labels(SRC / name):
            found.setdefault(label, set()).add(f"src/escale/{name}")
    for folder in FORMATS:
        for path in sorted((SRC / folder).glob("*.py")):
            for label in (*_described(path), *_labels(path)):
                found.setdefault(label, set()).add(str(path.relative_to(ROOT)))
    return found


def _sentences(path: Path) -> Iterator[Said]:
    text = path.read_text(encoding="utf-8")
    code = text if path.suffix == ".py" else templatize(text, origin=str(path))
    for _line, call, message, _comments in extract_python(io.BytesIO(code.encode()), CALLS, (), {"encoding": "utf-8"}):
        parts = [one for one in (message if isinstance(message, tuple | list) else [message]) if isinstance(one, str)]
        if parts and parts[0]:
            yield (parts[0], parts[1]) if CALLS[str(call)] == 2 and len(parts) > 1 else parts[0]


def _words(path: Path) -> Iterator[str]:
    """The string constants of a module that are words for people: not codes, not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holders = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)]
    docs = {id(node.body[0].value) for node in holders if node.body and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            word = node.value
            if re.search(r"[^\x00-\x7f]|\w,? \(?\w", word) or re.fullmatch(r"[A-Z][a-z]+|[a-z]{2,} \{x\}", word):
                yield word


def _labels(path: Path) -> Iterator[str]:
    """The labels of a module's tables; words kept for a standard's files (``STANDARD_…``) are never shown."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Dict):
            continue
        targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
        if any(isinstance(one, ast.Name) and one.id.startswith("STANDARD_") for one in targets):
            continue
        for value in node.value.values:
            label = value.elts[0] if isinstance(value, ast.Tuple) else value
            if isinstance(label, ast.Constant) and isinstance(label.value, str):
                yield label.value


def _described(path: Path) -> Iterator[str]:
    """The labels of fields, of records and of the words of closed lists, in a module that describes documents."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        at = LABELS.get(node.func.id)
        labels = node.args[at : at + 1] if at is not None else []
        if node.func.id == "Choice" and node.args:
            options = [one for one in ast.walk(node.args[0]) if isinstance(one, ast.Tuple) and len(one.elts) == 3]
            labels = [one.elts[1] for one in options]
        for label in labels:
            if isinstance(label, ast.Constant) and isinstance(label.value, str) and label.value:
                yield label.value


def catalogue(known: Catalog) -> Catalog:
    """The sentences of today with the English that is known."""
    # Dates of the catalogue would make each run another file: they are left at one day for ever.
    made = Catalog(creation_date=DATED, revision_date=DATED, locale="en", domain="django", header_comment="# English of Escale: `make messages` renews it.",
                   project="escale", version="1", charset="utf-8", fuzzy=False)  # fmt: skip
    for sentence, places in sorted(said().items(), key=lambda one: str(one[0])):
        before = known.get(sentence if isinstance(sentence, str) else sentence[0])
        same = isinstance(before, Message) and before.pluralizable == isinstance(sentence, tuple)
        text = before.string if same and before is not None else ("" if isinstance(sentence, str) else ("", ""))
        made.add(sentence, text, [(place, None) for place in sorted(places)])  # type: ignore[list-item]  # no line number
    return made


def written(made: Catalog) -> tuple[bytes, bytes]:
    """The catalogue as ``.po`` and as ``.mo``, the same bytes each time."""
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, made, width=0, omit_header=True, include_lineno=False)
    head = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    made.mime_headers = [("Language", "en"), ("Content-Type", "text/plain; charset=utf-8"),
                         ("Plural-Forms", "nplurals=2; plural=(n != 1);")]  # fmt: skip
    write_mo(compiled, made)
    return (head + text.getvalue().decode()).encode(), compiled.getvalue()


def problems(made: Catalog) -> Iterator[str]:
    """Sentences without English, or whose English lost or invented a name."""
    for one in made:
        if not one.id:
            continue
        sources = [one.id] if isinstance(one.id, str) else list(one.id)
        texts = [one.string] if isinstance(one.string, str) else list(one.string)
        if not all(texts):
            yield f"no English: {sources[0]}"
        elif {*NAMED.findall(sources[-1])} != {*NAMED.findall(texts[-1])}:
            yield f"names differ: {sources[-1]} / {texts[-1]}"


def main(check: bool) -> int:
    """Writes the catalogue and says what has no English yet; with ``check``, 1 when something is amiss."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    po, mo = FOLDER / "django.po", FOLDER / "django.mo"
    known = read_po(io.BytesIO(po.read_bytes()), locale="en") if po.is_file() else Catalog(locale="en")
    made = catalogue(known)
    text, compiled = written(made)
    french, by_hand = io.BytesIO(), read_po(io.BytesIO((FRENCH / "argparse.po").read_bytes()), locale="fr")
    by_hand.creation_date = by_hand.revision_date = DATED
    write_mo(french, by_hand)
    wrong = list(problems(made))
    if not check:
        FOLDER.mkdir(parents=True, exist_ok=True)
        po.write_bytes(text)
        mo.write_bytes(compiled)
        (FRENCH / "argparse.mo").write_bytes(french.getvalue())
    elif (
        (FRENCH / "argparse.mo").read_bytes() != french.getvalue()
        or po.read_bytes() != text
        or mo.read_bytes() != compiled
    ):
        wrong.insert(0, "the catalogue is stale: run make messages")
    print("\n".join([*wrong[:20], f"{len(made)} sentences, {len(wrong)} to see"]), file=sys.stderr)
    return 1 if check and wrong else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "")
    sys.exit(main("--check" in sys.argv[1:]))
