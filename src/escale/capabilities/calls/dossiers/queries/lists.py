"""Lists of dossiers and what was filed."""

import json
from datetime import datetime
from typing import Any

from django.db.models import CharField, QuerySet

from escale.capabilities.calls.dossiers.models import Dossier, DossierQuerySet, DossierVersion, Receipt
from escale.foundation.people.models import Person
from escale.foundation.prepared import Prepared, Slot


def visible(person: Person, at: datetime) -> "QuerySet[Dossier]":
    """The dossiers that the person reads, the newest first, ready for a list."""
    found = Dossier.objects.visible_to(person, at)
    return found.select_related("scheme", "organisation").order_by("-created_at", "-id")


def whole() -> DossierQuerySet:
    """Dossiers with all that a page of one of them needs."""
    return Dossier.objects.select_related(
        "scheme__service",
        "scheme__edition",
        "service",
        "edition",
        "organisation",
        "sheet",
        "subject",
        "origin",
        "behalf",
    )


_NUMBER = Slot("number", CharField())
#: ``whole``, of one ``number``.
WHOLE: Prepared[Dossier, Dossier] = Prepared(lambda: whole().filter(number=_NUMBER).order_by())
#: What saving one answer needs, of one ``number``: the call's text is read only by a process that has not kept it.
TO_FILL: Prepared[Dossier, Dossier] = Prepared(
    lambda: (
        Dossier.objects.select_related("edition", "organisation", "scheme", "sheet")
        .defer("edition__document")
        .filter(number=_NUMBER)
        .order_by()
    )
)
#: What filing needs, with the numbers of its stamp, likewise.
TO_FILE: Prepared[Dossier, Dossier] = Prepared(
    lambda: (
        Dossier.objects.select_related(
            "scheme__service", "scheme__subject", "edition", "organisation__commune", "organisation__subject", "sheet",
            "subject", "origin", "behalf__by",
        )
        .defer("edition__document")
        .filter(number=_NUMBER)
        .order_by()
    )
)  # fmt: skip


def latest_version(dossier: Dossier) -> DossierVersion | None:
    """What was filed last."""
    return DossierVersion.objects.filter(dossier=dossier).order_by("-n").first()


def receipt_of(dossier: Dossier) -> Receipt | None:
    """The receipt of the last filing."""
    return Receipt.objects.filter(version__dossier=dossier).select_related("version").order_by("-version__n").first()


def filed_document(version: DossierVersion) -> dict[str, Any]:
    """What was filed, from its canonical text."""
    found: dict[str, Any] = json.loads(version.document)
    return found
