"""The examination: its page, what is judged, the amount, visas, the end, the synthesis, why this amount."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction import forms, panels
from escale.capabilities.calls.instruction.actions import examining as actions
from escale.capabilities.calls.instruction.actions import papers
from escale.capabilities.calls.instruction.models import Visa
from escale.capabilities.calls.instruction.queries import examining, why
from escale.capabilities.calls.instruction.views.sheet import came_first, handled
from escale.foundation.documents import actions as documents
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused
from escale.ui.routes import done, wants_json


def show(request: SignedIn, number: str) -> HttpResponse:
    """Criteria, expenses, limits, aid, visas: everything to judge on one page."""
    return _page(request, handled(request, number))


def judge(request: SignedIn, number: str) -> HttpResponse:
    """Keeps what changed on the page; a refusal keeps what was typed."""
    dossier = handled(request, number, "judge")
    try:
        actions.judge(dossier, _points(request, dossier), by=request.user, at=request.at)
    except Refused as refused:
        return _page(request, dossier, 422, refused)
    return done(reverse("examination", args=[number]))


def fix_amount(request: SignedIn, number: str) -> HttpResponse:
    """Proposes another amount than the computed one."""
    dossier = handled(request, number, "fix-amount")
    form = forms.AmountForm(request.POST)
    if not form.is_valid():
        return _page(request, dossier, 422, amount_form=form)
    cents = form.cleaned_data["amount"]
    actions.fix_amount(dossier, cents, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
    return done(reverse("examination", args=[number]))


def ask_visa(request: SignedIn, number: str) -> HttpResponse:
    """Asks the visas that the call wants."""
    actions.ask_visas(handled(request, number, "ask-visa"), by=request.user, at=request.at)
    return done(reverse("examination", args=[number]))


def answer_visa(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Gives or refuses a visa: the address's last word."""
    handled(request, number)
    act = request.path.rpartition("/")[2]
    rows = Visa.objects.select_related("dossier__scheme__service", "dossier__service", "dossier__edition", "subject")
    visa: Visa = obtain(rows, request, act, dossier__number=number, pk=min(pk, 2**62))
    reason = request.POST.get("reason", "")[:2000].strip()
    if act == "refuse" and not reason:
        raise Refused("reason_missing", _("Dites pourquoi le visa est refusé : la personne qui a examiné le lira."))
    actions.answer_visa(visa, act, by=request.user, at=request.at, reason=reason)
    return done(reverse("examination", args=[number]))


def examine(request: SignedIn, number: str) -> HttpResponse:
    """Ends the examination."""
    dossier = handled(request, number, "examine")
    try:
        actions.examine(dossier, by=request.user, at=request.at)
    except Refused as refused:
        return _page(request, dossier, 409, came_first(dossier, refused))
    return done(reverse("synthesis", args=[number]))


def resume(request: SignedIn, number: str) -> HttpResponse:
    """Takes the examination up again."""
    actions.resume(handled(request, number, "resume"), by=request.user, at=request.at)
    return done(reverse("examination", args=[number]))


def synthesis(request: SignedIn, number: str) -> HttpResponse:
    """One sheet that says it all."""
    dossier = handled(request, number)
    return render(request, "instruction/synthesis.html", {"dossier": dossier, **why.synthesis(dossier)})


def synthesis_paper(request: SignedIn, number: str) -> HttpResponse:
    """The same as PDF."""
    dossier = handled(request, number)
    response = HttpResponse(papers.synthesis(dossier), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="synthese-{number}.pdf"'
    return response


def explain(request: SignedIn, number: str) -> HttpResponseBase:
    """Why this amount: one answer for ever, page or JSON, for each party according to its rights."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    told = why.told(dossier, inside="officer" in set(dossier.hats_of(request.user, request.at)))
    if wants_json(request) or request.GET.get("format") == "json":
        return JsonResponse({"schema": "escale.why/1", **told}, json_dumps_params={"ensure_ascii": False})
    return render(request, "instruction/why.html", {"dossier": dossier, "told": told})


def _page(
    request: SignedIn, dossier: Dossier, status: int = 200, refused: Refused | None = None, **more: Any
) -> HttpResponse:
    context = panels.examination(dossier, request.user, request.at, request.POST if refused else None)
    context |= {"dossier": dossier, "refused": refused, "amount_form": forms.AmountForm(), **more}
    return render(request, "instruction/examination.html", context, status=status)


def _points(request: SignedIn, dossier: Dossier) -> list[actions.Point]:
    """What the page says that differs from what stands."""
    seen, data = examining.examination(dossier), request.POST
    points = []
    for (kind, code), line in seen.lines.items():
        verdict, reason = data.get(f"{kind}.{code}.verdict", ""), data.get(f"{kind}.{code}.reason", "").strip()[:2000]
        upload, now = request.FILES.get(f"{kind}.{code}.evidence"), seen.judgements.get((kind, code))
        if verdict not in ("met", "failed", "not_applicable") or (
            now and (now.verdict, now.reason) == (verdict, reason) and not upload
        ):
            continue
        if (
            now is None
            and not reason
            and not upload
            and verdict == line["replayed"]
            and not data.get(f"{kind}.{code}.sure")
        ):
            continue
        kept = documents.store(upload, by=request.user, at=request.at) if upload else (now.evidence if now else None)
        points.append(actions.Point(kind, code, verdict, None, reason, kept))
    for line in seen.expenses:
        typed = data.get(f"expense.{line['rank']}.kept")
        if typed is None:
            continue
        cents, reason = _cents(typed, line), data.get(f"expense.{line['rank']}.reason", "").strip()[:2000]
        if (cents, reason) != (line["kept_cents"], line["reason"]):
            verdict = "kept" if cents == line["asked_cents"] else ("refused" if cents == 0 else "reduced")
            points.append(actions.Point("expense", str(line["rank"]), verdict, cents, reason))
    return points


def _cents(typed: str, line: dict[str, Any]) -> int:
    cents = forms.cents_of(typed)
    if cents is None:
        sentence = _("« {label} » : écrivez un montant en euros, comme 1 250,50.")
        raise Refused("not_an_amount", sentence.format(label=line["label"]))
    return cents
