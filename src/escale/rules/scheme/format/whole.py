"""The whole scheme file: identity, calendar, who, form, criteria, money, scoring, texts."""

from typing import Any

from escale.rules.scheme.format.conditions import CONDITION, UNKNOWN
from escale.rules.scheme.format.form import PIECE, SECTION
from escale.rules.scheme.format.money import AID, CATEGORY, ENVELOPE, LIMIT
from escale.rules.scheme.format.perimeter import PERIMETER
from escale.rules.scheme.format.words import INSTANT, KEY, LEGAL_FORM, PARAGRAPH, SENTENCE, TITLE, code, moment
from escale.rules.shape.kinds import Field, ListOf, Record
from escale.rules.shape.problem import Problem
from escale.rules.shape.scalar import Choice, Number, Ref, Text, YesNo
from escale.rules.words import _

SCHEMA = "escale.scheme/1"


def _in_order(found: dict[str, Any]) -> list[Problem]:
    if "opens" in found and "closes" in found and moment(found["opens"]) >= moment(found["closes"], end=True):
        return [Problem("impossible_dates", _("la clôture précède l’ouverture."), ["closes"])]
    return []


def _calendar(found: dict[str, Any]) -> list[Problem]:
    kind, waves = found["kind"], found.get("waves", [])
    if kind == "waves" and not waves:
        return [Problem("missing_word", _("un calendrier par vagues demande au moins une vague."), ["waves"])]
    if kind != "waves" and waves:
        return [Problem("contradiction", _("des vagues, mais le calendrier n’est pas « waves »."), ["waves"])]
    if kind == "deadline" and "closes" not in found:
        return [Problem("missing_word", _("une date limite demande « closes »."), ["closes"])]
    ends = [moment(wave["closes"], end=True) for wave in waves]
    begins = [moment(wave["opens"]) for wave in waves]
    for rank in range(1, len(waves)):
        if begins[rank] <= ends[rank - 1]:
            sentence = _("cette vague s’ouvre avant la clôture de la précédente.")
            return [Problem("impossible_dates", sentence, ["waves", rank, "opens"])]
    return _in_order(found)


WAVE = Record("wave", "Vague", (
    Field("code", code("wave"), "Code", required=True, example="spring"),
    Field("label", SENTENCE, "Nom"),
    Field("opens", INSTANT, "Ouvre", required=True, example="2026-01-05"),
    Field("closes", INSTANT, "Ferme", required=True, example="2026-03-31"),
    Field("quota", Number(least=1, whole=True), "Dossiers au plus", "once the fact wave.CODE reaches it, a dossier goes to the next wave", example="30"),
), checks=(_in_order,))  # fmt: skip

CALENDAR = Record("calendar", "Calendrier", (
    Field("kind", Choice((
        ("deadline", "une date limite", ""),
        ("waves", "plusieurs vagues", ""),
        ("permanent", "toute l’année", "may still have closes"),
    )), "Sorte", required=True, example="deadline"),
    Field("opens", INSTANT, "Ouvre", "a day is its first instant, Europe/Paris", example="2026-01-05"),
    Field("closes", INSTANT, "Ferme", "a day accepts up to 23:59:59.999 Europe/Paris", example="2026-06-30"),
    Field("waves", ListOf(WAVE, unique="code"), "Vagues"),
    Field("late", Choice((
        ("refuse", "refusé", ""),
        ("next_wave", "reporté à la vague suivante", "accepted for the next wave"),
    )), "Un dossier tardif est", default="refuse"),
), checks=(_calendar,))  # fmt: skip

DELEGATES = Record("delegates", "Délégataires", (
    Field("legal_forms", ListOf(LEGAL_FORM, least=1), "Formes juridiques des délégataires",
          "they apply for a public owner and are the beneficiary in its place", required=True, example="[sem, spl]"),
    Field("owner_legal_forms", ListOf(LEGAL_FORM), "Formes juridiques du propriétaire",
          "those of who.legal_forms, delegates left out, when absent"),
    Field("deed", Ref("piece"), "Acte qui délègue", "the piece is required of a delegate", example="delegation"),
))  # fmt: skip

WHO = Record("who", "Qui peut déposer", (
    Field("legal_forms", ListOf(LEGAL_FORM), "Formes juridiques", "forms or families", example="[commune, epci]"),
    Field("without_legal_forms", ListOf(LEGAL_FORM), "Sauf"),
    Field("perimeter", PERIMETER, "Périmètre du porteur"),
    Field("delegates", DELEGATES, "Délégataires d’un propriétaire public"),
    Field("label", SENTENCE, "En une phrase", example="Collectivités et leurs groupements"),
))  # fmt: skip

