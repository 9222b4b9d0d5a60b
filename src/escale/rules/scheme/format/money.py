"""Money: what is eligible, how the aid is computed, what limits it, where it comes from."""

from escale.rules.scheme.format.conditions import CONDITION, MEASURE
from escale.rules.scheme.format.words import DURATION, EFFECT, SENTENCE, code
from escale.rules.shape.kinds import Field, ListOf, Record
from escale.rules.shape.scalar import Choice, Euros, Number, Rate, Ref, YesNo

VAT = Choice((
    ("by_status", "hors taxes, ou TTC si la TVA n’est pas récupérée", "by applicant.vat"),
    ("ht", "hors taxes", "amounts without VAT"),
    ("ttc", "toutes taxes comprises", "amounts with VAT"),
))  # fmt: skip
NATURE = Choice((("investment", "investissement", ""), ("operating", "fonctionnement", "")))
CAP_ON = Choice((
    ("aid", "l’aide", "the aid is cut to the amount"),
    ("spending", "les dépenses retenues", "spending above the amount is not kept"),
))  # fmt: skip
CHOOSE = Choice((
    ("first", "le premier qui convient", "rates are tried in their order"),
    ("better", "le plus favorable", "the rate that gives the greatest aid, its cap counted"),
    ("worse", "le moins favorable", "the rate that gives the smallest aid"),
))  # fmt: skip
ROUNDING = Choice((
    ("cent", "au centime", "half up"),
    ("euro", "à l’euro", "half up"),
    ("euro_down", "à l’euro inférieur", ""),
    ("ten_down", "à la dizaine d’euros inférieure", ""),
    ("hundred", "à la centaine d’euros", "half up"),
    ("hundred_down", "à la centaine d’euros inférieure", ""),
    ("thousand_down", "au millier d’euros inférieur", ""),
))  # fmt: skip
SCALE_MODE = Choice((
    ("whole", "toute la grandeur au palier atteint", "the bracket reached holds for the whole"),
    ("marginal", "chaque tranche à son palier", "each part at its own bracket"),
))  # fmt: skip
SHARE_OF = Choice((
    ("other_spending", "des autres dépenses retenues", "all kept spending but this category"),
    ("all_spending", "de toutes les dépenses retenues", "this category included"),
))  # fmt: skip

CATEGORY = Record("category", "Catégorie de dépenses", (
    Field("code", code("category"), "Code", required=True, example="works"),
    Field("label", SENTENCE, "Nom", required=True, example="Travaux"),
    Field("nature", NATURE, "Nature", default="investment"),
    Field("eligible", YesNo(), "Retenue", default="yes"),
    Field("when", CONDITION, "Retenue seulement si"),
    Field("where", CONDITION, "Seulement les dépenses où", "facts of the expense begin with row.",
          example="{fact: row.amount, at_least: 500}"),
    Field("cap_per_row", Euros(), "Au plus par dépense (€)", "each line declared"),
    Field("cap", Euros(), "Dépense retenue au plus (€)", example="20000"),
    Field("cap_per_year", Euros(), "Dépense retenue au plus par an (€)", example="10000"),
    Field("cap_per_unit", Euros(), "Au plus par unité (€)", example="1500"),
    Field("units", MEASURE, "Nombre d’unités", "needed by cap_per_unit and flat_per_unit", example="{fact: answers.workstations}"),
    Field("share_at_most", Rate(), "Au plus cette part", example="10 %"),
    Field("share_of", SHARE_OF, "De quoi", default="other_spending"),
    Field("share_of_categories", ListOf(Ref("category")), "Ou de ces catégories"),
    Field("vat", VAT, "Montants retenus", "instead of the rule of aid.vat"),
    Field("prorata", MEASURE, "Au prorata, en pour cent", "the share kept, such as the surface dedicated to the project",
          example="{ratio: {fact: answers.dedicated}, to: {fact: answers.surface}}"),
    Field("flat_per_unit", Euros(), "Forfait par unité (€)", "costs not declared but computed: this amount by units",
          example="25"),
    Field("flat_rate", Rate(), "Forfait calculé", "costs not declared but computed", example="15 %"),
    Field("flat_rate_of", ListOf(Ref("category")), "Forfait calculé sur"),
))  # fmt: skip

FUNDER = Record("funder", "Financeur", (
    Field("code", code("funder"), "Code", required=True, example="region"),
    Field("label", SENTENCE, "Nom", required=True, example="Région Normandie"),
    Field("budget_line", SENTENCE, "Ligne budgétaire"),
))  # fmt: skip

BASE = Record("base", "Assiette", (
    Field("categories", ListOf(Ref("category")), "Catégories", "all eligible ones when absent"),
    Field("natures", ListOf(NATURE), "Natures"),
    Field("years", ListOf(Number(least=2000, most=2100, whole=True)), "Années civiles"),
    Field("year_ranks", ListOf(Number(least=1, most=20, whole=True)), "Rangs d’année",
          "1 is the first year of the plan", example="[1]"),
    Field("cap", Euros(), "Dépense retenue au plus (€)", example="80000"),
    Field("less", MEASURE, "Moins", "euros taken off the base, such as other public funding",
          example="{fact: plan.other_public}"),
))  # fmt: skip

