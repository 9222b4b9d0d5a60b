"""Every word of the format has a control on a screen, its advice, and survives being shown and sent back.

The whole description is walked, whatever the demo's schemes use: a word added to the format without a
screen fails here.
"""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from escale.capabilities.calls.schemes.queries import parts
from escale.capabilities.calls.schemes.queries.dialect import COMPARISONS, DIALECT
from escale.capabilities.calls.schemes.wording import ADDING
from escale.foundation.editions.screens import Screen
from escale.foundation.editions.typed import Typing
from escale.foundation.editions.vocabulary import paged
from escale.rules.scheme.advice import ADVICE, advice
from escale.rules.scheme.document import FACTS, ROWS
from escale.rules.scheme.format.conditions import FACT
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.scheme.rarity import ONLY_FOR, RARE
from escale.rules.shape.kinds import Later, ListOf, OneOf, Record, resolved
from escale.rules.shape.reading import walk
from escale.rules.shape.scalar import Choice, Day, Euros, Number, Rate, YesNo
from tests.capabilities.calls.schemes.officer import Form

DEEPEST = 2


def sample(kind, depth=0):
    """A value of ``kind`` that says every word; forms that hold themselves stop after a few levels."""
    if isinstance(kind, Later):
        depth += 1
    real = resolved(kind)
    if isinstance(real, Record):
        return {one.name: sample(one.kind, depth) for one in real.fields if depth < DEEPEST or one.required}
    if isinstance(real, ListOf):
        if depth >= DEEPEST and isinstance(resolved(real.item), OneOf):
            return [sample(real.item, depth)]
        return [sample(real.item, depth)] * (2 if isinstance(resolved(real.item), Record) else 1)
    if isinstance(real, OneOf):
        word, record = (
            real.forms[-1] if depth < DEEPEST else next(one for one in real.forms if one[0] in ("number", "always"))
        )
        return sample(record, depth) | {word: sample(record.get(word).kind, depth)}
    return scalar(real)


def scalar(kind):
    if isinstance(kind, Choice):
        return kind.words[-1]
    known = {YesNo: "yes", Number: "3", Euros: "12.50", Rate: "25 %", Day: "2026-03-01"}
    if type(kind) in known:
        return known[type(kind)]
    named = {"commune": "14118", "instant": "2026-01-05T12:00", "duration": "24 months", "legal_form": "commune"}
    return named.get(getattr(kind, "name", ""), "14")


def drawn(node):
    return render_to_string("editions/node.html", {"node": node})


def shown(html):
    return Form(f"<form data-unsaved>{html}</form>").data


def sent(data):
    post = QueryDict(mutable=True)
    for name, values in data.items():
        post.setlist(name, values)
    return post


def screens():
    """Every record and every form of the description, each with the place where it would stand alone."""
    records = []
    walk(SCHEME, records.append)
    return [one for one in records if one.name != "scheme"]


@pytest.mark.parametrize("record", screens(), ids=lambda one: one.name)
def test_a_record_has_a_control_for_each_word(record, db):
    """Shown, then sent as it is: the draft is the same, so nothing of it was out of reach."""
    tree = {"it": sample(record)}
    comparing = [one for one in record.fields if one.name in COMPARISONS]
    screen = Screen(tree, [], DIALECT)
    if comparing:
        return  # a form of a condition: the next test walks each comparison
    node = screen.node(record, "it", record.label)
    data = shown(drawn(node))
    assert Typing(sent(data), DIALECT).value(record, "it", tree["it"]) == tree["it"]
    blank = Screen({"it": {}}, [], DIALECT).node(record, "it", record.label)
    there = set(shown(drawn(blank)))
    for one in record.fields:
        real = resolved(one.kind)
        name = f"it.{one.name}"
        paged_list = isinstance(real, ListOf) and paged(real.item)
        assert paged_list or any(found == name or found.startswith(f"{name}.") for found in there), name


