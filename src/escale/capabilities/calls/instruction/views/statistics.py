"""Figures of a call: published, and for its officers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from escale.capabilities.calls.instruction.queries import scoring, statistics
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.foundation.territory import queries as territory
from escale.rules.refusal import Unknown
from escale.ui.dots import dots_svg
from escale.ui.routes import Request


def public(request: Request, key: str) -> HttpResponse:
    """What all may know: received, complete, supported, amounts, where."""
    scheme = get_object_or_404(Scheme.objects.public(), key=key)
    return _page(request, scheme, statistics.of(scheme, request.at))


def inside(request: SignedIn, key: str) -> HttpResponse:
    """All that the service's officers may see of a call."""
    scheme = get_object_or_404(Scheme.objects.filter(service__in=organisations.services_for(request)), key=key)
    return _page(request, scheme, statistics.of(scheme, request.at, request.user), inside=True)


def _page(request: Request, scheme: Scheme, figures: statistics.Figures, inside: bool = False) -> HttpResponse:
    if not figures.received and not inside and scheme.phase(request.at) == "coming":
        raise Unknown
    points = territory.dots()
    context = {
        "scheme": scheme, "figures": figures, "inside": inside,
        "scored": inside and scoring.is_scored(scheme),
        "drawing": dots_svg(points, figures.places) if points else "",
        "sentence": _("Où sont les projets soutenus") if not inside else _("Où sont les projets reçus"),
    }  # fmt: skip
    return render(request, "instruction/statistics.html", context)
