"""The editor's labels, advice and choices are English for who reads English: they come from the format's description."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from escale.capabilities.calls.schemes.queries.dialect import DIALECT
from escale.demo import calls
from escale.foundation.editions.screens import Screen, kind_at
from escale.foundation.editions.typed import steps_of
from escale.foundation.territory.models import Zone
from escale.rules import words
from escale.rules.regions import DEPARTEMENT_NAMES
from escale.rules.scheme.format.whole import SCHEME

#: Words that English keeps.
ALIKE = ("Département", "Départements", "organisation (SIRET)")
FILES = sorted((calls.HERE / "schemes").glob("*.yaml"))


def shown(node, screen, tree):
    """Every word of a node, of what it holds and of the pages it leads to."""
    yield from (text for text in (node.label, node.help, node.add) if text)
    yield from (str(label) for _word, label in node.options)
    for group in node.groups:
        yield str(group[0])
    for one in [*node.children, *node.folded, *(part for line in node.lines for part in line)]:
        yield from shown(one, screen, tree)
    if node.sort == "page":
        kind = kind_at(SCHEME, tree, steps_of(node.name))
        yield from shown(screen.node(kind, node.name, node.label), screen, tree)


@pytest.mark.django_db
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_label_stays_french(file):
    tree = calls.read(file)
    said = {}
    for language in ("fr", "en"):
        with translation.override(language), words.speaking(gettext):
            screen = Screen(tree, [], DIALECT)
            said[language] = list(shown(screen.node(SCHEME, "", ""), screen, tree))
    own = f"{tree} {list(Zone.objects.values_list('name', flat=True))} {DEPARTEMENT_NAMES} {ALIKE}"
    same = [fr for fr, en in zip(said["fr"], said["en"], strict=True) if fr == en and re.search("[é’]|. .", fr)]
    assert [text for text in same if re.sub("^[0-9AB]+ ", "", text) not in own] == []
    assert len(said["en"]) > 400
