"""Volume by bulk writes is whole: the doctor finds it sound, the desk reads it, the same seed gives the same."""

import json

import pytest

from escale.capabilities.calls.dossiers.models import AnswerIndex, Dossier, DossierVersion
from escale.capabilities.calls.dossiers.queries import readiness
from escale.capabilities.calls.dossiers.queries.copies import sections_of
from escale.capabilities.calls.instruction.queries import asking, desk, examining
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.clock.reading import now
from escale.foundation.journal import verify
from escale.foundation.people.models import Person
from escale.site import cli

pytestmark = pytest.mark.django_db


def test_it_is_sound_and_read_by_the_desk(capsys):
    assert cli.main(["fill", "--dossiers", "30", "--calls", "2", "--officers", "3", "--seed", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["dossiers"] == 30
    assert list(verify.problems()) == []
    assert AnswerIndex.objects.filter(dossier=Dossier.objects.first()).count() == 60
    officer = Person.objects.get(email="volume-1@demo.escale.example")
    page = desk.page(asking.Ask(q="commune", sort="-answer.q0"), officer, now())
    assert page.count == 30 and len(page.dossiers) == 30
    for dossier in Dossier.objects.select_related("edition")[:3]:
        assert examining.examination(dossier).total_cents == dossier.aid_cents
        ready = readiness.prepare(dossier, dossier.filed_at)
        assert len(ready.filled.given) == 70 and [gap.sentence for gap in ready.gaps] == []
        assert ready.answer["aid"]["total_cents"] == dossier.aid_cents
        assert sections_of(dossier.versions.get())[0]["facts"][0][1] == dossier.title
    first = DossierVersion.objects.order_by("pk").first()
    assert cli.main(["fill", "--dossiers", "30", "--calls", "2", "--officers", "3", "--seed", "5"]) == 0
    again = DossierVersion.objects.order_by("pk")[30]
    amounts = [json.loads(one.document)["case"]["expenses"] for one in (first, again)]
    assert amounts[0] == amounts[1] and Dossier.objects.count() == 60
    assert cli.main(["fill", "--dossiers", "-1", "--seed", "5"]) == 2


@pytest.mark.parametrize(("words", "calls", "officers"), [(["--calls", "3"], 3, 300), (["--officers", "4"], 0, 4),
                                                          (["--calls", "2", "--officers", "0"], 2, 0)])  # fmt: skip
def test_each_option_is_enough_alone(words, calls, officers, capsys):
    assert cli.main(["fill", *words, "--seed", "5", "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["calls"], told["officers"], told["dossiers"]) == (calls, officers, 0)
    assert Scheme.objects.public().count() == calls
    assert Person.objects.filter(email__startswith="volume-").count() == officers
    assert list(verify.problems()) == []
