"""The case: what is known of one application, by hand or from a dossier. What is absent is unknown."""

from escale.rules.legal import FAMILY_LABELS, LEGAL_FORMS, SIZES
from escale.rules.scheme.format.words import COMMUNE, INSTANT, SENTENCE
from escale.rules.shape.kinds import Field, ListOf, Record
from escale.rules.shape.scalar import Choice, Day, Euros, Number, Rate, Text, YesNo

FORM = Choice(tuple((form, label, "") for form, label in (LEGAL_FORMS | FAMILY_LABELS).items()))
CODE = Text(most=60)
SIZE = Choice(tuple((size, label, "") for size, label in SIZES.items()))

APPLICANT = Record("applicant", "Porteur", (
    Field("name", SENTENCE, "Nom"),
    Field("legal_form", FORM, "Forme juridique", example="commune"),
    Field("siret", Text(most=20), "SIRET"),
    Field("commune", COMMUNE, "Commune", example="14333"),
    Field("population", Number(least=0), "Population"),
    Field("created_on", Day(), "Créé le"),
    Field("fte", Number(least=0), "Équivalents temps plein"),
    Field("size", SIZE, "Taille"),
    Field("ess", YesNo(), "Économie sociale et solidaire"),
    Field("vat", Choice((
        ("recovers", "récupère", ""), ("partly", "récupère en partie", "vat_recovered says how much"),
        ("not_recovered", "ne récupère pas", ""),
    )), "TVA"),
    Field("vat_recovered", Rate(fraction=True), "Part de TVA récupérée", "when vat is partly: the rest is spending", example="40 %"),
))  # fmt: skip
OWNER = Record("owner", "Propriétaire public représenté", (
    Field("name", SENTENCE, "Nom"),
    Field("legal_form", FORM, "Forme juridique", example="commune"),
    Field("siret", Text(most=20), "SIRET"),
    Field("commune", COMMUNE, "Commune"),
    Field("population", Number(least=0), "Population"),
))  # fmt: skip
PARTNER = Record("partner", "Partenaire", (
    Field("name", SENTENCE, "Nom", required=True),
    Field("legal_form", FORM, "Forme juridique"),
    Field("commune", COMMUNE, "Commune"),
    Field("epci", Text(most=9), "Intercommunalité", "SIREN"),
    Field("zones", ListOf(CODE), "Zones", "those that hold the partner's commune"),
    Field("population", Number(least=0), "Population"),
    Field("siret", Text(most=20), "SIRET"),
    Field("created_on", Day(), "Créé le"),
    Field("fte", Number(least=0), "Équivalents temps plein"),
    Field("size", SIZE, "Taille"),
    Field("ess", YesNo(), "Économie sociale et solidaire"),
    Field("lead", YesNo(), "Chef de file"),
    Field("share", Rate(fraction=True), "Part de l’aide", example="80 %"),
    Field("confirmed", YesNo(), "A confirmé"),
))  # fmt: skip
EXPENSE = Record("expense", "Dépense", (
    Field("category", CODE, "Catégorie", required=True),
    Field("label", SENTENCE, "Intitulé"),
    Field("ht", Euros(), "Montant HT (€)", required=True),
    Field("vat", Euros(), "TVA (€)"),
    Field("year", Number(least=2000, most=2100, whole=True), "Année"),
    Field("dated_on", Day(), "Date", "of the quote, order or invoice"),
    Field("partner", SENTENCE, "Partenaire qui la porte"),
))  # fmt: skip
FUNDING = Record("funding", "Ressource", (
    Field("source", Choice((
        ("own", "fonds propres", ""), ("loan", "emprunt", ""), ("private", "privé", ""), ("public", "public", ""),
    )), "Origine", required=True),
    Field("funder", SENTENCE, "Financeur", "a code or a name; the scheme's own funders are the aid asked"),
    Field("state", Choice((("asked", "demandé", ""), ("granted", "obtenu", ""), ("refused", "refusé", ""))), "État",
          "asked when absent, granted for own and loan"),
    Field("amount", Euros(), "Montant (€)", required=True),
))  # fmt: skip
EARLIER = Record("earlier_aid", "Aide déjà reçue", (
    Field("granted_on", Day(), "Accordée le"),
    Field("amount", Euros(), "Montant (€)"),
    Field("regime", SENTENCE, "Régime", "de_minimis when absent", example="de_minimis"),
    Field("undertaking", Choice((("self", "le porteur", ""), ("linked", "une entreprise liée", ""))), "À qui",
          "self when absent"),
    Field("funder", SENTENCE, "Financeur"),
    Field("scheme", SENTENCE, "Dispositif"),
    Field("project", SENTENCE, "Projet", "same: for the project of this case"),
))  # fmt: skip


EARLIER_DOSSIER = Record("earlier_dossier", "Dossier antérieur", (
    Field("scheme", SENTENCE, "Appel", "its key", required=True),
    Field("number", SENTENCE, "Numéro"),
    Field("state", SENTENCE, "État"),
))  # fmt: skip

CASE = Record("case", "Cas", (
    Field("schema", Choice((("escale.case/1", "", ""),)), "Format"),
    Field("filed_at", INSTANT, "Déposé le", example="2026-02-10T12:00"),
    Field("decided_on", Day(), "Décidé le"),
    Field("project_type", CODE, "Type de projet"),
    Field("themes", ListOf(CODE), "Thèmes"),
    Field("applicant", APPLICANT, "Porteur"),
    Field("owner", OWNER, "Propriétaire public représenté", "when the applicant is its delegate"),
    Field("partners", ListOf(PARTNER), "Partenaires"),
    Field("expenses", ListOf(EXPENSE, most=2000), "Dépenses"),
    Field("funding", ListOf(FUNDING), "Ressources"),
    Field("pieces", ListOf(CODE), "Pièces"),
    Field("earlier_aids", ListOf(EARLIER), "Aides déjà reçues"),
    Field("earlier_dossiers", ListOf(EARLIER_DOSSIER), "Dossiers antérieurs"),
))  # fmt: skip