RATE_ROW = Record("rate_row", "Taux", (
    Field("when", CONDITION, "Si"),
    Field("rate", Rate(), "Taux", "rate or percent", example="30 %"),
    Field("percent", MEASURE, "Taux calculé, en pour cent", "kept between 0 and 100",
          example="{difference: {number: 80}, minus: {fact: answers.other_rate}}"),
    Field("cap", Euros(), "Plafond (€)", "on what cap_on says", example="60000"),
    Field("label", SENTENCE, "Nom du cas", example="Territoire peu vulnérable"),
))  # fmt: skip

BONUS_OF = Choice((
    ("rate", "points ajoutés au taux", "40 % and 10 % make 50 %"),
    ("aid", "part de l’aide ajoutée", "10 % of the aid, once the cap of its rate has cut it"),
))  # fmt: skip
BONUS = Record("bonus", "Majoration", (
    Field("when", CONDITION, "Si", required=True),
    Field("points", Rate(signed=True), "Points en plus", "less with a minus sign", required=True, example="10 %"),
    Field("of", BONUS_OF, "De quoi", default="rate"),
    Field("label", SENTENCE, "Nom"),
))  # fmt: skip

CAP = Record("cap", "Plafond", (
    Field("when", CONDITION, "Si"),
    Field("amount", Euros(), "Montant (€)", required=True, example="100000"),
    Field("on", CAP_ON, "Porte sur", default="aid"),
    Field("per", MEASURE, "Par unité", "the amount is multiplied by this measure"),
    Field("per_year", YesNo(), "Par année", "applied to each year of the plan", default="no"),
    Field("label", SENTENCE, "Nom"),
))  # fmt: skip

BRACKET = Record("bracket", "Palier", (
    Field("up_to", Number(least=0), "Jusqu’à (inclus)", "up_to or below; neither on the last bracket", example="10"),
    Field("below", Number(least=0), "Moins de (exclu)", example="2000"),
    Field("amount", Euros(), "Montant (€)", "flat for the bracket, or per unit with per_unit"),
    Field("per_unit", YesNo(), "Par unité", default="no"),
    Field("rate", Rate(), "Taux", "of euros, when the scale is on spending"),
))  # fmt: skip

GROUP = Record("group", "Groupe de composantes", (
    Field("code", code("group"), "Code", required=True, example="investment_or_flat"),
    Field("label", SENTENCE, "Nom", required=True, example="Le plus favorable des deux calculs"),
    Field("take", Choice((
        ("sum", "la somme", "all components count"),
        ("better", "la plus élevée", "only the greatest component counts"),
        ("worse", "la moins élevée", "only the smallest component that applies counts"),
        ("first", "la première", "only the first component that applies counts"),
    )), "Ce qui compte", required=True, example="better"),
    Field("cap", Euros(), "Plafond du groupe (€)", example="50000"),
))  # fmt: skip

SPLIT = Record("split", "Part d’un financeur", (
    Field("funder", Ref("funder"), "Financeur", required=True),
    Field("share", Rate(), "Part", required=True, example="70 %"),
))  # fmt: skip

COMPONENT = Record("component", "Composante de l’aide", (
    Field("code", code("component"), "Code", required=True, example="investment_aid"),
    Field("label", SENTENCE, "Nom", required=True, example="Aide à l’investissement"),
    Field("when", CONDITION, "Si"),
    Field("each_partner", YesNo(), "Calculée pour chaque partenaire",
          "on the expenses that it bears (expenses.partner); conditions and measures see it as row., caps and floor hold for each",
          default="no"),
    Field("group", Ref("group"), "Groupe", "one of aid.groups", example="investment_or_flat"),
    Field("funder", Ref("funder"), "Financeur", "the first funder when absent"),
    Field("split", ListOf(SPLIT), "Partage entre financeurs"),
    Field("base", BASE, "Assiette"),
    Field("rates", ListOf(RATE_ROW), "Taux", "one way: rate, amount, per_unit or scale"),
    Field("choose", CHOOSE, "Quel taux", default="first"),
    Field("cap_on", CAP_ON, "Les plafonds de taux portent sur", "the setting of an ambiguous text", default="aid"),
    Field("bonuses", ListOf(BONUS), "Majorations"),
    Field("bonuses_take", Choice((
        ("sum", "toutes", "all that apply are added"), ("better", "la plus forte", "only the greatest that applies"),
    )), "Majorations retenues", default="sum"),
    Field("rate_at_most", Rate(), "Taux au plus, majorations comprises"),
    Field("amount", Euros(), "Somme forfaitaire (€)"),
    Field("per_unit", Euros(), "Somme par unité (€)"),
    Field("units", MEASURE, "Nombre d’unités", "for per_unit and scale"),
    Field("units_at_most", Number(least=0), "Unités au plus"),
    Field("scale", ListOf(BRACKET), "Barème", "on units, or on kept spending in euros when units is absent"),
    Field("scale_mode", SCALE_MODE, "Lecture du barème", default="whole"),
    Field("within_spending", YesNo(), "Jamais plus que les dépenses retenues", default="yes"),
    Field("caps", ListOf(CAP), "Plafonds"),
    Field("floor", Euros(), "Rien en dessous de (€)"),
))  # fmt: skip

