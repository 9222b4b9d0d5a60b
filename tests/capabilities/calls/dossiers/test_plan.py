"""The financing plan: totals that meet or the gap in words, limits with figures, spreadsheets both ways."""

import copy
import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.foundation.clock import reading
from escale.foundation.questionnaires import tables
from escale.foundation.questionnaires.filled import load
from tests.capabilities.calls.dossiers.filling import World, text
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
BUDGET = "le-budget"
LIMITED = copy.deepcopy(DOCUMENT)
LIMITED["aid"]["vat"] = "ht"
LIMITED["limits"] = [
    {"code": "own_share", "effect": "reduce", "rate": "20 %"},
    {"code": "public_total", "effect": "reduce", "rate": "80 %", "on": "all"},
    {"code": "de_minimis", "effect": "block"},
]


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    return World(at, LIMITED)


def workbook():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Dépenses").write(0, 0, "Travaux")
    return out.getvalue()


def plan(own="5000", asked="5 000,00", **more):
    return {
        "expenses.e1.category": "works", "expenses.e1.label": "Toiture", "expenses.e1.ht": "10 000,00",
        "expenses.e1.vat": "2 000", "funding.f1.source": "own", "funding.f1.amount": own,
        "funding.f2.source": "public", "funding.f2.funder": "Région", "funding.f2.state": "asked",
        "funding.f2.amount": asked, **more,
    }  # fmt: skip


def gaps(world):
    dossier = lists.whole().get(pk=world.dossier.pk)
    return " · ".join(gap.sentence for gap in readiness.prepare(dossier, world.at).gaps_of(BUDGET))


def filled(world):
    dossier = lists.whole().get(pk=world.dossier.pk)
    ready = readiness.prepare(dossier, world.at)
    return ready.case, ready


def test_the_gap_is_said_in_cents_and_the_aid_with_its_lines(world):
    odile = world.browser(world.mayor)
    world.save(odile, BUDGET, plan(own="4 999,99"))
    page = text(odile.get(f"{world.address}{BUDGET}/"))
    assert "Il manque 0,01 € de ressources" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "5\u202f000,00" in page and "Aide possible" in page
    assert "0,01" in gaps(world)
    world.save(odile, BUDGET, plan())
    assert "Le plan est équilibré" in text(odile.get(f"{world.address}{BUDGET}/"))
    assert gaps(world) == ""


def test_what_passes_the_room_is_refused_with_the_figures(world):
    odile = world.browser(world.mayor)
    world.save(odile, BUDGET, plan(own="1 999,99", asked="8 000,01"))
    said = gaps(world).replace("\u202f", " ").replace("\xa0", " ")
    assert "8 000,01" in said and "8 000 €" in said and "0,01" in said


def test_de_minimis_room_counts_what_was_received(world):
    odile = world.browser(world.mayor)
    earlier = {
        "earlier_aids.a.granted_on": "01/06/2025", "earlier_aids.a.amount": "299 000", "earlier_aids.a.regime": "de_minimis"
    }  # fmt: skip
    world.save(odile, BUDGET, plan(**earlier))
    said = gaps(world).replace("\u202f", " ").replace("\xa0", " ")
    assert "299 000" in said and "300 000" in said and "4 000" in said
    page = text(odile.get(f"{world.address}{BUDGET}/"))
    assert "de minimis" in page.lower()


def test_revenue_and_gifts_in_kind_count_as_own_and_private(world):
    odile = world.browser(world.mayor)
    more = {
        "funding.f3.source": "revenue", "funding.f3.amount": "500", "funding.f4.source": "in_kind",
        "funding.f4.amount": "500", "funding.f4.proof": "deliberation",
    }  # fmt: skip
    world.save(odile, BUDGET, plan(own="4000", **more))
    case, _ready = filled(world)
    assert [row["source"] for row in case["funding"]] == ["own", "public", "own", "private"]
    assert all("proof" not in row for row in case["funding"])


def test_years_stand_side_by_side(world):
    odile = world.browser(world.mayor)
    more = {"expenses.e1.year": "2026", "expenses.e2.category": "works", "expenses.e2.label": "Sol",
            "expenses.e2.ht": "1000", "expenses.e2.year": "2027"}  # fmt: skip
    world.save(odile, BUDGET, plan(own="6000", **more))
    page = text(odile.get(f"{world.address}{BUDGET}/"))
    assert "Par année" in page and "2027" in page


def test_the_plan_goes_out_and_comes_back(world):
    odile = world.browser(world.mayor)
    world.save(odile, BUDGET, plan(**{"expenses.e1.label": "=cmd|' /C calc'!A0"}))
    before = load(world.dossier.sheet, _form(world)).values()
    for name in ("plan.xlsx", "plan.csv"):
        out = odile.get(f"{world.address}{name}")
        assert out.status_code == 200
        file = SimpleUploadedFile(name, out.content)
        back = odile.post(f"{world.address}{BUDGET}/import", {"file": file, "mode": "replace", "table": "expenses"})
        assert back.status_code == 303, (name, text(back).split("<main")[1].split("Avec un")[0])
        after = load(world.dossier.sheet, _form(world)).values()
        assert after["expenses"] == before["expenses"] and after["funding"] == before["funding"]
    assert b"'=cmd" in odile.get(f"{world.address}plan.csv").content
    assert "La remettre" in text(odile.get(f"{world.address}{BUDGET}/"))


