"""Questions about a call: asked with a mail that is proved, answered by the service, published for all."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.models import Question, Scheme
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.rules.refusal import Refused, Unknown

_SIGNER = Signer(salt="schemes.question")
#: A question whose address was not confirmed is forgotten after this long.
PATIENCE = timedelta(days=3)


def ask(scheme: Scheme, *, email: str, text: str, proved: bool, at: datetime) -> Question:
    """Keeps a question. ``proved``: the person is signed in with this address; else a mail asks to confirm.

    Raises ``Refused`` (call_over) once nothing can be filed any more.
    """
    if scheme.phase(at) == "past":
        raise Refused("call_over", _("L’appel est terminé : les questions ne sont plus prises. Appelez le service."))
    with transaction.atomic():
        record.lock(scheme)
        n = (scheme.questions.aggregate(last=Max("n"))["last"] or 0) + 1
        question = Question(scheme=scheme, n=n, email=email, text=text, asked_at=at)
        address = f"{reverse('scheme-questions', args=[scheme.key])}#question-{n}"
        record.begin(
            question, number=f"{scheme.key}/{n}", title=scheme.title, address=address, by=None, at=at, act="ask"
        )
        if proved:
            record.perform(question, "confirm", by=None, at=at)
        else:
            path = reverse("question-confirm", args=[_SIGNER.sign(str(question.pk))])
            context = {"call": scheme.title, "text": text, "path": path}
            post.write(email, "schemes/question_confirm", context, about=question.subject, at=at)
    return question


def of_token(token: str) -> Question:
    """The question that a mailed link speaks for. Raises ``Unknown``."""
    try:
        number = int(_SIGNER.unsign(token))
    except (BadSignature, ValueError) as error:
        raise Unknown from error
    question = Question.objects.select_related("scheme").filter(pk=number).first()
    if question is None:
        raise Unknown
    return question


def confirm(question: Question, *, at: datetime) -> None:
    """The asker read the mail: the service sees the question. Doing it again changes nothing."""
    if question.state == "unconfirmed":
        record.perform(question, "confirm", by=None, at=at)


def answer(question: Question, *, text: str, answer: str, by: Person, at: datetime) -> None:
    """Publishes the answer for all; ``text`` is the question as published, without what would name its asker."""
    with transaction.atomic():
        first = question.state == "asked"
        record.perform(question, "answer", by=by, at=at)
        question.text, question.answer, question.answered_at = text, answer, at
        if first and question.email:
            path = f"{question.scheme.get_absolute_url()}#question-{question.n}"
            context = {"call": question.scheme.title, "text": text, "answer": answer, "path": path}
            post.write(question.email, "schemes/question_answer", context, about=question.subject, at=at)
        question.email = ""
        question.save(update_fields=["text", "answer", "answered_at", "email"])


def set_aside(question: Question, *, reason: str, by: Person, at: datetime) -> None:
    """Not published: its asker reads why."""
    with transaction.atomic():
        record.perform(question, "set-aside", by=by, at=at, note=reason)
        if question.email:
            context = {"call": question.scheme.title, "text": question.text, "reason": reason}
            post.write(question.email, "schemes/question_set_aside", context, about=question.subject, at=at)
        question.email = ""
        question.save(update_fields=["email"])


def forget_unconfirmed(at: datetime) -> int:
    """Blanks what was never confirmed: the address and the text go, the line of the journal stays. Gives how many."""
    stale = Question.objects.filter(state="unconfirmed", asked_at__lt=at - PATIENCE).exclude(email="", text="")
    return stale.update(email="", text="")
