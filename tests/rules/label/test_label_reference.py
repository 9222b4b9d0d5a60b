"""The references of the referential and of the place are up to date, name every word, and their examples hold."""

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from escale.foundation.places import file as place_file
from escale.rules.label import reference
from escale.rules.label.document import read_referential
from escale.rules.label.format import place, referential
from escale.rules.label.verdict import answer, load
from escale.rules.shape.schema import json_schema
from tests.rules.scheme.test_reference import at, tree, words

DOCS = Path(__file__).parents[3] / "docs/reference"
BLOCKS = re.findall(r"```yaml (\w+)(?: ([\d-]+))?\n(.*?)```", reference.GUIDE.read_text(encoding="utf-8"), re.S)
FIRST, PLACE = tree(BLOCKS[0][2]), tree(BLOCKS[1][2])
FULL = tree(re.search(r"```yaml place\n(.*?)```", reference.PLACE_GUIDE.read_text(encoding="utf-8"), re.S)[1])


def examples():
    found, known = FIRST, PLACE
    for kind, day, text in BLOCKS[1:]:
        if kind == "recipe":
            found, known = {**FIRST, **tree(text)}, PLACE
        elif kind == "place":
            known = {**PLACE, **tree(text)}
        else:
            yield found, known, date.fromisoformat(day), tree(text)


def check(found, known, day, kind=None):
    document, problems = read_referential(found)
    assert [problem.as_json() for problem in problems] == []
    file, weeks, problems = place_file.read(known)
    assert [problem.as_json() for problem in problems] == []
    return answer(load(document), file, weeks, day, kind)


@pytest.mark.parametrize(("found", "known", "day", "expected"), list(examples()))
def test_each_example_holds(found, known, day, expected):
    answered = check(found, known, day)
    said = {path: json.dumps(at(answered, path)).strip('"') for path in expected}
    assert said == expected, json.dumps(answered, ensure_ascii=False, indent=1)


def test_each_word_has_an_example_that_runs():
    own = ("condition", "measure", "perimeter", "contact")
    known, used = words(referential.REFERENTIAL), set()
    for found, _place, _day, _expected in examples():
        used |= words(referential.REFERENTIAL, found)
    elsewhere = {pair for pair in known if pair[0] in own or pair in CONDITIONS}
    assert known - used - elsewhere == set()
    assert words(place.PLACE) - words(place.PLACE, FULL) == set()


#: the words of conditions have their examples in the scheme file's reference.
CONDITIONS = words(referential.CONDITION)


def test_the_whole_place_is_read():
    document, weeks, problems = place_file.read(FULL)
    assert problems == []
    assert len(weeks) == 2
    assert place_file.read(document) == (document, weeks, [])


def test_the_pages_are_up_to_date():
    command = "python -m escale.rules.label.reference docs/reference"
    assert (DOCS / "referential-file.md").read_text(encoding="utf-8") == reference.referential_page(), command
    assert (DOCS / "place-file.md").read_text(encoding="utf-8") == reference.place_page(), command


def test_json_schemas_hold():
    for kind, schema, given in (
        (referential.REFERENTIAL, referential.SCHEMA, read_referential(FIRST)[0]),
        (place.PLACE, place.SCHEMA, place_file.read(FULL)[0]),
    ):
        written = json_schema(kind, schema)
        jsonschema.Draft202012Validator.check_schema(written)
        jsonschema.validate(given, written)
