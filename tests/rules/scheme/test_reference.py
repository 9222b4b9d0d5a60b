"""The reference is up to date, names every word, and each of its examples holds."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from escale.foundation.questionnaires import marked
from escale.rules.scheme import reference, trial
from escale.rules.scheme.document import read_scheme
from escale.rules.scheme.format.case import CASE as CASE_KIND
from escale.rules.scheme.format.conditions import _COMPARISONS, _SAID
from escale.rules.scheme.format.whole import SCHEMA, SCHEME
from escale.rules.shape.kinds import OneOf, Record, resolved
from escale.rules.shape.places import places
from escale.rules.shape.reading import walk
from escale.rules.shape.schema import json_schema

PAGE = Path(__file__).parents[3] / "docs/reference/scheme-file.md"
BLOCKS = re.findall(r"```yaml (\w+)\n(.*?)```", reference.GUIDE.read_text(encoding="utf-8"), re.S)


def tree(text):
    found = marked.read_text(text)
    assert found.problems == []
    return found.tree


FIRST, CASE = tree(BLOCKS[0][1]), tree(BLOCKS[1][1])


def examples():
    scheme, case = FIRST, CASE
    for kind, text in BLOCKS[1:]:
        if kind == "recipe":
            scheme, case = {**FIRST, **tree(text)}, CASE
        elif kind == "case":
            case = {**CASE, **tree(text)}
        else:
            yield scheme, case, tree(text)


def at(answer, path):
    here = answer
    for step in path.split("."):
        if isinstance(here, list):
            here = here[int(step)] if step.isdigit() else next(one["verdict"] for one in here if one["code"] == step)
        else:
            here = here[step]
    return here


@pytest.mark.parametrize(("scheme", "case", "expected"), list(examples()))
def test_each_example_holds(scheme, case, expected):
    document, problems = read_scheme(scheme)
    assert [problem.as_json() for problem in problems] == []
    edition = trial.load(document)
    typed, problems = edition.case(case)
    assert [problem.as_json() for problem in problems] == []
    found = trial.answer(edition, typed)
    said = {path: json.dumps(at(found, path)).strip('"') for path in expected}
    assert said == expected, json.dumps(found, ensure_ascii=False, indent=1)


def words(kind, given=None):
    """The (record, word) pairs that a description has, or that ``given`` uses of it."""
    seen = set()
    if given is None:
        walk(kind, lambda record: seen.update((record.name, one.name) for one in record.fields))
        return seen
    for _steps, inner, value in places(kind, given):
        real = resolved(inner)
        if isinstance(real, OneOf):
            real = next(record for mark, record in real.forms if mark in value)
        if isinstance(real, Record):
            seen |= {(real.name, word) for word in value if real.get(word)}
    return seen


def test_each_word_has_an_example_that_runs():
    known, used = words(SCHEME) | words(CASE_KIND), set()
    for scheme, case, _expected in examples():
        used |= words(SCHEME, scheme)
        used |= words(CASE_KIND, {word: value for word, value in case.items() if word not in ("answers", "facts")})
    shared = {one.name for one in (*_COMPARISONS, *_SAID)}
    forgotten = known - used - {pair for pair in known if pair[1] in shared}
    assert forgotten == set()
    assert shared <= {word for _record, word in used}


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == reference.page(), "python -m escale.rules.scheme.reference > " + str(
        PAGE
    )


def test_json_schema_holds_for_the_first_scheme():
    document, _problems = read_scheme(FIRST)
    schema = json_schema(SCHEME, SCHEMA)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