CRITERION = Record("criterion", "Critère", (
    Field("code", code("criterion"), "Code", required=True, example="population"),
    Field("title", SENTENCE, "Titre", required=True, example="Population des communes partenaires"),
    Field("when", CONDITION, "Concerne seulement", "else not_applicable"),
    Field("rule", CONDITION, "Règle", "absent: an officer judges, verdict to_examine"),
    Field("if_not", Choice((
        ("failed", "non rempli", ""),
        ("to_examine", "à examiner", "a false rule asks the officer"),
    )), "Règle fausse", default="failed"),
    Field("if_unknown", UNKNOWN, "Fait inconnu", default="missing"),
    Field("message", SENTENCE, "Phrase si non rempli"),
    Field("source", SENTENCE, "Source", "where the rule comes from", example="Règlement, article 3"),
))  # fmt: skip

PARTNERS = Record("partners", "Partenaires", (
    Field("allowed", YesNo(), "Partenaires possibles", default="yes"),
    Field("least", Number(least=0, most=200, whole=True), "Au moins", "lead included"),
    Field("most", Number(least=1, most=200, whole=True), "Au plus"),
    Field("legal_forms", ListOf(LEGAL_FORM), "Formes juridiques"),
    Field("perimeter", PERIMETER, "Périmètre"),
    Field("criteria", ListOf(CRITERION, unique="code"), "Critères de chacun", "facts begin with row."),
    Field("if_failed", Choice((
        ("fails_all", "le dossier n’est pas recevable", ""),
        ("leaves_sums", "il n’est pas compté", "the partner leaves the sums"),
    )), "Un partenaire refusé", default="leaves_sums"),
    Field("lead", YesNo(), "Un chef de file parmi eux", "the lead must be one of the partners", default="no"),
    Field("shares", YesNo(), "Parts d’aide à 100 %", default="no"),
    Field("confirmation", YesNo(), "Chacun confirme en ligne", default="no"),
))  # fmt: skip

FOLLOWS = Record("follows", "Suite d’un appel antérieur", (
    Field("schemes", ListOf(KEY, least=1), "Appels antérieurs", "keys of schemes whose dossiers feed this one",
          required=True, example="[ami-e-sante]"),
    Field("required", YesNo(), "Obligatoire", "yes: criterion follows", default="no"),
))  # fmt: skip

PROJECT_TYPE = Record("project_type", "Type de projet", (
    Field("code", code("project_type"), "Code", required=True, example="creation"),
    Field("label", SENTENCE, "Nom", required=True, example="Création d’un lieu"),
    Field("help", PARAGRAPH, "Explication"),
))  # fmt: skip
THEME = Record("theme", "Thème", (
    Field("code", code("theme"), "Code", required=True, example="civic_life"),
    Field("label", SENTENCE, "Nom", required=True, example="Vie citoyenne locale"),
    Field("eligible", YesNo(), "Accepté", default="yes"),
))  # fmt: skip

MARK = Record("mark", "Critère de notation", (
    Field("code", code("mark"), "Code", required=True, example="quality"),
    Field("label", SENTENCE, "Nom", required=True),
    Field("weight", Number(least=0, most=1000, whole=True), "Points", required=True, example="25"),
    Field("least", Number(least=0, whole=True), "Note éliminatoire en dessous de"),
    Field("help", PARAGRAPH, "Guide de notation"),
))  # fmt: skip
SCORING = Record("scoring", "Notation", (
    Field("scale", Number(least=1, most=100, whole=True), "Notes de 0 à", default="5"),
    Field("least", Number(least=0, whole=True), "Note minimale", example="50"),
    Field("marks", ListOf(MARK, least=1, unique="code"), "Critères", required=True),
    Field("reviewers", Number(least=1, most=20, whole=True), "Évaluateurs par dossier", default="2"),
))  # fmt: skip

