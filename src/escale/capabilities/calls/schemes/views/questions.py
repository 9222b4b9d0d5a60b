"""Questions about a call: asked by anyone, confirmed by mail, answered at the desk, read by all."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, queries
from escale.capabilities.calls.schemes.forms.around import AnswerForm, AskForm, SetAsideForm
from escale.capabilities.calls.schemes.models import Question
from escale.capabilities.calls.schemes.views.drafted import desk_trail, obtained, person_of
from escale.capabilities.calls.schemes.views.public import call_trail, public_scheme, refusal_status
from escale.foundation.journal import record
from escale.foundation.people import limits
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused, Unknown
from escale.ui.routes import Request

MOST = 100


def ask(request: Request, key: str) -> HttpResponse:
    """The form of a question; a signed-in person's address is proved already."""
    scheme = public_scheme(key)
    person = request.user if isinstance(request.user, Person) else None
    form = AskForm(
        request.POST if request.method == "POST" else None, initial={"email": person.email if person else ""}
    )
    if person is not None:
        del form.fields["email"]
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        email = person.email if person else form.cleaned_data["email"]
        try:
            limits.spend("question-from-network", limits.network(request), at=request.at)
            limits.spend("question-of-address", email.lower(), at=request.at)
            actions.asking.ask(
                scheme, email=email, text=form.cleaned_data["text"], proved=person is not None, at=request.at
            )
            return _said(request, scheme.get_absolute_url(), proved=person is not None)
        except Refused as found:
            refused = found
    status = refusal_status(refused) if refused else 422 if form.errors else 200
    context = {"scheme": scheme, "form": form, "refused": refused, "trail": call_trail(scheme)}
    return render(request, "schemes/ask.html", context, status=status)


def _said(request: Request, back: str, *, proved: bool) -> HttpResponse:
    sentence = _(
        "Votre question est arrivée au service. La réponse sera publiée sur la page de l’appel, et vous la recevrez."
    )
    if not proved:
        sentence = _(
            "Ouvrez le message que nous venons de vous envoyer, pour confirmer votre adresse : la question partira alors."
        )
    return render(request, "schemes/said.html", {"title": _("Merci"), "sentence": sentence, "back": back})


def confirm(request: Request, token: str) -> HttpResponse:
    """The page of the mailed link: one button, whose POST confirms."""
    question = actions.asking.of_token(token)
    back = question.scheme.get_absolute_url()
    if request.method == "POST":
        actions.asking.confirm(question, at=request.at)
        return _said(request, back, proved=True)
    context = {
        "title": _("Confirmer votre question"),
        "sentence": question.text,
        "label": _("Envoyer ma question"),
        "back": back,
    }
    return render(request, "schemes/confirm.html", context)


def index(request: Request, key: str) -> HttpResponse:
    """The questions of a call for its service: those that wait first."""
    scheme = obtained(request, key)
    rows = queries.questions_to_handle(scheme)
    page = Paginator(rows, MOST).get_page(request.GET.get("page"))
    context = {"scheme": scheme, "page": page, "trail": desk_trail(scheme)}
    return render(request, "schemes/questions.html", context)


def answer(request: Request, key: str, n: int) -> HttpResponse:
    """Writes the answer, or mends it; published at once."""
    question = _question(request, key, n, "answer")
    start = {"text": question.text, "answer": question.answer}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.asking.answer(
            question, text=given["text"], answer=given["answer"], by=person_of(request), at=request.at
        )
        return HttpResponseRedirect(reverse("scheme-questions", args=[key]), status=303)
    return _form(request, question, form, _("Publier la réponse"), _("Répondre à une question"))


def set_aside(request: Request, key: str, n: int) -> HttpResponse:
    """Does not publish it: its asker reads why."""
    question = _question(request, key, n, "set-aside")
    form = SetAsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.asking.set_aside(question, reason=form.cleaned_data["reason"], by=person_of(request), at=request.at)
        return HttpResponseRedirect(reverse("scheme-questions", args=[key]), status=303)
    return _form(request, question, form, _("Écarter la question"), _("Écarter une question"))


def _question(request: Request, key: str, n: int, act: str) -> Question:
    scheme = obtained(request, key)
    question = get_object_or_404(scheme.questions.select_related("scheme__service"), n=min(n, 2**31 - 1))
    if question.state == "unconfirmed":
        raise Unknown
    record.check(question, act, by=person_of(request), at=request.at)
    return question


def _form(
    request: Request, question: Question, form: AnswerForm | SetAsideForm, label: str, title: str
) -> HttpResponse:
    trail = [*desk_trail(question.scheme), (_("Questions"), reverse("scheme-questions", args=[question.scheme.key]))]
    context = {"question": question, "form": form, "label": label, "title": title, "trail": trail}
    return render(request, "schemes/answering.html", context, status=422 if form.errors else 200)
