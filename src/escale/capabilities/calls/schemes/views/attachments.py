"""Documents beside a call: joined at the desk, opened by everyone once the call is public."""

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, queries
from escale.capabilities.calls.schemes.forms.around import AttachForm
from escale.capabilities.calls.schemes.models import Attachment, Scheme
from escale.capabilities.calls.schemes.views.drafted import desk_trail, drafted, obtained, person_of
from escale.foundation.documents.answers import serve
from escale.rules.refusal import Refused
from escale.ui.routes import Request


def index(request: Request, key: str) -> HttpResponse:
    """What is joined, and a form to join more."""
    return _page(request, key)


def attach(request: Request, key: str) -> HttpResponse:
    """Joins a file."""
    scheme = obtained(request, key, "attach")
    form = AttachForm(request.POST, request.FILES, pieces=_pieces(request, key))
    if not form.is_valid():
        return _page(request, key, form=form, status=422)
    given = form.cleaned_data
    try:
        actions.attach(
            scheme, given["file"], title=given["title"], piece=given["piece"], by=person_of(request), at=request.at
        )
    except Refused as refused:
        return _page(request, key, form=form, refused=refused, status=409)
    return HttpResponseRedirect(reverse("scheme-attachments", args=[key]), status=303)


def detach(request: Request, key: str, number: int) -> HttpResponse:
    """Withdraws a file."""
    scheme = obtained(request, key, "detach")
    attachment = get_object_or_404(scheme.attachments, pk=min(number, 2**62))
    actions.detach(scheme, attachment, by=person_of(request), at=request.at)
    return HttpResponseRedirect(reverse("scheme-attachments", args=[key]), status=303)


def download(request: Request, key: str, number: int) -> HttpResponseBase:
    """The file, for everyone when the call is public, for its service before."""
    person = request.user if request.user.is_authenticated else None
    scheme = get_object_or_404(Scheme.objects.visible_to(person, request.at), key=key)
    found = get_object_or_404(queries.attachments(scheme), pk=min(number, 2**62))
    return serve(found.document, request)


def _page(
    request: Request, key: str, *, form: AttachForm | None = None, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    scheme, pieces = obtained(request, key), _pieces(request, key)
    rows: list[Attachment] = list(queries.attachments(scheme).select_related("by"))
    context = {
        "scheme": scheme, "rows": [(one, dict(pieces).get(one.piece, "")) for one in rows], "refused": refused,
        "form": form or AttachForm(pieces=pieces), "trail": desk_trail(scheme), "label": _("Documents à télécharger"),
    }  # fmt: skip
    return render(request, "schemes/attachments.html", context, status=status)


def _pieces(request: Request, key: str) -> list[tuple[str, str]]:
    document = queries.shown_document(drafted(request, key).tree)
    return [(one["code"], one["label"]) for one in document.get("pieces", [])]