def test_a_paste_is_read_with_or_without_its_head(world):
    odile = world.browser(world.mayor)
    bare = "Travaux\tToiture\t10 000,00\t2 000\t2026\n\ntravaux\tSol\t1.500,50\t\t2027\n"
    assert odile.post(f"{world.address}{BUDGET}/import", {"lines": bare, "table": "expenses"}).status_code == 303
    headed = "Montant;Financeur;Origine;État\n5000;Région;Financeur public;demandé\n6 500,50;;Fonds propres;\n"
    assert odile.post(f"{world.address}{BUDGET}/import", {"lines": headed, "table": "funding"}).status_code == 303
    case, _ready = filled(world)
    assert [row["ht"] for row in case["expenses"]] == ["10000", "1500.50"]
    assert [row["amount"] for row in case["funding"]] == ["5000", "6500.50"]


def test_wrong_cells_are_told_one_by_one_and_nothing_is_lost(world):
    odile = world.browser(world.mayor)
    lines = "Catégorie\tObjet\tMontant hors taxes\tCouleur\nTravaux\tToiture\t1.234\tbleu\nMeubles\tSol\tdouze\t\n"
    answer = odile.post(f"{world.address}{BUDGET}/import", {"lines": lines, "table": "expenses"})
    page = text(answer)
    assert answer.status_code == 422
    for said in ("1.234", "Meubles", "douze", "Couleur", "Réponses possibles : Travaux"):
        assert said in page
    assert "Travaux\tToiture\t1.234\tbleu" in page
    assert load(world.dossier.sheet, _form(world)).values() == {}


@pytest.mark.parametrize(
    "file",
    [
        workbook()[:-400],
        workbook().replace(b"sheet1", b"sheet9"),
        b"a;b\n" * 5000,
        b"%PDF-1.4\n%%EOF",
        b"PK\x03\x04broken",
        b"\xff\xfe\x00",
        b"",
        b"\0" * 2000,
        b"x" * (2 * 1024 * 1024 + 5),
    ],
)
def test_hostile_files_are_refused_in_words(world, file):
    odile = world.browser(world.mayor)
    answer = odile.post(f"{world.address}{BUDGET}/import", {"file": SimpleUploadedFile("plan.xlsx", file)})
    assert answer.status_code == 422
    assert load(world.dossier.sheet, _form(world)).values() == {}


def test_numbers_of_a_workbook_are_read_to_the_cent(world):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Feuille 1")
        for column, value in enumerate(("works", "Toiture", 0.1 + 0.2, 1234.5, 2026)):
            sheet.write(0, column, value)
    ((_name, cells),) = tables.of_file(out.getvalue())
    assert cells == [["works", "Toiture", "0,3", "1234,5", "2026"]]


def test_who_only_reads_may_take_the_plan_away_not_change_it(world):
    stranger = world.browser(world.stranger)
    assert stranger.get(f"{world.address}plan.xlsx").status_code == 404
    assert stranger.post(f"{world.address}{BUDGET}/import", {"lines": "x"}).status_code == 404


def _form(world):
    return filled(world)[1].call.form


def test_what_is_asked_here_stands_beside_what_is_computed(world):
    odile = world.browser(world.mayor)
    world.save(odile, BUDGET, plan(**{"funding.f2.funder": "Un autre"}))
    assert "Votre plan ne demande rien à Région" in text(odile.get(f"{world.address}{BUDGET}/"))
    world.save(odile, BUDGET, plan(**{"funding.f2.funder": "région"}))
    page = text(odile.get(f"{world.address}{BUDGET}/"))
    assert "Votre plan demande 5\u202f000" in page and 'list="own-funders"' in page


def opendocument(rows):
    """A workbook of LibreOffice, as it writes them: numbers carry their value, empty cells are repeated."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    lines = ""
    for row in rows:
        cells = "".join(
            f'<table:table-cell office:value-type="float" office:value="{one}"><text:p>{one}</text:p></table:table-cell>'
            if isinstance(one, int | float)
            else f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
            for one in row
        )
        lines += f"<table:table-row>{cells}<table:table-cell table:number-columns-repeated='1000'/></table:table-row>"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Dépenses">{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind, out = "application/vnd.oasis.opendocument.spreadsheet", io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("mimetype", kind)
        zipped.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
            f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        zipped.writestr("content.xml", content)
    return out.getvalue()


def test_a_workbook_of_libreoffice_brings_its_lines_and_its_wrong_cells_are_told(world):
    odile = world.browser(world.mayor)
    head = ["Catégorie", "Objet", "Montant hors taxes", "TVA", "Année"]

    def send(*rows):
        file = SimpleUploadedFile("plan.ods", opendocument([head, *rows]))
        return odile.post(f"{world.address}{BUDGET}/import", {"file": file, "table": "expenses", "mode": "add"})

    assert send(["Travaux", "Charpente", 1250.5, 250.1, 2026], ["Travaux", "Façade", 800, 0, 2027]).status_code == 303
    case, _ready = filled(world)
    told = [(one["label"], one["ht"], one["vat"], one["year"]) for one in case["expenses"]]
    assert told == [("Charpente", "1250.50", "250.10", 2026), ("Façade", "800", "0", 2027)]
    wrong = send(["Travaux", "Chauffage", "beaucoup", 0, 2026])
    assert wrong.status_code == 422
    assert "beaucoup" in text(wrong)
    assert len(filled(world)[0]["expenses"]) == 2, "nothing of a file with a wrong cell is added"
