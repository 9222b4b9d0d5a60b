"""The demonstration's dossiers come from the real actions."""

import pytest

from escale.capabilities.calls.dossiers.models import Dossier
from escale.demo import build
from escale.demo.people import person
from escale.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_each_dossier_has_the_journal_of_its_life(at):
    assert build.build(at=at, say=lambda line: None)
    dossiers = {one.state: one for one in Dossier.objects.order_by("pk")}
    assert sorted(one.state for one in Dossier.objects.all()) == ["draft", "submitted", "submitted"]
    acts = Entry.objects.filter(subject=dossiers["submitted"].subject).values_list("act", flat=True)
    assert list(acts) == ["create", "submit"]
    read = Dossier.objects.visible_to(person("officer"), at)
    assert {one.state for one in read} == {"submitted"} and read.count() == 2
    assert not Dossier.objects.visible_to(person("officer-elsewhere"), at).exists()
