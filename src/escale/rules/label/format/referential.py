"""The referential file: families, criteria, levels, types, charter, duration."""

from typing import Any

from escale.rules.label.format.checks import CHECK
from escale.rules.label.format.place import in_order
from escale.rules.scheme.format.conditions import CONDITION
from escale.rules.scheme.format.perimeter import PERIMETER
from escale.rules.scheme.format.whole import CONTACT
from escale.rules.scheme.format.words import DURATION, KEY, LEGAL_FORM, PARAGRAPH, SENTENCE, TITLE, code
from escale.rules.shape.kinds import Field, ListOf, Record
from escale.rules.shape.problem import Problem
from escale.rules.shape.scalar import Choice, Code, Day, Number, Rate, Ref, Text, YesNo
from escale.rules.words import _

SCHEMA = "escale.referential/1"

FAMILY = Record("family", "Famille de critères", (
    Field("code", code("family"), "Code", required=True, example="A"),
    Field("label", SENTENCE, "Nom", required=True, example="Activités et services"),
    Field("met_at_least", Number(least=0, whole=True), "Critères remplis, au moins", "optional ones included"),
    Field("points_at_least", Number(least=0, whole=True), "Points, au moins"),
    Field("score_at_least", Rate(), "Part de ses points, au moins", example="50 %"),
    Field("weight", Number(least=0, most=1000), "Poids dans la note",
          "score: each family’s share of its points, weighted; without weights, all points together"),
))  # fmt: skip
EXCEPTION = Record("exception", "Exception datée", (
    Field("from", Day(), "Du", required=True, example="2020-03-17"),
    Field("to", Day(), "Au", "the last day", required=True, example="2020-05-10"),
    Field("reason", SENTENCE, "Raison", required=True, example="Fermetures ordonnées par l’État"),
), checks=(in_order,))  # fmt: skip
GRADE = Record("grade", "Palier de points", (
    Field("points", Number(least=0, most=1000, whole=True), "Points", required=True, example="5"),
    Field("check", CHECK, "Si", required=True, example="{value: measures.download_mbps, at_least: 100}"),
))  # fmt: skip
CRITERION = Record("criterion", "Critère", (
    Field("code", code("criterion"), "Code", required=True, example="A2"),
    Field("title", SENTENCE, "Titre", required=True, example="Ouvert trois jours ou trente heures par semaine"),
    Field("family", Ref("family"), "Famille", required=True, example="A"),
    Field("mandatory", YesNo(), "Obligatoire", "no: it only gives points", default="yes"),
    Field("points", Number(least=0, most=1000, whole=True), "Points", "given when it is met", default="0", example="5"),
    Field("grades", ListOf(GRADE), "Points par palier", "once it is met: the most points of those that hold, or points"),
    Field("types", ListOf(Ref("type")), "Seulement pour ces types"),
    Field("when", CONDITION, "Concerne seulement", "else not_applicable"),
    Field("check", CHECK, "Ce qui est vérifié", required=True, example="{has: equipment.printer}"),
    Field("exceptions", ListOf(EXCEPTION), "Exceptions datées", "not_applicable on these days"),
    Field("to_do", SENTENCE, "Que faire", "said when it is not met", example="Ouvrez un jour de plus."),
    Field("help", PARAGRAPH, "Explication"),
    Field("source", SENTENCE, "D’où vient la règle", example="Référentiel 2024, A2"),
))  # fmt: skip
TYPE = Record("type", "Type de lieu labellisé", (
    Field("code", code("type"), "Code", required=True, example="epn"),
    Field("label", SENTENCE, "Nom", required=True, example="Espace public numérique"),
    Field("kinds", ListOf(Code()), "Sortes de lieu admises", "one is enough; all when absent",
          example="[digital_mediation]"),
    Field("points_at_least", Number(least=0, whole=True), "Points, au moins"),
))  # fmt: skip
LEVEL = Record("level", "Niveau", (
    Field("code", code("level"), "Code", required=True, example="gold"),
    Field("label", SENTENCE, "Nom", required=True, example="Trois étoiles"),
    Field("points_at_least", Number(least=0, whole=True), "Points, au moins"),
    Field("score_at_least", Rate(), "Note, au moins", example="75 %"),
    Field("met_at_least", Number(least=0, whole=True), "Critères facultatifs remplis, au moins"),
    Field("requires", ListOf(Ref("criterion")), "Critères exigés en plus"),
))  # fmt: skip
CHARTER = Record("charter", "Charte", (
    Field("version", Text(most=60), "Version", required=True, example="2026-1"),
    Field("text", PARAGRAPH, "Texte", required=True),
))  # fmt: skip
HOLDER = Record("holder", "Qui peut demander le label", (
    Field("legal_forms", ListOf(LEGAL_FORM), "Formes juridiques de la structure porteuse", "forms or families",
          example="[public_body, association, business]"),
    Field("without_legal_forms", ListOf(LEGAL_FORM), "Sauf"),
    Field("perimeter", PERIMETER, "Périmètre du lieu", example="{regions: [44]}"),
))  # fmt: skip
RENEWAL = Record("renewal", "Renouvellement", (
    Field("opens", DURATION, "S’ouvre avant la fin de", example="6 months"),
    Field("closes", DURATION, "Se ferme avant la fin de", example="3 months"),
))  # fmt: skip
VISITS = Record("visits", "Visites", (
    Field("before_award", YesNo(), "Une visite avant la décision", default="no"),
    Field("sample", Rate(), "Part des lieux visités chaque année", example="20 %"),
    Field("first_within", DURATION, "Première visite dans les", example="6 months"),
))  # fmt: skip


