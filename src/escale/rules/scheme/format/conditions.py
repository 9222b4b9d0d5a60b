"""Conditions as data: comparisons of facts, joined by all, any, not, at least k."""

from escale.rules.scheme.format.perimeter import PERIMETER
from escale.rules.scheme.format.words import DURATION, SENTENCE
from escale.rules.shape.kinds import Field, Later, ListOf, OneOf, Record
from escale.rules.shape.scalar import Choice, Number, Text, YesNo

CONDITION = Later("condition")
MEASURE = Later("measure")

FACT = Text(
    most=120,
    pattern=r"[a-z][a-z0-9_]*(\.[a-zA-Z0-9_]+)*",
    expected="un nom de fait : applicant.population, answers.CODE, territory.zones…",
)
VALUE = Text(most=300)
UNITS = Text(most=30)
COUNTED_IN = Choice((
    ("days", "jours", ""), ("weeks", "semaines entières", ""), ("months", "mois entiers", ""), ("years", "années entières", ""),
))  # fmt: skip
HOW = Choice((("up", "vers le haut", ""), ("down", "vers le bas", ""), ("half_up", "au plus proche", "a half goes up")))
GIVEN = Record("given", "Cas d’un tableau", (
    Field("when", CONDITION, "Si", required=True), Field("give", MEASURE, "Vaut", required=True),
))  # fmt: skip

_PLACE = {
    "sum": "Somme sur un bloc ou sur les partenaires",
    "least": "Plus petite valeur",
    "greatest": "Plus grande valeur",
    "mean": "Moyenne",
    "distinct": "Nombre de valeurs différentes",
}

MEASURE.target = OneOf(
    "measure",
    "Grandeur",
    (
        ("fact", Record("fact", "Un fait", (
            Field("fact", FACT, "Fait", required=True, example="applicant.population"),
        ))),
        *(
            (word, Record(word, label, (
                Field(word, FACT, "Colonne", required=True, example="partners.population"),
                Field("where", CONDITION, "Seulement les lignes où", "facts of the row begin with row."),
            )))
            for word, label in _PLACE.items()
        ),
        ("sum_of", Record("sum_of", "Somme d’une grandeur sur les lignes", (
            Field("sum_of", FACT, "Lignes de", required=True, example="answers.schools"),
            Field("each", MEASURE, "Pour chacune", "facts of the row begin with row.", required=True,
                  example="{lowest_of: [{fact: row.cost}, {number: 3500}]}"),
            Field("where", CONDITION, "Seulement les lignes où"),
        ))),
        ("count", Record("count", "Nombre de lignes", (
            Field("count", FACT, "Lignes de", required=True, example="partners"),
            Field("where", CONDITION, "Seulement les lignes où"),
        ))),
        ("count_among", Record("count_among", "Nombre d’options choisies", (
            Field("count_among", FACT, "Réponse à choix", required=True, example="answers.services"),
            Field("of", ListOf(VALUE, least=1), "Parmi", "all options when absent"),
        ))),
        ("total", Record("total", "Total de grandeurs", (
            Field("total", ListOf(MEASURE, least=1), "Grandeurs", required=True),
        ))),
        ("product", Record("product", "Produit", (
            Field("product", ListOf(MEASURE, least=2, most=4), "Grandeurs", required=True),
        ))),
        ("ratio", Record("ratio", "Part d’une grandeur dans une autre, en pour cent", (
            Field("ratio", MEASURE, "Part", required=True), Field("to", MEASURE, "De", required=True),
        ))),
        ("difference", Record("difference", "Différence", (
            Field("difference", MEASURE, "De", required=True), Field("minus", MEASURE, "Moins", required=True),
        ))),
        ("quotient", Record("quotient", "Quotient", (
            Field("quotient", MEASURE, "Grandeur", required=True), Field("by", MEASURE, "Divisée par", required=True),
        ))),
        ("lowest_of", Record("lowest_of", "La plus petite de plusieurs grandeurs", (
            Field("lowest_of", ListOf(MEASURE, least=2), "Grandeurs", required=True),
        ))),
        ("highest_of", Record("highest_of", "La plus grande de plusieurs grandeurs", (
            Field("highest_of", ListOf(MEASURE, least=2), "Grandeurs", required=True),
        ))),
        ("rounded", Record("rounded", "Grandeur arrondie", (
            Field("rounded", MEASURE, "Grandeur", required=True),
            Field("step", Number(), "Au multiple de", default="1", example="10"),
            Field("how", HOW, "Sens", default="half_up"),
        ))),
        ("cases", Record("cases", "Selon le cas", (
            Field("cases", ListOf(GIVEN, least=1), "Cas", "the first that holds; unknown as soon as one before it is",
                  required=True),
            Field("otherwise", MEASURE, "Sinon", "0 when absent"),
        ))),
        ("elapsed", Record("elapsed", "Temps entre deux dates", (
            Field("elapsed", FACT, "Du", required=True, example="answers.start_on"),
            Field("until", FACT, "Au", required=True, example="answers.end_on"),
            Field("counted_in", COUNTED_IN, "Compté en", default="months"),
            Field("until_included", YesNo(), "Dernier jour compris", "1 January to 31 December is then 12 months",
                  default="no"),
        ))),
        ("number", Record("number", "Un nombre", (Field("number", Number(), "Nombre", required=True, example="12"),))),
        ("mail_domain", Record("mail_domain", "Domaine d’une adresse électronique", (
            Field("mail_domain", FACT, "Adresse", required=True, example="answers.coordinator_email"),
        ))),
    ),
    help="A number, a text, a day or a list, computed from facts.",
)  # fmt: skip