SPENDING_CAP = Record("spending_cap", "Plafond de dépenses", (
    Field("label", SENTENCE, "Nom", required=True, example="Études et honoraires"),
    Field("when", CONDITION, "Si"),
    Field("categories", ListOf(Ref("category"), least=1), "Catégories, ensemble", required=True),
    Field("amount", Euros(), "Au plus (€)", example="20000"),
    Field("per", MEASURE, "Par unité", "the amount is multiplied by this measure"),
    Field("per_year", YesNo(), "Par année", default="no"),
    Field("share_at_most", Rate(), "Au plus cette part", example="20 %"),
    Field("share_of", SHARE_OF, "De quoi", default="other_spending"),
    Field("share_of_categories", ListOf(Ref("category")), "Ou de ces catégories"),
))  # fmt: skip

AID = Record("aid", "Aide", (
    Field("vat", VAT, "Montants retenus", default="by_status"),
    Field("funders", ListOf(FUNDER, least=1, unique="code"), "Financeurs", required=True),
    Field("components", ListOf(COMPONENT, least=1, unique="code"), "Composantes", required=True),
    Field("groups", ListOf(GROUP, unique="code"), "Groupes de composantes"),
    Field("caps", ListOf(CAP), "Plafonds d’ensemble"),
    Field("spending_caps", ListOf(SPENDING_CAP), "Plafonds de dépenses sur plusieurs catégories"),
    Field("floor", Euros(), "Plancher (€)", "under it nothing is granted: criterion aid_floor", example="2000"),
    Field("spending_at_least", Euros(), "Dépenses retenues au moins (€)", "criterion spending_minimum"),
    Field("spending_at_most", Euros(), "Dépenses retenues au plus (€)", "criterion spending_maximum"),
    Field("rounding", ROUNDING, "Arrondi", default="cent"),
))  # fmt: skip

OWN_SHARE_OF = Choice((
    ("public_money", "de l’argent public", "spending less private money (CGCT L. 1111-10)"),
    ("spending", "du coût total", "all spending"),
))  # fmt: skip

LIMIT = Record("limit", "Limite", (
    Field("code", Choice((
        ("own_share", "part du maître d’ouvrage", "the owner bears at least rate"),
        ("public_total", "total des aides publiques", "all public aid at most rate of kept spending"),
        ("de_minimis", "aides de minimis", "grants of ]d − years, d] at most ceiling"),
        ("cumulation", "non-cumul", "not after these schemes"),
    )), "Limite", required=True, example="own_share"),
    Field("when", CONDITION, "Si"),
    Field("effect", EFFECT, "Effet", required=True, example="reduce"),
    Field("cuts", ListOf(Ref("funder")), "Réduit d’abord l’aide de",
          "in this order; the others after; absent: all in proportion", example="[region]"),
    Field("rate", Rate(), "Taux", "own_share: least share; public_total: greatest share", example="20 %"),
    Field("of", OWN_SHARE_OF, "Du maître d’ouvrage : part", default="public_money"),
    Field("on", Choice((("kept", "dépenses retenues", ""), ("all", "toutes les dépenses", ""))),
          "Aides publiques : part de", default="kept"),
    Field("ceiling", Euros(), "Plafond de minimis (€)", example="300000"),
    Field("years", Number(least=1, most=10, whole=True), "Années glissantes", default="3"),
    Field("regimes", ListOf(SENTENCE), "Régimes comptés", "de_minimis when absent", example="[de_minimis]"),
    Field("linked", YesNo(), "Compter les entreprises liées", default="yes"),
    Field("together", Euros(), "Cumul admis jusqu’à (€)",
          "cumulation: earlier aids of these schemes and this one at most this; absent: none", example="50000"),
    Field("schemes", ListOf(SENTENCE), "Aides déjà reçues qui excluent", "values of earlier_aids.scheme"),
    Field("same_project", YesNo(), "Seulement pour le même projet", default="no"),
    Field("where", CONDITION, "Seulement les aides reçues où", "de_minimis, cumulation: facts of the aid begin with row.",
          example="{fact: row.funder, is: Région}"),
    Field("within", DURATION, "Seulement si accordées depuis moins de"),
    Field("label", SENTENCE, "Explication", "added to the sentence, with its legal source"),
))  # fmt: skip

ENVELOPE = Record("envelope", "Enveloppe", (
    Field("code", code("envelope"), "Code", required=True, example="main"),
    Field("label", SENTENCE, "Nom", required=True),
    Field("amount", Euros(), "Montant (€)", required=True, example="2000000"),
    Field("funder", Ref("funder"), "Financeur"),
    Field("wave", Ref("wave"), "Vague"),
    Field("project_types", ListOf(Ref("project_type")), "Types de projets"),
    Field("departements", ListOf(SENTENCE), "Départements"),
    Field("reserve", Euros(), "Réserve (€)"),
    Field("budget_line", SENTENCE, "Ligne budgétaire"),
))  # fmt: skip
