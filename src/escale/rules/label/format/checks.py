"""What a criterion of a label checks: a fact said yes, a number, k among n, hours, seniority, a document, a promise, a mark."""

from escale.rules.scheme.format.conditions import CONDITION, FACT, VALUE
from escale.rules.scheme.format.words import DURATION, SENTENCE
from escale.rules.shape.kinds import Field, Later, ListOf, OneOf, Record
from escale.rules.shape.scalar import Choice, Code, Number, Text, YesNo

CHECK = Later("check")

WEEKDAY = Choice((
    ("mo", "lundi", ""), ("tu", "mardi", ""), ("we", "mercredi", ""), ("th", "jeudi", ""), ("fr", "vendredi", ""),
    ("sa", "samedi", ""), ("su", "dimanche", ""),
))  # fmt: skip
REGIMES = Choice((
    ("each", "chacune des périodes", "each regime that the place has must be enough"),
    ("any", "l’une des périodes", "one regime is enough"),
    ("school", "la période scolaire", ""),
    ("holidays", "les vacances scolaires", ""),
))  # fmt: skip
CLOCK = Text(most=5, pattern=r"([01]\d|2[0-3]):[0-5]\d|24:00", expected="une heure, 18:00")

OPENING = (
    Field("days_at_least", Number(least=0, most=7), "Jours par semaine, au moins", example="3"),
    Field("hours_at_least", Number(least=0, most=168), "Heures par semaine, au moins", example="30"),
    Field("hours_at_most", Number(least=0, most=168), "Heures par semaine, au plus"),
    Field(
        "days_a_year_at_least",
        Number(least=0, most=366, whole=True),
        "Jours ouverts en un an, au moins",
        "in the year that ends on the day of the check: the ordinary week, less closures and public holidays",
        example="200",
    ),
    Field("either", YesNo(), "L’un ou l’autre suffit", "days or hours; no: both", default="no"),
    Field("regimes", REGIMES, "Périodes", default="each"),
    Field("weekdays", ListOf(WEEKDAY), "Seulement ces jours", example="[sa, su]"),
    Field("after", CLOCK, "Seulement après", example="18:00"),
    Field("before", CLOCK, "Seulement avant", example="09:00"),
    Field(
        "closed_at_most",
        DURATION,
        "Fermeture admise",
        "a closure under way for longer fails; absent: closures are not looked at",
        example="30 days",
    ),
    Field("but_ordered", YesNo(), "Sauf fermeture ordonnée par l’État", "such a closure does not count", default="yes"),
)

CHECK.target = OneOf(
    "check",
    "Ce qui est vérifié",
    (
        ("has", Record("has", "Oui ou non", (
            Field("has", FACT, "Ce qui est là", "yes, or a number above 0", required=True, example="equipment.printer"),
        ))),
        ("value", Record("value", "Nombre", (
            Field("value", FACT, "Grandeur", required=True, example="measures.download_mbps"),
            Field("at_least", Number(), "Au moins", example="30"),
            Field("at_most", Number(), "Au plus"),
            Field("unit", Text(most=30), "Unité", example="Mbit/s"),
        ))),
        ("among", Record("among", "Plusieurs parmi", (
            Field("among", FACT, "Liste", required=True, example="services"),
            Field("of", ListOf(VALUE, least=1), "Parmi", "all when absent", example="[coworking, fablab]"),
            Field("at_least", Number(least=0, whole=True), "Combien au moins", required=True, example="2"),
        ))),
        ("opening", Record("opening", "Horaires d’ouverture", (
            Field("opening", Record("opening_rule", "Règle d’ouverture", OPENING), "Règle", required=True,
                  example="{days_at_least: 3, hours_at_least: 30, either: yes}"),
        ))),
        ("seniority", Record("seniority", "Ancienneté", (
            Field("seniority", FACT, "Depuis", required=True, example="place.opened_on"),
            Field("at_least", DURATION, "Au moins", example="3 months"),
            Field("at_most", DURATION, "Au plus"),
        ))),
        ("remaining", Record("remaining", "Temps qui reste", (
            Field("remaining", FACT, "Jusqu’au", required=True, example="place.premises_until"),
            Field("at_least", DURATION, "Au moins", required=True, example="3 years"),
        ))),
        ("document", Record("document_check", "Document", (
            Field("document", Code(), "Document", "code of the place’s documents", required=True, example="insurance"),
            Field("label", SENTENCE, "Nom du document"),
            Field("newer_than", DURATION, "Daté de moins de", example="1 year"),
        ), help="A document whose valid_until is past is not there.")),
        ("commitment", Record("commitment", "Engagement déclaré", (
            Field("commitment", Code(), "Engagement", "code of the place’s declarations, which must say yes", required=True,
                  example="open_to_all"),
            Field("label", SENTENCE, "Engagement, en une phrase"),
        ))),
        ("note", Record("note", "Note de visite", (
            Field("note", Code(), "Note", "code of the place’s notes", required=True, example="welcome"),
            Field("at_least", Number(), "Au moins", required=True, example="3"),
            Field("out_of", Number(), "Sur", example="5"),
        ), help="Without mark: to_examine.")),
        ("judged", Record("judged", "À apprécier", (
            Field("judged", SENTENCE, "Ce que le visiteur apprécie", required=True),
        ), help="Always to_examine.")),
        ("rule", Record("rule", "Règle", (
            Field("rule", CONDITION, "Condition", required=True,
                  example="{sum: spaces.capacity, where: {fact: row.kind, is: desk}, at_least: 10}"),
        ), help="A condition of the scheme file, on the facts of a place.")),
        ("any", Record("any_check", "L’un ou l’autre", (
            Field("any", ListOf(CHECK, least=1), "Vérifications", required=True),
        ))),
        ("all", Record("all_checks", "Tout ensemble", (
            Field("all", ListOf(CHECK, least=1), "Vérifications", required=True),
        ))),
        ("at_least_of", Record("some_checks", "Au moins k", (
            Field("at_least_of", Number(least=1, whole=True), "Combien", required=True),
            Field("of", ListOf(CHECK, least=1), "Parmi", required=True),
        ))),
    ),
    help="Met, not met or unknown; an unknown one is missing, or to_examine when a visitor must say.",
)  # fmt: skip