def worth(criterion: dict[str, Any]) -> int:
    """The most points that a canonical criterion can give."""
    return max(criterion.get("points", 0), *(one["points"] for one in criterion.get("grades", [])), 0)


def _levels(found: dict[str, Any]) -> list[Problem]:
    """Points rise with the levels; families, kinds of place and points can be reached."""
    problems, before = [], -1
    most = sum(worth(one) for one in found["criteria"])
    for rank, one in enumerate(found.get("levels", [])):
        points = one.get("points_at_least", 0)
        if points < before:
            problems.append(Problem("contradiction", _("les niveaux montent : ce seuil est sous le précédent."),
                                    ["levels", rank, "points_at_least"]))  # fmt: skip
        before = points
        if points > most:
            problems.append(_unreachable(points, most, ["levels", rank, "points_at_least"]))
    if found.get("points_at_least", 0) > most:
        problems.append(_unreachable(found["points_at_least"], most, ["points_at_least"]))
    return problems


def _unreachable(points: int, most: int, steps: list[str | int]) -> Problem:
    sentence = _("{points} points demandés, {most} possibles en tout.")
    return Problem("impossible", sentence.format(points=points, most=most), steps)


REFERENTIAL = Record("referential", "Référentiel de label", (
    Field("schema", Choice(((SCHEMA, "", ""),)), "Format", required=True, example=SCHEMA),
    Field("key", KEY, "Adresse", "the end of its address", required=True, example="tiers-lieux-normandie"),
    Field("title", TITLE, "Titre", required=True, example="Tiers-Lieux Normandie"),
    Field("summary", PARAGRAPH, "En une ou deux phrases", required=True),
    Field("service", KEY, "Service", example="numerique"),
    Field("holder", HOLDER, "Qui peut demander le label"),
    Field("types", ListOf(TYPE, unique="code"), "Types"),
    Field("families", ListOf(FAMILY, least=1, unique="code"), "Familles", required=True),
    Field("criteria", ListOf(CRITERION, least=1, unique="code"), "Critères", required=True),
    Field("points_at_least", Number(least=0, whole=True), "Points, au moins"),
    Field("score_at_least", Rate(), "Note, au moins", "criterion score", example="60 %"),
    Field("levels", ListOf(LEVEL, unique="code"), "Niveaux", "from the lowest; the highest reached is given; none: failed"),
    Field("duration", DURATION, "Durée du label", example="3 years"),
    Field("renewal", RENEWAL, "Renouvellement"),
    Field("visits", VISITS, "Visites"),
    Field("charter", CHARTER, "Charte"),
    Field("contact", CONTACT, "Contact", required=True),
), checks=(_levels,))  # fmt: skip