def forms():
    kinds = []
    walk(SCHEME, lambda record: kinds.extend(one.kind for one in record.fields))
    found = {}
    for kind in kinds:
        real = resolved(kind.item if isinstance(kind, ListOf) else kind)
        if isinstance(real, OneOf):
            found[real.name] = real
    return [(kind, word) for kind in found.values() for word, _record in kind.forms]


@pytest.mark.parametrize(("kind", "word"), forms(), ids=lambda one: getattr(one, "name", one))
def test_each_form_and_each_comparison_is_offered(kind, word, db):
    record = dict(kind.forms)[word]
    offered = drawn(Screen({}, [], DIALECT).node(kind, "it", kind.label))
    assert f'<option value="{word}"' in offered
    words = [one.name for one in record.fields if one.name in COMPARISONS] or [""]
    rest = {one.name: sample(one.kind, 1) for one in record.fields if one.name not in COMPARISONS}
    for compared in words:
        tree = {"it": {**rest, **({compared: sample(record.get(compared).kind, 1)} if compared else {})}}
        node = Screen(tree, [], DIALECT).node(kind, "it", kind.label)
        html = drawn(node)
        assert Typing(sent(shown(html)), DIALECT).value(kind, "it", tree["it"]) == tree["it"], compared
        assert not compared or f'<option value="{compared}"' in html


def test_each_part_of_a_scheme_has_a_page():
    named = {one.name for one in SCHEME.fields if one.name not in parts.FIXED}
    assert named == {*(place for place in parts.ORDER if place), *(one.name for one in parts.FIRST.fields)}


def test_each_word_has_its_advice_and_each_list_its_button():
    silent, wordless = [], set()

    def visit(record):
        for one in record.fields:
            if one.name not in COMPARISONS and f"{record.name}.{one.name}" not in {f"scheme.{n}" for n in parts.FIXED}:
                silent.extend([] if advice(record.name, one.name) else [f"{record.name}.{one.name}"])
            item = resolved(one.kind.item) if isinstance(one.kind, ListOf) else None
            if isinstance(item, Record | OneOf) and item.name not in ADDING:
                wordless.add(item.name)

    walk(SCHEME, visit)
    assert silent == []
    assert wordless == set()


def test_advice_speaks_of_words_that_exist():
    known = set()
    walk(SCHEME, lambda record: known.update({f"{record.name}.{one.name}" for one in record.fields}
                                             | {f"*.{one.name}" for one in record.fields}))  # fmt: skip
    assert {*ADVICE, *RARE} - known == set()


def test_each_fact_is_proposed(db):
    """Facts of the dossier everywhere, those of a row inside a row."""
    proposed = {name for _title, rows in DIALECT.suggest(FACT, ["partners", "criteria", 0, "rule", "fact"], {})
                for name, _label in rows}  # fmt: skip
    assert {*FACTS, *(f"row.{name}" for name in ROWS)} - proposed == set()
    outside = {name for _title, rows in DIALECT.suggest(FACT, ["criteria", 0, "rule", "fact"], {}) for name, _l in rows}
    assert not [name for name in outside if name.startswith("row.")]


def test_a_word_without_sense_here_is_folded_and_never_lost(db):
    def names(kind, tree):
        shown, folded = Screen({"it": tree}, [], DIALECT).words(kind, "it")
        return {node.name for node in shown}, {node.name for node in folded}

    calendar = resolved(SCHEME.get("calendar").kind)
    assert (
        "it.waves" in names(calendar, {"kind": "deadline"})[1] and "it.waves" in names(calendar, {"kind": "waves"})[0]
    )
    assert "it.closes" in names(calendar, {"kind": "waves"})[1]
    assert "it.closes" in names(calendar, {"kind": "waves", "closes": "2026-03-31"})[0], (
        "what was written stays in sight"
    )
    for record, word in ONLY_FOR:
        known = set()
        walk(SCHEME, lambda one, known=known: known.update((one.name, field.name) for field in one.fields))
        assert (record, word) in known