CONTACT = Record("contact", "Contact", (
    Field("name", SENTENCE, "Service", required=True, example="Service du numérique"),
    Field("phone", Text(most=30), "Téléphone"),
    Field("email", Text(most=254, pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+", expected="nom@domaine"), "Courriel"),
))  # fmt: skip
TEXTS = Record("texts", "Textes", (
    Field("aims", PARAGRAPH, "Objectifs"),
    Field("audience", PARAGRAPH, "Pour qui, en mots"),
    Field("how_much", PARAGRAPH, "Combien, en mots"),
    Field("expenses", PARAGRAPH, "Dépenses retenues et exclues"),
    Field("process", PARAGRAPH, "Ce qui se passe après le dépôt"),
    Field("silence", PARAGRAPH, "Ce que vaut le silence"),
    Field("remedies", PARAGRAPH, "Voies de recours"),
    Field("duties", PARAGRAPH, "Engagements après l’aide"),
    Field("honour", PARAGRAPH, "Déclaration sur l’honneur"),
))  # fmt: skip
CLOCKS = Record("clocks", "Délais", (
    Field("completeness_days", Number(least=1, most=400, whole=True), "Jours pour dire si le dossier est complet"),
    Field("completeness_silence", Choice((
        ("complete", "réputé complet", ""), ("nothing", "rien", ""))), "Silence sur la complétude", default="nothing"),
    Field("decision_months", Number(least=1, most=36, whole=True), "Mois pour décider"),
    Field("decision_silence", Choice((
        ("refusal", "refus", ""), ("acceptance", "acceptation", ""))), "Silence sur la demande", default="refusal"),
    Field("draft_days", Number(least=30, most=1500, whole=True), "Jours avant qu’un brouillon n’expire"),
    Field("keep_years", Number(least=1, most=30, whole=True), "Années de conservation"),
))  # fmt: skip
INSTRUCTION = Record("instruction", "Instruction", (
    Field("four_eyes", YesNo(), "Relecture par une autre personne du service", "before the examination ends", default="no"),
    Field("visa", YesNo(), "Visa de la direction du service", "before the examination ends", default="no"),
))  # fmt: skip


LABEL = Record("label", "Label demandé", (
    Field("referential", KEY, "Adresse du référentiel", "granted by the vote of the dossier", required=True,
          example="tiers-lieux-normandie"),
    Field("type", Text(most=60), "Type de lieu labellisé", "a code of the referential; the first that the place fits when absent",
          example="epn"),
    Field("required", YesNo(), "Le lieu est à choisir pour déposer", default="yes"),
))  # fmt: skip


def _money(found: dict[str, Any]) -> list[Problem]:
    problems = []
    if found["kind"] == "ami" and "aid" in found:
        problems.append(
            Problem("contradiction", _("un appel à manifestation d’intérêt n’accorde pas d’aide."), ["aid"])
        )
    if "aid" in found and not found.get("expenses"):
        problems.append(Problem("missing_word", _("une aide demande des catégories de dépenses."), ["expenses"]))
    return problems


SCHEME = Record(
    "scheme",
    "Appel",
    (
        Field("schema", Choice(((SCHEMA, "", ""),)), "Format", required=True, example=SCHEMA),
        Field("key", KEY, "Adresse", "the end of its address", required=True, example="fabrique-2026"),
        Field("title", TITLE, "Titre", required=True, example="Fabrique d’initiatives"),
        Field("kind", Choice((
            ("aap", "appel à projets", ""),
            ("ami", "appel à manifestation d’intérêt", "never grants money"),
            ("aid", "aide permanente", ""),
            ("label", "label", "grants a label, perhaps money"),
        )), "Sorte", required=True, example="aap"),
        Field("summary", PARAGRAPH, "En une ou deux phrases", required=True),
        Field("service", KEY, "Service", "key of the Region's service", example="numerique"),
        Field("funds", ListOf(Choice((
            ("region", "Région", ""), ("feder", "FEDER", ""), ("fse", "FSE+", ""), ("feader", "FEADER", ""),
            ("state", "État", ""), ("other", "autre", ""),
        ))), "Fonds"),
        Field("tags", ListOf(SENTENCE), "Mots-clés"),
        Field("reference_year", Number(least=1990, most=2100, whole=True), "Année de population de référence"),
        Field("calendar", CALENDAR, "Calendrier", required=True),
        Field("who", WHO, "Qui peut déposer"),
        Field("partners", PARTNERS, "Partenaires"),
        Field("project_types", ListOf(PROJECT_TYPE, unique="code"), "Types de projets", "one and only one is chosen"),
        Field("themes", ListOf(THEME, unique="code"), "Thèmes"),
        Field("themes_least", Number(least=0, whole=True), "Thèmes au moins", default="1"),
        Field("themes_most", Number(least=1, whole=True), "Thèmes au plus"),
        Field("follows", FOLLOWS, "Suite d’un appel antérieur"),
        Field("label", LABEL, "Label demandé", "the applicant chooses its place; one dossier may bring label and aid"),
        Field("form", ListOf(SECTION, unique="code"), "Formulaire"),
        Field("criteria", ListOf(CRITERION, unique="code"), "Critères de recevabilité"),
        Field("expenses", ListOf(CATEGORY, unique="code"), "Dépenses"),
        Field("aid", AID, "Aide"),
        Field("limits", ListOf(LIMIT), "Limites"),
        Field("pieces", ListOf(PIECE, unique="code"), "Pièces"),
        Field("scoring", SCORING, "Notation"),
        Field("envelopes", ListOf(ENVELOPE, unique="code"), "Enveloppes"),
        Field("clocks", CLOCKS, "Délais"),
        Field("instruction", INSTRUCTION, "Instruction"),
        Field("contact", CONTACT, "Contact", required=True),
        Field("texts", TEXTS, "Textes"),
    ),
    checks=(_money,),
)  # fmt: skip
