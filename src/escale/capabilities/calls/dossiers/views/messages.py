"""Messages with the service: the thread, writing, the files, how often one wants mail."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.capabilities.calls.dossiers import forms
from escale.capabilities.calls.dossiers.actions import messages as actions
from escale.capabilities.calls.dossiers.models import Dossier, MessageFile, Pace
from escale.capabilities.calls.dossiers.queries import lists, messages
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.foundation.documents.answers import serve
from escale.foundation.documents.kinds import extensions
from escale.foundation.journal import record
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires.reading import clean
from escale.foundation.questionnaires.saving import new_key
from escale.rules.refusal import Refused


def index(request: SignedIn, number: str) -> HttpResponse:
    """The thread; reading it is noted."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    answer = _page(request, dossier, forms.MessageForm(initial={"key": new_key()}), 200)
    actions.read(dossier, by=request.user)
    return answer


def write(request: SignedIn, number: str) -> HttpResponse:
    """Sends a message with its files. What was typed stays when a file is refused."""
    dossier: Dossier = obtain(lists.WHOLE, request, "write", number=number)
    form = forms.MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, dossier, form, 422)
    key = str(clean(request.headers.get("Idempotency-Key") or form.cleaned_data["key"]))[:80]
    files = request.FILES.getlist("files")
    try:
        made = actions.write(dossier, form.cleaned_data["text"], files=files, by=request.user, at=request.at, key=key)
    except Refused as refused:
        return _page(request, dossier, form, 409, refused)
    return see_other(f"{dossier.get_absolute_url()}messages/#message-{made.pk}")


def open_file(request: SignedIn, number: str, message: int, document: int) -> HttpResponseBase:
    """A file joined to a message: whoever reads the dossier now may open it."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    found = MessageFile.objects.select_related("document").filter(message__dossier=dossier, message=message)
    return serve(get_object_or_404(found, document=document).document, request)


def choose(request: SignedIn) -> HttpResponse:
    """When to write: at each message, once a day, never."""
    form = forms.PaceForm(request.POST or None, initial={"pace": messages.pace_of(request.user)})
    if request.method == "POST" and form.is_valid():
        actions.choose(Pace(form.cleaned_data["pace"]), by=request.user)
        return see_other(f"{reverse('dossier-mail-choose')}?fait=1")
    context = {"form": form, "done": "fait" in request.GET}
    return render(request, "dossiers/mail_choice.html", context, status=422 if request.method == "POST" else 200)


def _page(
    request: SignedIn, dossier: Dossier, form: forms.MessageForm, status: int, refused: Refused | None = None
) -> HttpResponse:
    fresh = set(messages.unread(request.user).filter(dossier=dossier).values_list("pk", flat=True))
    context = {
        "dossier": dossier,
        "thread": messages.of(dossier),
        "fresh": fresh,
        "form": form,
        "refused": refused,
        "verdict": record.verdict(dossier, "write", by=request.user, at=request.at),
        "accept": ",".join(extensions()),
        "side": messages.side_of(dossier, request.user, request.at),
    }
    return render(request, "dossiers/messages.html", context, status=status)
