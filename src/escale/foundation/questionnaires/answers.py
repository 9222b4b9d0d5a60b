"""``POST …/answer``: one answer saved as soon as it is typed, the same for every sheet; what a refused page keeps."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _

from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires import showing
from escale.foundation.questionnaires.questions import Form
from escale.foundation.questionnaires.reading import LONGEST_OF_ALL, Typed, clean, read
from escale.foundation.questionnaires.saving import Change, Conflict, Outcome
from escale.foundation.questionnaires.showing import Typing

MOST_BYTES = 1_000_000


def one_answer(request: SignedIn, form: Form, save: Callable[[Change], Outcome]) -> HttpResponse:
    """Reads {``code``, ``row``, ``base``, ``value``}, saves it and says what became of it: 200, 409, 410 or 422."""
    body = _body(request)
    if body is None:
        return _said(422, "not_json", _("La requête n’est pas lisible : rien n’a été enregistré."))
    place = form.place(str(body.get("code", "")), str(body.get("row") or ""))
    gone = _(
        "Cette question n’est plus posée, ou sa ligne a été retirée : votre texte n’est pas enregistré. "
        "Copiez-le ailleurs s’il doit servir."
    )
    if place is None:
        return _said(410, "gone", gone)
    if (person := body.get("person")) and person != str(request.user.key):
        said = _(
            "{who} est maintenant la personne connectée : votre texte n’est pas enregistré, il reste sur cette page."
        )
        return _said(409, "other_person", said.format(who=request.user.get_full_name()))
    base = body.get("base")
    change = Change(place, clean(body.get("value")), base=base if type(base) is int else 0)
    outcome = save(change)
    if outcome.gone:
        return _said(410, "gone", gone)
    if outcome.too_long:
        return _said(422, "too_long", _too_long(change.typed))
    for one in outcome.conflicts:
        return _two_answers(form, one)
    question = form.question(place)
    problem = read(question, change.typed).problem if question else ""
    return JsonResponse({"rev": outcome.revs[place], "saved_at": request.at.isoformat(), "problem": problem or None})


def _too_long(typed: Typed) -> str:
    n = len(typed) if isinstance(typed, str) else sum(len(one) for one in typed)
    sentence = _("Votre texte compte {n} caractères : {most} au plus. Il n’est pas enregistré, raccourcissez-le.")
    return sentence.format(n=n, most=LONGEST_OF_ALL)


def kept(changes: list[Change], outcome: Outcome) -> Typing:
    """What could not be saved stays on the screen, beside the sentence that says why."""
    lost = {conflict.place for conflict in outcome.conflicts} | set(outcome.too_long) | set(outcome.gone)
    typed = {change.place: change.typed for change in changes if change.place in lost}
    return Typing(kept=typed, conflicts={conflict.place: conflict for conflict in outcome.conflicts})


def _two_answers(form: Form, one: Conflict) -> HttpResponse:
    """What stands, by whom and since when, the sentence, and the choice ready to be shown (``choice``: markup)."""
    question = form.question(one.place)
    assert question is not None
    sentence = showing.conflict_sentence(question, one)
    choice = showing.choice_markup(question, one)
    stands = {"rev": one.rev, "value": one.theirs, "by": one.by, "at": one.at.isoformat(), "choice": choice}
    return JsonResponse(stands | {"error": {"code": "changed_meanwhile", "message": sentence}}, status=409)


def _body(request: SignedIn) -> dict[str, Any] | None:
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return None
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):  # the last: a form, read already
        return None
    return found if isinstance(found, dict) else None


def _said(status: int, code: str, sentence: str) -> HttpResponse:
    return JsonResponse({"error": {"code": code, "message": sentence}}, status=status)
