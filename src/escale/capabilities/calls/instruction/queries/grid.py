"""The grid as a form that a reviewer fills: a mark and a comment by criterion, then what is said of the whole."""

from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.queries.form import Call, call_of
from escale.capabilities.calls.instruction.models import Review
from escale.foundation.questionnaires import filled
from escale.foundation.questionnaires.questions import Form, Kind, Place, Question, Section

#: What is said of the whole: to the committee alone, and what may be sent to the applicant.
FOR_COMMITTEE, FOR_APPLICANT = "for_committee", "for_applicant"
SECTION = "grid"


def form_of(call: Call) -> Form:
    """The form of a call's grid."""
    spec = call.document["scoring"]
    marks = tuple(
        (one["code"], one["label"], one["weight"], one.get("least"), one.get("help", "")) for one in spec["marks"]
    )
    return _form(marks, spec.get("scale", 5), (get_language() or "fr")[:2])


@lru_cache(maxsize=256)
def _form(marks: tuple[tuple[str, str, int, int | None, str], ...], scale: int, language: str) -> Form:
    questions: list[Question] = []
    for code, label, weight, least, guide in marks:
        told = [guide, _("Note de 0 à {scale}.").format(scale=scale)]
        told.append(ngettext("Compte pour {n} point.", "Compte pour {n} points.", weight).format(n=weight))
        if least is not None:
            told.append(_("En dessous de {least}, le dossier est écarté.").format(least=least))
        questions.append(
            Question(
                mark_code(code), Kind.WHOLE, label, " ".join(part for part in told if part), required=True,
                least=0, most=scale, unit=f"/ {scale}",
            )
        )  # fmt: skip
        questions.append(
            Question(comment_code(code), Kind.LONG_TEXT, _("{label} : ce qui fonde la note").format(label=label))
        )
    inside = _("Le comité et le service le lisent. Il n’est jamais envoyé au déposant.")
    outside = _("Le service peut le reprendre dans sa réponse : écrivez-le comme vous le diriez au déposant.")
    questions.append(Question(FOR_COMMITTEE, Kind.LONG_TEXT, _("Pour le comité seulement"), inside))
    questions.append(Question(FOR_APPLICANT, Kind.LONG_TEXT, _("Ce qui peut être dit au déposant"), outside))
    return Form((Section(SECTION, _("La grille"), tuple(questions)),))


def mark_code(code: str) -> str:
    """The control of a criterion's mark."""
    return f"mark_{code}"


def comment_code(code: str) -> str:
    """The control of a criterion's comment."""
    return f"comment_{code}"


def form_for(review: Review) -> Form:
    """The form of a review."""
    return form_of(call_of(review.dossier.edition))


def filled_of(review: Review) -> filled.Filled:
    """What the reviewer typed so far."""
    return filled.load(review.sheet, form_for(review))


def marks_of(given: filled.Filled) -> dict[str, int]:
    """{criterion: mark} of those that can be read."""
    found = {}
    for question in given.form.sections[0].questions:
        if question.code.startswith("mark_"):
            value = given.read(Place(question.code)).value
            if value is not None:
                found[question.code.removeprefix("mark_")] = value
    return found


def gaps(given: filled.Filled) -> list[str]:
    """What keeps the review from being finished, in sentences."""
    return [f"{gap.sentence.rstrip('.')}." for gap in given.gaps(given.form.sections[0], lambda item: True)]