_COMPARISONS = (
    Field("is", VALUE, "est", "equality; yes and no for a yes-or-no fact", example="commune"),
    Field("is_not", VALUE, "n’est pas"),
    Field("in", ListOf(VALUE, least=1), "est parmi", "families of legal forms may be named", example="[commune, epci]"),
    Field("not_in", ListOf(VALUE, least=1), "n’est pas parmi"),
    Field("at_least", VALUE, "au moins", "the bound is included", example="1000"),
    Field("at_most", VALUE, "au plus", "the bound is included"),
    Field("more_than", VALUE, "plus de"),
    Field("less_than", VALUE, "moins de"),
    Field("includes_any", ListOf(VALUE, least=1), "contient l’un de", "for facts that are lists"),
    Field("includes_all", ListOf(VALUE, least=1), "contient tous"),
    Field("includes_none", ListOf(VALUE, least=1), "ne contient aucun de"),
    Field("known", YesNo(), "est renseigné", "yes: the fact is known"),
    Field("same_as", MEASURE, "est égal à la grandeur"),
)
_SAID = (
    Field("unit", UNITS, "Unité dans les phrases", example="habitants"),
    Field("label", SENTENCE, "Nom de la grandeur dans les phrases", example="Population cumulée des partenaires"),
)

_measure = MEASURE.target
assert isinstance(_measure, OneOf)

CONDITION.target = OneOf(
    "condition",
    "Condition",
    (
        ("all", Record("all", "Toutes ces conditions", (
            Field("all", ListOf(CONDITION, least=1), "Conditions", required=True),
        ))),
        ("any", Record("any", "Au moins une", (
            Field("any", ListOf(CONDITION, least=1), "Conditions", required=True),
        ))),
        ("not", Record("not", "Le contraire", (Field("not", CONDITION, "Condition", required=True),))),
        ("at_least_of", Record("at_least_of", "Au moins k conditions", (
            Field("at_least_of", Number(least=1, whole=True), "Combien", required=True),
            Field("of", ListOf(CONDITION, least=1), "Parmi", required=True),
        ))),
        ("always", Record("always", "Toujours", (Field("always", YesNo(), "Toujours", required=True),))),
        ("from", Record("from", "Durée entre deux dates", (
            Field("from", FACT, "Du", required=True, example="place.opened_on"),
            Field("to", FACT, "Au", required=True, example="filed_on"),
            Field("lasts_at_least", DURATION, "au moins", "n months after d is the same day n months later",
                  example="3 months"),
            Field("lasts_at_most", DURATION, "au plus", example="24 months"),
            Field("lasts_more_than", DURATION, "plus de", "the bound is excluded"),
            Field("lasts_less_than", DURATION, "moins de", "the bound is excluded"),
            Field("label", SENTENCE, "Nom de la durée dans les phrases"),
        ))),
        ("located", Record("located", "Une commune dans un périmètre", (
            Field("located", FACT, "Commune", required=True, example="answers.site"),
            Field("within", PERIMETER, "Périmètre", required=True),
            Field("label", SENTENCE, "Nom de la commune dans les phrases"),
        ))),
        *(
            (mark, Record(mark, record.label, (*record.fields, *_COMPARISONS, *_SAID)))
            for mark, record in _measure.forms
        ),
    ),
    help="True, false or unknown: a fact that nobody gave makes a comparison unknown, never false.",
)  # fmt: skip

UNKNOWN = Choice((
    ("missing", "dossier incomplet", "the verdict is missing: the applicant must say"),
    ("to_examine", "à examiner", "the verdict is to_examine: an officer will say"),
))  # fmt: skip
