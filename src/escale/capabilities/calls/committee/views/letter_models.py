"""The letters of a call: their models, changed and tried; those to prepare; those in hand."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee import wording
from escale.capabilities.calls.committee.actions import modelling, notifying, sending
from escale.capabilities.calls.committee.forms.letters import TextForm, TrialForm
from escale.capabilities.calls.committee.models import LetterModel
from escale.capabilities.calls.committee.queries import batches, recipients
from escale.capabilities.calls.committee.queries import notifying as letters
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.rules.letters import fields
from escale.rules.refusal import Refused, Unknown
from escale.ui.routes import done


def index(request: SignedIn, key: str) -> HttpResponse:
    """The letters of a call, by what awaits them."""
    return _index(request, scheme_of(request, key))


def _index(request: SignedIn, scheme: Scheme, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "scheme": scheme, "models": letters.models_of(scheme), "batch": batches.of(scheme, request.user, request.at),
        "trail": _trail(scheme)[:1], **more,
    }  # fmt: skip
    return render(request, "committee/letters.html", context, status=status)


def scheme_of(request: SignedIn, key: str) -> Scheme:
    """A call of the person's services."""
    mine = Scheme.objects.filter(service__in=organisations.services_for(request), edition__isnull=False)
    return get_object_or_404(mine.select_related("edition", "service"), key=key)


def prepare(request: SignedIn, key: str) -> HttpResponse:
    """Prepares the letters that decisions await; says line by line what was done."""
    scheme = scheme_of(request, key)
    emails, wrong = recipients.known_emails(), ""
    for name in request.POST:
        typed = str(request.POST[name]).strip()
        if not name.startswith("email.") or not typed:
            continue
        try:
            validate_email(typed)
            emails[fields.plain(name.removeprefix("email."))] = typed
        except ValidationError:
            wrong = _("« {typed} » n’est pas une adresse électronique.").format(typed=typed[:80])
    if wrong:
        return _index(request, scheme, 422, wrong=wrong, typed=request.POST)
    waiting = batches.to_prepare(scheme, request.user, request.at)
    told = notifying.prepare(list(waiting), by=request.user, at=request.at, emails=emails)
    return _index(request, scheme, told=told)


def model(request: SignedIn, key: str, kind: str) -> HttpResponse:
    """One model: its text, its fields, what its last trial gave."""
    scheme = scheme_of(request, key)
    return _model(request, scheme, _kind(scheme, kind))


def _kind(scheme: Scheme, kind: str) -> str:
    if kind not in letters.kinds_of(scheme):
        raise Unknown
    return kind


def edit(request: SignedIn, key: str, kind: str) -> HttpResponse:
    """Keeps the text of a model, once it can be a letter of this kind."""
    scheme = scheme_of(request, key)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _model(request, scheme, _kind(scheme, kind), 422, form=form)
    words = form.cleaned_data
    try:
        kept = modelling.edit(
            scheme,
            _kind(scheme, kind),
            title=words["title"],
            body=words["body"],
            by=request.user,
            at=request.at,
            seen=words["seen"],
        )
    except modelling.WrongText as wrong:
        return _model(request, scheme, kind, 422, form=form, problems=wrong.problems)
    except Refused as refused:
        return _model(request, scheme, kind, 409, form=form, refused=refused)
    return done(kept.get_absolute_url())


def attempt(request: SignedIn, key: str, kind: str) -> HttpResponse:
    """Tries the model on a real dossier; shows the letter that it gives."""
    scheme = scheme_of(request, key)
    form = TrialForm(request.POST, dossiers=_dossiers(request, scheme))
    if not form.is_valid():
        return _model(request, scheme, _kind(scheme, kind), 422, trial_form=form)
    dossier = _dossier(request, scheme, form.cleaned_data["dossier"])
    held = LetterModel.objects.select_related("scheme", "subject").filter(scheme=scheme, kind=kind).first()
    try:
        if held is not None:
            modelling.attempt(held, dossier, by=request.user, at=request.at)
    except Refused as refused:
        return _model(request, scheme, _kind(scheme, kind), 409, dossier=dossier, refused=refused, trial_form=form)
    return done(f"{reverse('letter-model', args=[key, _kind(scheme, kind)])}?dossier={dossier.number}#essai")


def paper(request: SignedIn, key: str, kind: str, number: str) -> HttpResponse:
    """What a trial gives, as PDF."""
    scheme = scheme_of(request, key)
    shown = batches.trial(
        letters.written(scheme, _kind(scheme, kind)), _dossier(request, scheme, number), request.user, request.at
    )
    made = sending.paper_of(
        shown.content,
        number,
        draft=_("Essai sur le dossier {number} : cette lettre ne sera pas envoyée.").format(number=number),
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="essai-{number}.pdf"'
    return response


def _dossier(request: SignedIn, scheme: Scheme, number: str) -> Dossier:
    found = lists.whole().select_related("officer", "organisation__commune").handled_by(request.user, request.at)
    return get_object_or_404(found.filter(scheme=scheme), number=number)


def _dossiers(request: SignedIn, scheme: Scheme) -> list[tuple[str, str]]:
    found = Dossier.objects.handled_by(request.user, request.at).filter(scheme=scheme).order_by("-filed_at", "-pk")
    return [(one.number, f"{one.number} · {one.applicant}") for one in found[:200]]


def _model(request: SignedIn, scheme: Scheme, kind: str, status: int = 200, **more: Any) -> HttpResponse:
    written = letters.written(scheme, kind)
    if written.model is not None:
        obtain(LetterModel.objects.select_related("scheme", "subject"), request, "read", pk=written.model.pk)
    assert scheme.edition is not None
    known = _dossiers(request, scheme)
    number = request.GET.get("dossier", "")
    tried = more.pop("dossier", None) or (_dossier(request, scheme, number) if number in dict(known) else None)
    context = {
        "scheme": scheme, "written": written, "kind": wording.LETTERS[kind], "trail": _trail(scheme),
        "fields": fields.of_kind(kind, letters.call_of(scheme.edition).document),
        "form": TextForm(initial={"title": written.title, "body": written.body, "seen": modelling.mark(written.title, written.body)}),
        "trial_form": TrialForm(dossiers=known, initial={"dossier": number}), "refused": None, "problems": [],
        "tried": tried, "letter": batches.trial(written, tried, request.user, request.at) if tried else None, **more,
    }  # fmt: skip
    return render(request, "committee/letter_model.html", context, status=status)


def _trail(scheme: Scheme) -> list[tuple[str, str]]:
    return [
        (_("Instruction"), reverse("desk")),
        (_("Lettres : {call}").format(call=scheme.title), reverse("letters", args=[scheme.key])),
    ]
