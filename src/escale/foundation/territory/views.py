"""The territory in public: names suggested while one types, a commune and its history, zones, what is loaded."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.foundation.territory import queries, reach
from escale.foundation.territory.forms import found
from escale.foundation.territory.models import Commune, Zone
from escale.rules.refusal import Unknown
from escale.ui.dots import dots_svg, near
from escale.ui.routes import Request

#: What a commune's page shows around it.
AROUND_KM = 25
#: Communes of a zone named on its page; the file has them all.
NAMED = 3000


def communes(request: Request) -> HttpResponse:
    """``GET /communes/?q=``: at most twelve communes, ``label`` as the form understands it again."""
    suggested = queries.find(request.GET.get("q", "").replace("\0", "")[:100])
    listed = [{"code": one.code, "name": one.name, "label": f"{one.name} ({one.code})"} for one in suggested]
    return JsonResponse({"communes": listed}, json_dumps_params={"ensure_ascii": False})


def territory(request: Request) -> HttpResponse:
    """Find a commune; the zones; what is loaded, its sources and licences."""
    asked = request.GET.get("q", "").replace("\0", "")[:100].strip()
    context = {
        "q": asked,
        "found": queries.find(asked) if asked else (),
        "zones": queries.zones(),
        "totals": queries.totals(),
    }
    return render(request, "territory/territory.html", context)


def commune(request: Request, code: str) -> HttpResponse:
    """One commune of today: people by year, groupings, zones, what it was, how far another one is."""
    current = queries.current_code(code.upper())
    if current is None:
        raise Unknown
    if current != code:
        return HttpResponseRedirect(f"{reverse('commune', args=[current])}?ancien={code.upper()}")
    one = Commune.objects.get(code=code)
    former = list(one.former.exclude(code=one.code, name=one.name))
    people = list(one.populations.all())
    box = near((one.lon, one.lat), AROUND_KM)
    context = {
        "commune": one, "people": people, "groupings": one.groupings.all(), "zones": queries.zones_in_words(code),
        "former": former, "came": next((row for row in former if row.code == request.GET.get("ancien")), None),
        "drawing": dots_svg(reach.dots_in(box), [(one.lon, one.lat)], box),
        "around": AROUND_KM, **_way(request, one),
    }  # fmt: skip
    return render(request, "territory/commune.html", context)


def _way(request: Request, one: Commune) -> dict[str, object]:
    """How far the commune asked for is, or what is wrong with what was typed."""
    typed = request.GET.get("vers", "").replace("\0", "")[:120].strip()
    if not typed:
        return {"typed": "", "other": None, "problem": ""}
    try:
        other = found(typed)
    except ValidationError as error:
        return {"typed": typed, "other": None, "problem": error.messages[0]}
    return {
        "typed": typed, "other": other, "problem": "", "km": queries.distance_km(one, other),
        "minutes": queries.minutes_between(one.code, other.code),
    }  # fmt: skip


def zone(request: Request, key: str) -> HttpResponse:
    """One zone: where it comes from, its communes."""
    one = get_object_or_404(Zone, key=key)
    listed = list(one.communes.all()[:NAMED])
    points = [(commune.lon, commune.lat, 1) for commune in listed]
    context = {
        "zone": one,
        "communes": listed,
        "count": one.communes.count(),
        "drawing": dots_svg(points) if points else "",
    }
    return render(request, "territory/zone.html", context)
