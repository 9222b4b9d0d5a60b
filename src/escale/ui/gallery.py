"""Every component in every state, from one table: what ``/galerie/`` shows and the accessibility tests visit.

The sentences are samples, real French as pages say it; they are not translated.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from escale.ui.dots import dots_svg
from escale.ui.parts import PARTS


@dataclass(frozen=True)
class State:
    """One state of a component: what it is called, its parameters, what a frame surrounds (HTML of ours)."""

    name: str
    given: dict[str, Any] = field(default_factory=dict)
    content: str = ""


COLOURS = ("paper", "sheet", "ink", "soft", "sea", "sea-deep", "mist", "amber", "apple", "moss", "night", "border")
LEGAL_FORMS = (("commune", "Commune"), ("epci", "Intercommunalité"), ("association", "Association"))
HELPED = (
    ("network", "Animer un réseau", "Au moins cinq lieux, dans deux départements."),
    ("place", "Ouvrir un lieu", "Bail ou titre de propriété demandé."),
)
SIRET_WRONG = "Indiquez le SIRET : 14 chiffres, sur l’avis de situation Insee. Vous en avez donné 13."
NOON = datetime(2026, 3, 3, 11, 2, tzinfo=UTC)
#: Rouen, Le Havre, Caen, Cherbourg, Évreux, Alençon, Dieppe, Lisieux, Flers, Avranches: enough for a drawing.
TOWNS = (
    (1.09, 49.44, 117_000), (0.11, 49.49, 166_000), (-0.37, 49.18, 108_000), (-1.62, 49.63, 78_000), (1.15, 49.02, 47_000),
    (0.09, 48.43, 25_800), (1.08, 49.92, 28_600), (0.23, 49.15, 20_000), (-0.57, 48.75, 14_700), (-1.36, 48.68, 10_100),
)  # fmt: skip


def _field(name: str, code: str, label: str, **given: Any) -> State:
    return State(name, {"name": code, "label": label, **given})


FIELDS = [
    _field("question vide, avec aide", "g-name", "Nom de la structure", help="Comme sur les statuts."),
    _field("remplie", "g-mail", "Adresse électronique", kind="email", value="mairie@sainte-escale.example"),
    _field("à revoir", "g-siret", "SIRET", value="2114003330001", error=SIRET_WRONG, help="14 chiffres, avis Insee."),
    _field("facultative", "g-tel", "Téléphone", kind="tel", required=False),
    _field("mot de passe", "g-pass", "Mot de passe", kind="password", attrs={"autocomplete": "off"}),
    _field("adresse d’un site", "g-site", "Site internet", kind="url", required=False),
    _field("recherche", "g-seek", "Mot cherché", kind="search"),
    _field("texte long", "g-story", "Votre projet en quelques phrases", kind="textarea", help="500 mots au plus."),
    _field("montant", "g-amount", "Coût hors taxes", kind="amount", value="12 500,50"),
    _field("nombre et unité", "g-area", "Surface", kind="number", unit="m²", value="180"),
    _field("date", "g-day", "Ouverture prévue", kind="date", value="2026-09-01"),
    _field("date et heure", "g-instant", "Clôture", kind="datetime", value="2026-11-30T23:59"),
    _field("heure", "g-hour", "Ouvre à", kind="time", value="09:00"),
    _field("liste", "g-form", "Forme juridique", kind="select", options=LEGAL_FORMS, value="epci"),
    _field("choix unique, encadré", "g-type", "Votre projet", kind="radios", options=HELPED, value="place", boxed=True),
    _field("oui ou non, en ligne", "g-yes", "Le lieu est-il ouvert ?", kind="radios", inline=True,
           options=(("yes", "Oui"), ("no", "Non"))),
    _field("plusieurs choix, à revoir", "g-users", "Publics", kind="checkboxes", values=("b",), help="Tous ceux du projet.",
           options=(("a", "Salariés"), ("b", "Indépendants"), ("c", "Étudiants")), error="Cochez au moins deux publics."),
    _field("case", "g-agree", "J’atteste que ces informations sont exactes", kind="checkbox"),
    _field("case à revoir", "g-sign", "J’ai qualité pour signer", kind="checkbox", error="Cochez cette case pour déposer."),
    _field("fichier", "g-file", "Étude préalable", kind="file", help="PDF, 20 Mo au plus."),
    _field("commune", "g-commune", "Commune", kind="commune", value="Honfleur", options=(("14333", "Honfleur (14333)"),)),
    _field("cachée", "g-hidden", "", kind="hidden", value="1"),
    _field("question seule d’une page", "g-big", "Où est votre projet ?", big=True),
]  # fmt: skip

CRITERIA = [
    {
        "verdict": "met",
        "message": "Population de la commune : 1 240 (maximum 5 000).",
        "source": "Règlement, article 3",
    },
    {"verdict": "failed", "message": "Population cumulée des partenaires : 800 (minimum 1 000).", "source": ""},
    {"verdict": "missing", "message": "Indiquez la date de création de l’association.", "source": ""},
    {"verdict": "to_examine", "message": "Le caractère innovant sera examiné par le service.", "source": ""},
    {"verdict": "not_applicable", "message": "Sans partenaire, ce critère est sans objet.", "source": ""},
]
STEPS = [
    {"label": "Votre structure", "url": "#steps", "state": "complete", "missing": "", "current": False},
    {"label": "Le projet", "url": "#steps", "state": "started", "missing": "", "current": True},
    {
        "label": "Plan de financement",
        "url": "#steps",
        "state": "wrong",
        "missing": "Il manque 4 000 € de ressources",
        "current": False,
    },
    {"label": "Pièces", "url": "#steps", "state": "empty", "missing": "", "current": False},
]
LIFE = [
    {"label": "Déposé", "note": "3 mars 2026", "state": "past"},
    {"label": "En instruction", "note": "", "state": "now"},
    {"label": "Voté", "note": "", "state": "next"},
]
LINES = [
    {"label": "Dépenses retenues", "amount_cents": 1_250_050, "reason": "Équipement, hors taxes"},
    {"label": "Aide à 50 %", "amount_cents": 625_025, "reason": "Taux des territoires fragiles"},
    {"label": "Au-delà du plafond", "amount_cents": -125_025, "reason": "Plafond de 5 000 € par projet"},
]
EVENTS = [
    {"at": NOON, "what": "Dossier déposé", "by": "Claire Lemaréchal", "note": "", "state": "past"},
    {"at": NOON, "what": "Pièce demandée", "by": "Samira Haddad", "note": "Le plan daté et signé.", "state": "now"},
    {"at": None, "what": "Réponse attendue", "by": "", "note": "", "state": ""},
]
ACT = '<a class="button" href="#empty">Voir les appels</a>'
ROW = '<div class="field"><label class="field__label" for="g-row">Poste de dépense</label><input class="input" id="g-row" value="Travaux"></div>'

STATES: dict[str, list[State]] = {
    "crumbs": [State("chemin", {"trail": [("Appels et aides", "#crumbs"), ("Fabrique d’initiatives", "#crumbs")]})],
    "heading": [State("titre, état, acte", {"title": "Investir dans un bâtiment de tiers-lieu", "over": "Aide permanente",
                "lead": "Pour un propriétaire public ou son délégataire.", "tag": "Ouvert", "tone": "open"}, ACT)],
    "tabs": [State("trois vues", {"label": "Vues du dossier", "items": [("Réponses", "#tabs", True), ("Pièces", "#tabs", False),
             ("Journal", "#tabs", False)]})],
    "steps": [State("sections d’un formulaire", {"label": "Sections du dossier", "items": STEPS})],
    "progress": [State("vie d’un dossier", {"items": LIFE})],
    "link": [State("simple", {"label": "Voir l’appel", "url": "#link"}),
             State("principal, avec icônes", {"label": "Suis-je éligible ?", "url": "#link", "tone": "main", "after": "arrow-right"}),
             State("discret", {"label": "Télécharger", "url": "#link", "tone": "quiet", "icon": "download"})],
    "submit": [State("principal", {"label": "Enregistrer et continuer"}),
               State("grave", {"label": "Retirer le dossier", "tone": "danger"}),
               State("impossible, avec sa raison", {"label": "Déposer le dossier", "reason": "Il manque l’étude préalable."})],
    "act": [State("un bouton", {"label": "Reprendre", "url": "#act", "tone": "", "fields": (("rev", "1"),)}),
            State("impossible", {"label": "Publier", "url": "#act", "reason": "Deux points sont à revoir avant de publier."})],
    "alert": [State("information", {"text": "La prochaine vague ouvre le 2 avril.", "live": False}),
              State("refus", {"tone": "refusal", "code": "late", "text": "Le dossier ne peut plus être déposé : l’appel a fermé hier à 23 h 59."}),
              State("fait", {"tone": "done", "text": "Votre dossier est déposé.", "live": False}),
              State("attente", {"tone": "waiting", "title": "Une pièce vous est demandée", "text": "Le plan daté et signé.", "live": False}, ACT)],
    "summary": [State("deux réponses à revoir", {"errors": [("field-g-siret", SIRET_WRONG), ("", "Le plan n’est pas équilibré : il manque 4 000 €.")]})],
    "empty": [State("rien, et que faire", {"title": "Aucun dossier", "text": "Un dossier commence sur la page d’un appel."}, ACT),
              State("rien, avec le territoire", {"title": "Aucun lieu à moins de 20 minutes", "text": "Élargissez la recherche.",
                    "dots": dots_svg(TOWNS, width=320)})],
    "field": FIELDS,
    "search": [State("vide", {"label": "Chercher un appel", "action": "#search"}),
               State("remplie", {"label": "Chercher un dossier", "name": "g-q", "value": "halle", "hidden": (("state", "submitted"),)})],
    "repeat": [State("une ligne, une de plus", {"code": "g-expenses", "add": "Ajouter une dépense", "count": 1})],
    "repeat_row": [State("une ligne et ses actes", {"code": "g-expenses", "row": "a", "title": "Dépense 1"}, ROW)],
    "tag": [State(name, {"label": label, "tone": tone}) for name, label, tone in (
        ("neutre", "En instruction", ""), ("ouvert", "Ouvert", "open"), ("fini", "Clos", "done"), ("non", "Refusé", "no"),
        ("vous attend", "À compléter", "waiting"), ("sans point", "Commune", "plain"))],
    "facts": [State("termes et valeurs", {"items": [("Population", "1 240"), ("Département", "Calvados"), ("Zone", "QPV")]})],
    "verdicts": [State("les cinq réponses", {"items": CRITERIA})],
    "answer": [State(name, {"title": title, "verdict": verdict}, f"<p>{text}</p>") for name, verdict, title, text in (
        ("oui", "eligible", "Oui, votre commune peut déposer.", "Les quatre critères sont remplis."),
        ("non", "ineligible", "Non, pas en l’état.", "Un critère n’est pas rempli."),
        ("incomplet", "incomplete", "Il manque une réponse.", "Indiquez la population."),
        ("à examiner", "to_examine", "Votre projet sera examiné.", "Un critère demande un avis."))],
    "receipt": [State("base, taux, plafond, total", {"title": "Votre aide", "lines": LINES, "total_cents": 500_000})],
    "timeline": [State("journal", {"entries": EVENTS})],
    "sheet": [State("feuille", {"title": "En bref"}, "<p>Ferme dans 12 jours, le lundi 30 novembre 2026 à 23 h 59.</p>")],
    "details": [State("pliée", {"title": "Comment l’aide est calculée"}, "<p>Base, taux, plafond.</p>"),
                State("ouverte", {"title": "Pièces à préparer", "open": True}, "<p>Étude, plan, délibération.</p>")],
    "filter": [State("phrase", {"label": "Filtres des dossiers", "lead": "Mes dossiers", "parts": [("à examiner", "#filter"), ("triés par échéance", "")]}),
               State("ouverte", {"label": "Filtres des appels", "lead": "Appels", "parts": [("ouverts", "#filter")], "open": True},
                     '<form><button class="button button--small" type="submit">Appliquer</button></form>')],
    "pages": [State("milieu de liste", {"before": "#pages", "after": "#pages", "sentence": "Dossiers 51 à 100"})],
    "piece": [State("gardée", {"name": "etude-prealable.pdf", "url": "#piece", "facts": "PDF, 1,4 Mo, 3 mars 2026", "state": "Reçue", "tone": "open"}),
              State("manquante", {"name": "Délibération", "state": "À joindre", "tone": "waiting"})],
    "dots": [State("territoire", {"drawing": dots_svg(TOWNS, lit=((1.09, 49.44),), width=320), "sentence": "Dix villes, une escale allumée."})],
    "map": [State("sans script, rien : la liste suffit", {"label": "Carte des lieux", "points": "#map"})],
    "entry": [State("entrée de l’accueil", {"label": "Une aide pour un projet", "url": "#entry", "text": "Voyez ce qui est ouvert."})],
}  # fmt: skip

#: Parts that are items of a list.
LISTED = {"piece": "pieces", "entry": "entries"}


def shown() -> list[dict[str, Any]]:
    """The components in the order of their table: name, use, states, and the list they stand in."""
    return [
        {"name": name, "use": part.use, "states": STATES.get(name, []), "list": LISTED.get(name, "")}
        for name, part in PARTS.items()
    ]
