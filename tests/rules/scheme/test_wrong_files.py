"""Wrong files: the problem, its place and its line, in words; never an exception, never slow to refuse."""

import pytest

from escale.foundation.questionnaires import marked
from escale.rules.scheme.document import read_scheme
from escale.rules.shape.problem import locate
from tests.rules.scheme.test_reference import BLOCKS
from tests.rules.scheme.wrong import WRONG

FIRST = BLOCKS[0][1]


def problems_of(text):
    found = marked.read_text(text)
    if found.problems:
        return found.problems
    document, problems = read_scheme(found.tree)
    locate(problems, found.lines)
    assert (document is None) == bool(problems)
    return problems


@pytest.mark.parametrize(("old", "new", "code", "path"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_each_wrong_file_is_refused_with_its_place(old, new, code, path):
    assert old in FIRST
    text = FIRST.replace(old, new, 1)
    problems = problems_of(text)
    said = [(problem.code, problem.path) for problem in problems]
    found = [one for one in problems if one.code == code and path in (None, one.path)]
    assert found, said
    assert len(found[0].message) > 10
    marked_line = next((n for n, line in enumerate(text.split("\n"), 1) if "#!" in line), None)
    if marked_line and path not in ("titel", None):
        assert found[0].line == marked_line, (found[0].as_json(), marked_line)


def test_the_right_file_has_no_problem():
    assert problems_of(FIRST) == []


def test_all_problems_are_told_at_once():
    text = (
        FIRST.replace("kind: aap", "kind: app")
        .replace("rate: 40 %", "rate: 40")
        .replace("eligible: no", "eligible: perhaps")
    )
    assert [problem.path for problem in problems_of(text)] == [
        "kind",
        "expenses[3].eligible",
        "aid.components[0].rates[0].rate",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"schema: \xff\xfe",
        b"a: " + b"[" * 5000,
        b"[" * 100_000,
        b"{" * 100_000,
        b'{"a": 1, "a": 2}',
        b'{"a": [1, 2',
        b"a: b\n" * 2_500_000,
        b"x: &x [y]\nz: [*x, *x]\n",
        b"- " * 50_000 + b"a",
        b"? {a: b}\n: c",
        b"a: \x07",
        b'{"a": "\\ud800"}',
        b"a: 'never closed",
        "clé: valeur".encode("utf-16"),
    ],
    ids=lambda content: repr(content[:12]),
)
def test_hostile_files_are_refused_with_a_sentence(content):
    found = marked.read_bytes(content)
    assert found.problems or read_scheme(found.tree)[1]
    for problem in found.problems:
        assert problem.message and problem.code
