"""One call for its service: where it is, what may be done to it now, and the acts of its life."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, panels, queries, wording
from escale.capabilities.calls.schemes.forms import life as forms
from escale.capabilities.calls.schemes.models import Scheme
from escale.capabilities.calls.schemes.queries import parts
from escale.capabilities.calls.schemes.views.drafted import desk_trail, drafted, obtained, person_of
from escale.rules.refusal import Refused
from escale.ui.routes import Request


def show(request: Request, key: str) -> HttpResponse:
    """The overview: the parts in words, what is to be mended, where the call is, what may be done."""
    draft, person = drafted(request, key), person_of(request)
    edit = reverse("scheme-edit", args=[key])
    context: dict[str, Any] = {
        "scheme": draft.scheme, "edit": edit, "groups": parts.parts(draft.tree, draft.problems),
        "problems": parts.pointed(draft.tree, draft.problems),
        "links": {name: reverse(f"scheme-{name}", args=[key]) for name in ("preview", "bench")},
        "facts": panels.standing(draft.scheme, request.at),
        "acts": panels.acts(draft.scheme, len(draft.problems), by=person, at=request.at),
        "around": panels.around(draft.scheme), "history": panels.history(draft.scheme),
        "trail": [(_("Appels du service"), reverse("schemes"))],
        "lead": _("Chaque partie a sa page. Rien n’est public avant qu’une autre personne l’ait publié."),
    }  # fmt: skip
    return render(request, "schemes/overview.html", context)


def submit(request: Request, key: str) -> HttpResponse:
    """Asks a second person to read."""
    return _step(request, key, "submit-for-review")


def send_back(request: Request, key: str) -> HttpResponse:
    """Gives the draft back to its writers."""
    return _step(request, key, "send-back")


def archive(request: Request, key: str) -> HttpResponse:
    """Puts the call away, for good: it leaves the public list, its dossiers keep their text."""
    scheme = obtained(request, key, "archive")
    form = forms.ReasonForm(request.POST if request.method == "POST" else None, edition=None, act="archive")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.move(scheme, "archive", by=person_of(request), at=request.at, note=reason)
        return HttpResponseRedirect(reverse("schemes"), status=303)
    return _page(request, scheme, form, "archive")


def _step(request: Request, key: str, act: str) -> HttpResponse:
    scheme = obtained(request, key, act)
    actions.move(scheme, act, by=person_of(request), at=request.at)
    return HttpResponseRedirect(reverse("scheme", args=[key]), status=303)


def publish(request: Request, key: str) -> HttpResponse:
    """Freezes the draft and shows it to all."""
    scheme = obtained(request, key)
    actions.publish_draft(scheme, by=person_of(request), at=request.at)
    return HttpResponseRedirect(scheme.get_absolute_url(), status=303)


def prolong(request: Request, key: str) -> HttpResponse:
    """A later closing."""
    return _asked(request, key, "prolong")


def close_early(request: Request, key: str) -> HttpResponse:
    """A sooner closing."""
    return _asked(request, key, "close-early")


def suspend(request: Request, key: str) -> HttpResponse:
    """Nothing more is filed until it resumes."""
    return _asked(request, key, "suspend")


def resume(request: Request, key: str) -> HttpResponse:
    """Dossiers are taken again."""
    return _asked(request, key, "resume")


def correct(request: Request, key: str) -> HttpResponse:
    """A published text, corrected."""
    return _asked(request, key, "correct")


def change_envelope(request: Request, key: str) -> HttpResponse:
    """Another amount for an envelope."""
    return _asked(request, key, "change-envelope")


def _asked(request: Request, key: str, act: str) -> HttpResponse:
    """The page of an act that asks a reason, and the act."""
    scheme = obtained(request, key, act)
    form = forms.ASKED[act](request.POST if request.method == "POST" else None, edition=queries.ready(scheme), act=act)
    refused = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.amend(scheme, act, form.payload(), reason=given["reason"], by=person_of(request), at=request.at,
                          reference=given["reference"])  # fmt: skip
            return HttpResponseRedirect(reverse("scheme", args=[key]), status=303)
        except Refused as found:
            refused = found
    return _page(request, scheme, form, act, refused)


def _page(
    request: Request, scheme: Scheme, form: forms.ReasonForm, act: str, refused: Refused | None = None
) -> HttpResponse:
    context = {
        "scheme": scheme, "form": form, "refused": refused, "label": wording.SCHEME.acts[act],
        "lead": wording.CONSEQUENCES[act], "trail": desk_trail(scheme),
    }  # fmt: skip
    return render(request, "schemes/act.html", context, status=409 if refused else 422 if form.errors else 200)


def differences(request: Request, key: str) -> HttpResponse:
    """What the draft changes, field by field, in words: against the version in force, or last year's call."""
    draft = drafted(request, key)
    base, name = queries.compared_with(draft.scheme)
    context = {
        "scheme": draft.scheme, "found": queries.changes(base, draft.tree) if base is not None else [],
        "compared": name, "edit": reverse("scheme-edit", args=[key]), "trail": desk_trail(draft.scheme),
    }  # fmt: skip
    return render(request, "schemes/differences.html", context)
