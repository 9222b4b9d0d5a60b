"""What everybody reads: the labels, their commitments, whether one is valid, its certificate."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from escale.capabilities.label import wording
from escale.capabilities.label.models import Label, Referential
from escale.capabilities.label.queries import diagnosis
from escale.foundation.documents.typesetting import pdf
from escale.foundation.places.models import Place
from escale.rules.refusal import Refused
from escale.ui import figures
from escale.ui.routes import Request, wants_json

PAPER = Path(__file__).resolve().parent.parent / "papers" / "certificate.typ"


def index(request: Request) -> HttpResponse:
    """The labels in force; asked from a place's page, each leads to what this place fulfils."""
    found = Referential.objects.filter(state="published")
    place = Place.objects.filter(slug=request.GET.get("lieu", "")[:200].replace("\0", "")).first()
    return render(request, "label/index.html", {"referentials": found, "place": place})


def show(request: Request, key: str) -> HttpResponse:
    """What a place commits to: families, criteria, charter."""
    found = get_object_or_404(Referential.objects.select_related("edition").filter(state="published"), key=key)
    document = diagnosis.document(found)
    families = [
        (one["label"], [row for row in document["criteria"] if row["family"] == one["code"]])
        for one in document.get("families", [])
    ]
    count = found.labels.valid(request.at).count()
    context = {"referential": found, "document": document, "families": families, "count": count}
    return render(request, "label/show.html", context)


def check(request: Request, code: str) -> HttpResponse:
    """Whether the label of this code is valid now: a page, or JSON for machines."""
    label = by_code(code)
    state = label.checked(request.at)
    told: dict[str, Any] = {
        "state": state, "from": label.since.isoformat(), "until": label.until.isoformat(), "place": label.place.name,
        "label": label.referential.title, "level": label.level, "act": label.act_reference, "code": label.code,
    }  # fmt: skip
    if wants_json(request):
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    context = {"label": label, "checked": state, "sentence": wording.CHECKED[state], "told": told}
    return render(request, "label/check.html", context)


def certificate(request: Request, code: str) -> HttpResponse:
    """The certificate as PDF, while the label is valid."""
    label = by_code(code)
    must_be_valid(label, request.at)
    address = f"{settings.ESCALE_BASE_URL}/verifier/{label.code}/"
    image = BytesIO()
    segno.make(address, error="m").save(image, kind="svg", xmldecl=False, border=0)
    data = {
        "title": label.referential.title, "place": label.place.name, "commune": label.place.commune.name,
        "number": label.number, "level": label.level, "since": figures.day(label.since, week=False),
        "until": figures.day(label.until, week=False), "act": label.act_reference, "address": address,
        "badge": f"{address}badge.jwt", "qr": image.getvalue().decode(),
    }  # fmt: skip
    return HttpResponse(pdf(PAPER, data), content_type="application/pdf")


def must_be_valid(label: Label, at: datetime) -> None:
    """Raises ``Refused`` with what anyone is told of the label: no paper and no badge of what is not valid."""
    state = label.checked(at)
    if state != "valid":
        raise Refused("not_valid", str(wording.CHECKED[state]))


def by_code(code: str) -> Label:
    """The label that bears this code, or 404."""
    return get_object_or_404(
        Label.objects.select_related("place__commune", "referential", "edition"), code=code.upper()
    )
