"""The examination: judged with reasons, recomputed by the one function, visas, frozen; why, pack, figures, opinions."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.instruction.actions import examining as actions
from escale.capabilities.calls.instruction.actions import handling
from escale.capabilities.calls.instruction.actions.examining import Point
from escale.capabilities.calls.instruction.models import Examination, Judgement, Opinion
from escale.capabilities.calls.instruction.queries import consulting, examining, why
from escale.foundation.clock import reading
from escale.foundation.journal.models import Entry
from escale.foundation.post.models import Mail
from escale.rules.refusal import NoHat, Refused
from escale.site import cli
from tests.capabilities.calls.instruction.world import PDF, World, days, tick

pytestmark = pytest.mark.django_db
CHECK = Path(__file__).resolve().parents[4] / "tools" / "check_pack.py"
JUDGED = {
    "criteria": [{"code": "local", "title": "Ancrage local", "source": "Règlement, article 3"}],
    "limits": [{"code": "own_share", "rate": "20 %", "effect": "reduce"}],
}


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    return World(at, **JUDGED)


def judged(world, dossier, *points):
    return actions.judge(dossier, list(points), by=world.officer, at=world.at + days(1))


def ready(world):
    """Complete, its one open criterion judged."""
    dossier = world.filed()
    handling.complete(dossier, by=world.officer, at=world.at)
    judged(world, dossier, Point("criterion", "local", "met", None, "Réunion publique du 3 mars."))
    return world.again(dossier)


def test_the_aid_follows_the_eligible_base(world):
    dossier = ready(world)
    assert examining.examination(dossier).total_cents == 500_000
    with pytest.raises(Refused) as silent:
        judged(world, dossier, Point("expense", "0", "reduced", 600_000))
    assert silent.value.code == "reason_missing"
    with pytest.raises(Refused) as above:
        judged(world, dossier, Point("expense", "0", "kept", 1_000_001, "Trop"))
    assert above.value.code == "too_much_kept" and "10 000 €" in above.value.refusal.message.replace("\u202f", " ")
    judged(world, dossier, Point("expense", "0", "reduced", 600_001, "Le devis ne porte que sur la moitié du toit."))
    seen = examining.examination(dossier)
    assert seen.total_cents == 300_001  # half of 6 000,01 €, rounded half up
    assert sum(line["amount_cents"] for line in seen.answer["aid"]["lines"]) == seen.total_cents
    assert seen.answer["aid"]["by_funder"] == {"region": 300_001}


def test_a_verdict_is_overridden_with_a_reason_only(world):
    dossier = ready(world)
    with pytest.raises(Refused):
        judged(world, dossier, Point("criterion", "legal_form", "failed"))
    judged(world, dossier, Point("criterion", "legal_form", "failed", None, "Les statuts disent autre chose."))
    seen = examining.examination(dossier)
    assert (seen.answer["verdict"], seen.total_cents) == ("ineligible", 0)
    line = next(one for one in seen.answer["criteria"] if one["code"] == "legal_form")
    assert (line["replayed"], line["verdict"], line["judged"]) == ("met", "failed", True)
    judged(world, dossier, Point("criterion", "legal_form", "met"))
    assert examining.examination(dossier).total_cents == 500_000
    assert Judgement.objects.filter(code="legal_form").count() == 2


def test_only_the_head_of_the_service_fixes_an_amount_and_says_why(world):
    dossier = ready(world)
    with pytest.raises(NoHat):
        actions.fix_amount(dossier, 400_000, reason="Accord", by=world.officer, at=world.at)
    with pytest.raises(Refused):
        actions.fix_amount(dossier, 400_000, reason=" ", by=world.lead, at=world.at)
    answer = world.browser(world.lead).post(
        f"/instruction/{dossier.number}/fix-amount", {"amount": "4 000,00", "reason": "Accord avec le porteur."}
    )
    assert answer.status_code == 303, answer.content.decode()[:2000]
    seen = examining.examination(dossier)
    assert (seen.computed_cents, seen.total_cents) == (500_000, 400_000)
    assert seen.answer["aid"]["lines"][-1]["reason"] == "Accord avec le porteur."
    actions.fix_amount(dossier, None, reason="Retour au calcul.", by=world.lead, at=world.at)
    assert examining.examination(dossier).total_cents == 500_000


def test_the_page_keeps_what_was_typed_and_writes_what_changed(world):
    dossier = ready(world)
    client, n = world.browser(world.officer), Judgement.objects.count()
    wrong = {"expense.0.kept": "beaucoup", "expense.0.reason": "Devis partiel", "limit.own_share.verdict": "met"}
    refused = client.post(f"/instruction/{dossier.number}/judge", wrong)
    assert refused.status_code == 422 and 'value="beaucoup"' in refused.content.decode()
    proof = SimpleUploadedFile("delib.pdf", PDF, "application/pdf")
    done = client.post(
        f"/instruction/{dossier.number}/judge",
        {"expense.0.kept": "8 000,50", "expense.0.reason": "Devis partiel", "limit.own_share.verdict": "met",
         "limit.own_share.reason": "Délibération jointe", "limit.own_share.evidence": proof},
    )  # fmt: skip
    assert done.status_code == 303
    rows = {(row.kind, row.code): row for row in Judgement.objects.order_by("pk")}
    assert rows[("expense", "0")].cents == 800_050 and rows[("limit", "own_share")].evidence.name == "delib.pdf"
    assert Judgement.objects.count() == n + 2
    page = client.get(f"/instruction/{dossier.number}/examination/").content.decode()
    assert "Devis partiel" in page and client.get(f"/instruction/{dossier.number}/synthesis/").status_code == 200
    again = client.post(
        f"/instruction/{dossier.number}/judge", {"expense.0.kept": "8000,50", "expense.0.reason": "Devis partiel"}
    )
    assert again.status_code == 303 and Judgement.objects.count() == n + 2


def test_it_ends_once_all_is_judged_and_what_ended_never_changes(world):
    dossier = world.filed()
    handling.complete(dossier, by=world.officer, at=world.at)
    client = world.browser(world.officer)
    early = client.post(f"/instruction/{dossier.number}/examine")
    assert early.status_code == 409 and 'data-code="unjudged"' in early.content.decode()
    judged(world, dossier, Point("criterion", "local", "met", None, "Vu sur place."))
    assert client.post(f"/instruction/{dossier.number}/examine").status_code == 303
    dossier = world.again(dossier)
    assert (dossier.state, dossier.proposed_cents) == ("examined", 500_000)
    kept = Examination.objects.get()
    paper = client.get(f"/instruction/{dossier.number}/synthesis.pdf").content
    assert paper.startswith(b"%PDF") and paper == client.get(f"/instruction/{dossier.number}/synthesis.pdf").content
    with pytest.raises(Refused):
        judged(world, dossier, Point("criterion", "local", "failed", None, "Non."))
    world.scheme.title = "Autre titre"
    world.scheme.save(update_fields=["title"])
    assert why.told(dossier, inside=True)["steps"][-1]["sha256"] == kept.sha256
    assert world.browser(world.lead).post(f"/instruction/{dossier.number}/resume").status_code == 303
    assert Examination.objects.get().sha256 == kept.sha256


def test_visas_by_scheme_are_given_by_someone_else_and_fall_when_the_proposal_changes(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    world = World(at, instruction={"four_eyes": "yes", "visa": "yes"}, **JUDGED)
    dossier, officer = ready(world), world.browser(world.officer)
    address = f"/instruction/{dossier.number}"
    missing = officer.post(f"{address}/examine")
    assert missing.status_code == 409 and 'data-code="visa_missing"' in missing.content.decode()
    assert officer.post(f"{address}/ask-visa").status_code == 303
    visas = {one.kind: f"{address}/visas/{one.pk}" for one in dossier.visas.all()}
    assert set(visas) == {"four_eyes", "lead"}
    assert officer.post(f"{visas['four_eyes']}/give").status_code == 403
    assert world.browser(world.colleague).post(f"{visas['lead']}/give").status_code == 403
    assert world.browser(world.colleague).post(f"{visas['four_eyes']}/give").status_code == 303
    judged(world, dossier, Point("expense", "0", "reduced", 100_000, "Erreur."))
    stale = world.browser(world.lead).post(f"{visas['lead']}/give")
    assert stale.status_code == 409 and 'data-code="proposal_changed"' in stale.content.decode()
    officer.post(f"{address}/ask-visa")
    for one in dossier.visas.filter(state="asked"):
        someone = world.colleague if one.kind == "four_eyes" else world.lead
        assert world.browser(someone).post(f"{address}/visas/{one.pk}/give").status_code == 303
    assert officer.post(f"{address}/examine").status_code == 303
    assert world.again(dossier).proposed_cents == 50_000


def test_why_is_one_answer_for_each_party(world):
    dossier = ready(world)
    actions.fix_amount(dossier, 100_000, reason="CANARI", by=world.lead, at=world.at)
    actions.examine(dossier, by=world.officer, at=world.at + days(1))
    mayor, officer = world.browser(world.mayor), world.browser(world.officer)
    page = mayor.get(f"/dossiers/{dossier.number}/why")
    assert page.status_code == 200 and "CANARI" not in page.content.decode()
    told = officer.get(f"/dossiers/{dossier.number}/why", headers={"Accept": "application/json"}).json()
    assert [step["kind"] for step in told["steps"]] == ["filing", "examination"] and told["total_cents"] == 100_000
    assert sum(line["amount_cents"] for line in told["steps"][-1]["lines"]) == 100_000
    assert world.browser(world.elsewhere).get(f"/dossiers/{dossier.number}/why").status_code == 404


def test_the_pack_is_checked_elsewhere_and_each_alteration_is_found(world, tmp_path):
    dossier = ready(world)
    actions.examine(dossier, by=world.officer, at=world.at + days(1))
    pack = tmp_path / "pack.zip"
    assert cli.main(["dossier", "pack", dossier.number, str(pack)]) == 0
    assert cli.main(["dossier", "pack", "D99-00001", str(pack)]) == 2

    def checked(path):
        done = subprocess.run(
            [sys.executable, "-I", str(CHECK), str(path)], capture_output=True, text=True, cwd=tmp_path
        )
        return done.returncode, done.stdout + done.stderr

    code, said = checked(pack)
    assert code == 0, said
    assert "1 version(s)" in said and "1 file(s)" in said
    with zipfile.ZipFile(pack) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    for name in members:
        if name == "pack.json":
            continue
        altered = tmp_path / "altered.zip"
        with zipfile.ZipFile(altered, "w") as out:
            for one, body in members.items():
                out.writestr(
                    one, body.replace(b"1", b"2", 1) if one == name and b"1" in body else body + b" " * (one == name)
                )
        code, said = checked(altered)
        assert code in (1, 2) and (code == 2 or name in said), (name, said)
    assert checked(CHECK)[0] == 2


def test_an_expert_sees_what_was_chosen_and_nothing_else(world):
    dossier = world.filed("Grange CANARI")
    officer = world.browser(world.officer)
    form = officer.get(f"/instruction/{dossier.number}/seek-opinion").content.decode()
    rank = next(key for key, title in consulting.choices(dossier)[0] if "lieu" in title)
    assert f'value="{rank}"' in form
    asked = officer.post(
        f"/instruction/{dossier.number}/seek-opinion",
        {"name": "Jeanne Roux", "email": "jeanne@exemple.fr", "question": "Le toit tient-il ?", "due_on": "2026-03-20",
         "sections": [rank]},
    )  # fmt: skip
    assert asked.status_code == 303, asked.content.decode()[:3000]
    mail = Mail.objects.get(template="instruction/opinion")
    link = re.search(r"/avis/[^/\s]+/", mail.text)[0]
    expert = Client()
    page = expert.get(link).content.decode()
    assert "Le toit tient-il" in page and "Haute" in page and "Toiture" not in page and "10 000" not in page
    assert expert.get(f"{link}pieces/deliberation").status_code == 404
    assert expert.get("/avis/nothing/").status_code == 404 and expert.get(link[:-3] + "x/").status_code == 404
    assert expert.post(f"{link}give", {"verdict": "", "text": ""}).status_code == 422
    for moved in (days(12), days(18)):
        reading.move_to(world.at + moved)
        tick()
    assert Mail.objects.filter(template="instruction/opinion_reminder").count() == 2
    assert expert.post(f"{link}give", {"verdict": "reserved", "text": "Il faut une étude."}).status_code == 303
    after = expert.get(link).content.decode()
    assert "Haute" not in after and Opinion.objects.get().verdict == "reserved"
    assert expert.post(f"{link}give", {"verdict": "favourable", "text": "Encore"}).status_code == 409
    assert "Il faut une étude" in officer.get(f"/instruction/{dossier.number}/").content.decode()
    assert "Il faut une étude" not in world.browser(world.mayor).get(f"/dossiers/{dossier.number}/").content.decode()


def test_figures_of_a_call(world):
    for n in range(3):
        world.filed(f"Projet {n}", key=str(n))
    public = Client().get("/appels/granges-2026/chiffres/").content.decode()
    assert "30 000,00" in public.replace("\u202f", " ") and "<svg" in public
    inside = world.browser(world.officer).get("/instruction/appels/granges-2026/")
    assert inside.status_code == 200 and "Par état" in inside.content.decode()
    assert world.browser(world.elsewhere).get("/instruction/appels/granges-2026/").status_code == 404


def test_the_applicant_never_reads_what_the_service_keeps_for_itself(world):
    dossier = ready(world)
    handling.note(dossier, "CANARI-NOTE", by=world.officer, at=world.at)
    handling.assign(dossier, world.colleague, by=world.officer, at=world.at)
    client = world.browser(world.mayor)
    for address in ("", "why", "recu"):
        page = client.get(f"/dossiers/{dossier.number}/{address}").content.decode()
        assert "CANARI" not in page and "Samira Haddad" not in page and "Bruno Piel" not in page
    assert "CANARI" not in json.dumps(list(Entry.objects.values("note", "data")), default=str)
