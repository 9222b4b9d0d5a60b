"""The names of communes, suggested while one types."""

from django.http import HttpResponse, JsonResponse

from escale.foundation.territory import queries
from escale.ui.routes import Request


def communes(request: Request) -> HttpResponse:
    """``GET /communes/?q=``: at most twelve communes, ``label`` as the form understands it again."""
    found = queries.find(request.GET.get("q", "")[:100])
    listed = [{"code": one.code, "name": one.name, "label": f"{one.name} ({one.code})"} for one in found]
    return JsonResponse({"communes": listed}, json_dumps_params={"ensure_ascii": False})
