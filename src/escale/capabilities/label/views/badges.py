"""The badge of a label, its issuer, its keys, the list of labels held back: what a verifier asks for."""

from django.http import HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control

from escale.capabilities.label.exports import badge, keys
from escale.capabilities.label.views.public import by_code, must_be_valid
from escale.rules.refusal import Unknown
from escale.ui.routes import Request

JWT = "application/vc+jwt"


def show(request: Request, code: str) -> HttpResponse:
    """The signed badge, while the label is valid."""
    label = by_code(code)
    must_be_valid(label, request.at)
    answer = HttpResponse(badge.signed(label), content_type=JWT)
    answer["Content-Disposition"] = f'attachment; filename="{label.number}.jwt"'
    return _fresh(answer)


def issuer(request: Request) -> HttpResponse:
    """Who issues the badges."""
    return _open(JsonResponse(badge.issuer(), json_dumps_params={"ensure_ascii": False}))


def key_set(request: Request) -> HttpResponse:
    """The public keys, retired ones included."""
    return _open(JsonResponse({"keys": keys.published()}))


def key(request: Request, kid: str) -> HttpResponse:
    """One public key, the one that a badge names."""
    found = next((one for one in keys.published() if one["kid"] == kid), None)
    if found is None:
        raise Unknown
    return _open(JsonResponse(found))


def status(request: Request, n: int) -> HttpResponse:
    """The labels not to be believed at this instant."""
    return _fresh(HttpResponse(badge.status_list(min(n, 2**40), request.at), content_type=JWT))


def _fresh(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, no_cache=True)
    return _open(answer)


def _open(answer: HttpResponse) -> HttpResponse:
    """A verifier is a page of another site."""
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
