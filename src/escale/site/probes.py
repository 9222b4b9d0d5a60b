"""What a machine that watches over the site asks: is it alive, is it ready."""

from dataclasses import asdict

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from escale.site import health
from escale.ui.routes import Request


def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return JsonResponse({"ok": True})


def ready(request: Request) -> HttpResponse:
    """200 when the site can serve, 503 with what is missing otherwise."""
    try:
        findings = [health.database(request.at, request.at), health.configuration(request.at, request.at)]
    except Error:
        findings = [health.Finding("database", False, _("La base ne répond pas."))]
    ok = all(finding.ok for finding in findings)
    return JsonResponse({"ok": ok, "checks": [asdict(finding) for finding in findings]}, status=200 if ok else 503)
