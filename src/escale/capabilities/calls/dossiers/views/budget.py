"""The financing plan and spreadsheets: taken away as XLSX or CSV, brought back from a file or a paste."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.calls.dossiers import exports, forms
from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.form import BUDGET, call_of
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires.filled import load
from escale.rules.refusal import Refused, Unknown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(request: SignedIn, number: str) -> HttpResponse:
    """The plan as a workbook of two sheets."""
    dossier = _read(request, number)
    return _file(exports.plan_workbook(_tables(dossier)), XLSX, f"plan-{dossier.number}.xlsx")


def table(request: SignedIn, number: str) -> HttpResponse:
    """The plan as one CSV: the first column says expense or resource."""
    dossier = _read(request, number)
    return _file(exports.plan_csv(_tables(dossier)), "text/csv; charset=utf-8", f"plan-{dossier.number}.csv")


def take(request: SignedIn, number: str) -> HttpResponse:
    """Adds (or puts in place of those before) the lines of a file or of a paste; nothing when a cell is wrong."""
    dossier: Dossier = obtain(lists.WHOLE, request, "import", number=number)
    call = call_of(dossier.edition)
    if not call.document.get("expenses"):
        raise Unknown
    upload = request.FILES.get("file")
    text = request.POST.get("lines", "")
    asked = "funding" if request.POST.get("table") == "funding" else "expenses"
    blocks = forms.plan_blocks(call)
    try:
        read = forms.plan_lines(blocks, asked, text, upload if isinstance(upload, UploadedFile) else None)
    except Refused as refused:
        return _again(request, dossier, text, [], refused.message)
    if any(table.wrong for table in read.values()):
        return _again(request, dossier, forms.as_text(blocks, read, text), [(blocks[n], read[n]) for n in read], "")
    replace = request.POST.get("mode") == "replace"
    n = drafts.add_lines(
        dossier,
        {blocks[name].code: table.lines for name, table in read.items()},
        replace=replace,
        by=request.user,
        at=request.at,
    )
    return see_other(f"{dossier.get_absolute_url()}{BUDGET}/?lines={n}")


def said(request: SignedIn) -> str:
    """The sentence after lines were taken."""
    n = request.GET.get("lines", "")
    if not (n.isascii() and n.isdigit() and len(n) < 5):
        return ""
    return ngettext("Une ligne ajoutée au plan.", "{n} lignes ajoutées au plan.", int(n)).format(n=int(n))


def _again(request: SignedIn, dossier: Dossier, text: str, tables: list[Any], error: str) -> HttpResponse:
    """What was sent, with what is wrong by cell: to correct here, or in the spreadsheet."""
    context = {
        "dossier": dossier, "editable": True, "tables": tables, "paste_text": text, "paste_open": True,
        "paste_table": request.POST.get("table", "expenses"), "paste_mode": request.POST.get("mode", "add"),
        "paste_error": error or (_("Rien n’a été ajouté : corrigez les cellules ci-dessus.") if tables else ""),
    }  # fmt: skip
    return render(request, "dossiers/plan_import.html", forms.paste_options() | context, status=422)


def _read(request: SignedIn, number: str) -> Dossier:
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    if not call_of(dossier.edition).document.get("expenses"):
        raise Unknown
    return dossier


def _tables(dossier: Dossier) -> exports.Tables:
    call = call_of(dossier.edition)
    return exports.plan_tables(load(dossier.sheet, call.form), forms.plan_blocks(call))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
