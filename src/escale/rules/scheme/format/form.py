"""The form: sections of questions from a closed set, and the pieces to attach."""

from escale.rules.scheme.format.conditions import CONDITION
from escale.rules.scheme.format.words import PARAGRAPH, SENTENCE, code
from escale.rules.shape.kinds import Field, Later, ListOf, Record
from escale.rules.shape.scalar import Choice, Code, Number, Text, YesNo

QUESTION = Later("question")

KINDS = Choice((
    ("text", "texte court", "one line"),
    ("long_text", "texte long", "several lines"),
    ("number", "nombre", "with unit, minimum, maximum, decimals"),
    ("amount", "montant en euros", "read to the cent"),
    ("date", "date", "a day"),
    ("yes_no", "oui ou non", ""),
    ("choice", "un choix", "one of options"),
    ("choices", "plusieurs choix", "some of options"),
    ("commune", "commune", "its official code"),
    ("organisation", "organisation (SIRET)", ""),
    ("email", "adresse électronique", ""),
    ("phone", "téléphone", ""),
    ("url", "adresse d’un site", ""),
    ("block", "bloc répété", "rows of questions"),
    ("statement", "texte à lire", "nothing to answer"),
    ("commitment", "engagement à cocher", "must be ticked to file"),
))  # fmt: skip

OPTION = Record("option", "Option", (
    Field("code", Code(), "Code", required=True, example="yes_full"),
    Field("label", SENTENCE, "Libellé", required=True),
))  # fmt: skip

QUESTION.target = Record(
    "question",
    "Question",
    (
        Field("code", code("question"), "Code", "conditions name it answers.CODE", required=True, example="start_on"),
        Field("kind", KINDS, "Sorte de réponse", required=True, example="date"),
        Field("label", SENTENCE, "Question posée", required=True, example="Date de début du projet"),
        Field("help", PARAGRAPH, "Aide à côté de la question"),
        Field("required", YesNo(), "Réponse obligatoire", default="no"),
        Field("visible_if", CONDITION, "Posée seulement si", "what was typed is kept when hidden"),
        Field("options", ListOf(OPTION, unique="code"), "Options", "for choice and choices"),
        Field("unit", Text(most=30), "Unité"),
        Field("least", Text(most=30), "Minimum", "number, amount or date"),
        Field("most", Text(most=30), "Maximum"),
        Field("decimals", Number(least=0, most=6, whole=True), "Décimales", default="0"),
        Field("max_length", Number(least=1, most=50_000, whole=True), "Longueur maximale"),
        Field("rows_least", Number(least=0, most=200, whole=True), "Lignes au moins", "for a block"),
        Field("rows_most", Number(least=1, most=200, whole=True), "Lignes au plus", "for a block"),
        Field("questions", ListOf(QUESTION, unique="code", most=30), "Questions du bloc", "for a block"),
        Field("confidential", YesNo(), "Confidentielle", "hidden from reviewers", default="no"),
    ),
)

SECTION = Record("section", "Partie", (
    Field("code", code("section"), "Code", required=True, example="project"),
    Field("title", SENTENCE, "Titre", required=True, example="Votre projet"),
    Field("help", PARAGRAPH, "Introduction"),
    Field("questions", ListOf(QUESTION, unique="code", most=200), "Questions", required=True),
))  # fmt: skip

PIECE = Record("piece", "Pièce", (
    Field("code", code("piece"), "Code", required=True, example="deliberation"),
    Field("label", SENTENCE, "Nom", required=True, example="Délibération de l’organe décideur"),
    Field("help", PARAGRAPH, "Aide"),
    Field("required", YesNo(), "Obligatoire", default="yes"),
    Field("when", CONDITION, "Demandée seulement si", example="{fact: applicant.legal_form, in: [association]}"),
    Field("standing", Code(), "Pièce permanente reprise", "kind of standing document of the organisation"),
    Field("valid_for", Number(least=1, most=120, whole=True), "Validité (mois)"),
    Field("template", SENTENCE, "Modèle à remplir"),
))  # fmt: skip
