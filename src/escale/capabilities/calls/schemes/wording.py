"""French words of a scheme: states and acts."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.schemes.policy import QuestionState, State
from escale.rules.policy import Wording

SCHEME = Wording(
    thing=_("l’appel"),
    states={
        State.DRAFT: _("en préparation"),
        State.IN_REVIEW: _("en relecture"),
        State.PUBLISHED: _("publié"),
        State.SUSPENDED: _("suspendu"),
        State.ARCHIVED: _("archivé"),
    },
    acts={
        "read": _("Lire l’appel"),
        "prepare": _("Voir la préparation"),
        "edit": _("Modifier l’appel"),
        "submit-for-review": _("Demander une relecture"),
        "send-back": _("Renvoyer en préparation"),
        "publish": _("Publier l’appel"),
        "prolong": _("Prolonger l’appel"),
        "close-early": _("Fermer l’appel plus tôt"),
        "suspend": _("Suspendre l’appel"),
        "resume": _("Reprendre l’appel"),
        "archive": _("Archiver l’appel"),
        "replace": _("Remplacer le texte de l’appel suspendu"),
        "correct": _("Corriger un texte publié"),
        "change-envelope": _("Changer le montant d’une enveloppe"),
        "share-preview": _("Créer un lien d’aperçu"),
        "revoke-preview": _("Retirer un lien d’aperçu"),
        "attach": _("Joindre un document"),
        "detach": _("Retirer un document"),
        "keep-case": _("Garder le cas d’essai"),
        "drop-case": _("Retirer le cas d’essai"),
    },
)

QUESTION = Wording(
    thing=_("la question"),
    states={
        QuestionState.UNCONFIRMED: _("à confirmer par courriel"),
        QuestionState.ASKED: _("posée"),
        QuestionState.ANSWERED: _("répondue"),
        QuestionState.SET_ASIDE: _("écartée"),
    },
    acts={
        "read": _("Lire la réponse"),
        "handle": _("Voir la question"),
        "confirm": _("Confirmer la question"),
        "answer": _("Publier la réponse"),
        "set-aside": _("Écarter la question"),
    },
)

#: What each act does, before one does it.
CONSEQUENCES = {
    "prolong": _(
        "L’appel ferme plus tard. Un bandeau le dit sur sa page, et ceux qui préparent un dossier sont prévenus."
    ),
    "close-early": _("L’appel ferme plus tôt. Un bandeau le dit sur sa page, avec votre raison."),
    "suspend": _(
        "Plus aucun dossier ne peut être déposé tant que l’appel n’est pas repris. Les brouillons sont gardés."
    ),
    "resume": _("Les dossiers peuvent de nouveau être déposés."),
    "archive": _("L’appel quitte la liste publique, pour toujours. Les dossiers déjà déposés gardent leur texte."),
    "correct": _(
        "Le texte corrigé remplace l’ancien ; la correction est datée sur la page. Pour changer une règle, publiez une nouvelle version."
    ),
    "change-envelope": _(
        "Le nouveau montant vaut pour tout ce qui reste à répartir ; le changement est daté sur la page."
    ),
}

#: What an amendment is called where it is listed.
AMENDMENTS = {
    "prolong": _("Appel prolongé"),
    "close": _("Appel fermé plus tôt"),
    "erratum": _("Texte corrigé"),
    "envelope": _("Enveloppe modifiée"),
    "suspend": _("Appel suspendu"),
    "resume": _("Appel repris"),
}

KINDS = {
    "aap": _("Appel à projets"),
    "ami": _("Appel à manifestation d’intérêt"),
    "aid": _("Aide permanente"),
    "label": _("Label"),
}

FUNDS = {
    "region": _("Région"),
    "feder": _("FEDER"),
    "fse": _("FSE+"),
    "feader": _("FEADER"),
    "state": _("État"),
    "other": _("Autre"),
}

PHASES = {"open": _("Ouvert"), "coming": _("À venir"), "past": _("Terminé"), "suspended": _("Suspendu")}

VERDICTS = {
    "eligible": _("Oui, vous pouvez déposer un dossier."),
    "ineligible": _("Non, une condition n’est pas remplie."),
    "incomplete": _("Presque : il manque des éléments pour répondre."),
    "to_examine": _("Oui, vous pouvez déposer ; le service examinera un point."),
}

#: What a case gives, in a word.
OUTCOMES = {
    "eligible": _("éligible"),
    "ineligible": _("non éligible"),
    "incomplete": _("incomplet"),
    "to_examine": _("à examiner"),
}

#: Facts that conditions compare, by their name in a file.
FACTS = {
    "project_type": _("Type de projet"),
    "themes": _("Thèmes choisis"),
    "pieces": _("Pièces jointes"),
    "filed_on": _("Jour du dépôt"),
    "decided_on": _("Jour de la décision"),
    "applicant.legal_form": _("Forme juridique du porteur"),
    "applicant.commune": _("Commune du porteur (son code)"),
    "applicant.departement": _("Département du porteur"),
    "applicant.population": _("Population de la commune du porteur"),
    "applicant.created_on": _("Date de création du porteur"),
    "applicant.fte": _("Équivalents temps plein du porteur"),
    "applicant.size": _("Taille de l’entreprise"),
    "applicant.ess": _("Économie sociale et solidaire"),
    "applicant.vat": _("Le porteur récupère la TVA ou non"),
    "applicant.vat_recovered": _("Part de TVA que le porteur récupère"),
    "applicant.name": _("Nom du porteur"),
    "applicant.siret": _("SIRET du porteur"),
    "owner.name": _("Nom du propriétaire représenté"),
    "owner.legal_form": _("Forme juridique du propriétaire représenté"),
    "owner.population": _("Population du propriétaire représenté"),
    "territory.zones": _("Zones de la commune"),
    "territory.class": _("Classe de la commune"),
    "territory.epci": _("Intercommunalité (son SIREN)"),
    "network.minutes_to_nearest_place": _("Minutes jusqu’au lieu ouvert le plus proche"),
    "place.opened_on": _("Date d’ouverture du lieu"),
    "place.hours_per_week": _("Heures d’ouverture par semaine"),
    "place.days_per_week": _("Jours d’ouverture par semaine"),
    "partners": _("Partenaires (leur nombre)"),
    "partners.population": _("Population des partenaires"),
    "partners.legal_form": _("Forme juridique des partenaires"),
    "partners.commune": _("Commune des partenaires"),
    "partners.departement": _("Département des partenaires"),
    "expenses": _("Dépenses (leur nombre)"),
    "expenses.amount": _("Montant des dépenses"),
    "funding": _("Ressources (leur nombre)"),
    "funding.amount": _("Montant des ressources"),
    "plan.spending": _("Dépenses prévues, en tout"),
    "plan.kept": _("Dépenses éligibles, plafonds appliqués"),
    "plan.asked": _("Aide demandée ici"),
    "plan.own": _("Fonds propres"),
    "plan.loan": _("Emprunts"),
    "plan.private": _("Argent privé"),
    "plan.public": _("Aides publiques, en tout"),
    "plan.other_public": _("Autres aides publiques"),
    "plan.years": _("Nombre d’années du budget"),
    "earlier_dossiers": _("Dossiers antérieurs (leur nombre)"),
    "earlier_aids": _("Aides déjà reçues (leur nombre)"),
    "earlier_aids.amount": _("Montant des aides déjà reçues"),
}

#: Facts of one row, inside « seulement les lignes où » and the criteria of a partner.
ROW_FACTS = {
    "row.name": _("Nom"),
    "row.legal_form": _("Forme juridique"),
    "row.commune": _("Commune (son code)"),
    "row.departement": _("Département"),
    "row.population": _("Population"),
    "row.zones": _("Zones"),
    "row.epci": _("Intercommunalité (son SIREN)"),
    "row.lead": _("Est chef de file"),
    "row.share": _("Part de l’aide"),
    "row.confirmed": _("A confirmé"),
    "row.category": _("Catégorie de la dépense"),
    "row.year": _("Année"),
    "row.amount": _("Montant"),
    "row.granted_on": _("Accordée le"),
    "row.regime": _("Régime"),
    "row.undertaking": _("À qui"),
    "row.funder": _("Financeur"),
    "row.scheme": _("Dispositif"),
    "row.project": _("Projet"),
    "row.source": _("Origine de la ressource"),
    "row.state": _("État de la ressource"),
}

#: How the list of facts is cut: (beginning of the names, title).
FACT_GROUPS = (
    ("row.", _("La ligne")),
    ("answers.", _("Réponses du formulaire")),
    ("applicant.", _("Le porteur")),
    ("project_type themes pieces filed_on decided_on", _("Le dossier")),
    ("owner.", _("Le propriétaire représenté")),
    ("territory.", _("Sa commune")),
    ("network.", _("Le réseau des lieux")),
    ("place.", _("Le lieu")),
    ("partners.", _("Chaque partenaire")),
    ("plan.", _("Le budget")),
    ("partners expenses funding earlier_aids earlier_dossiers", _("Des lignes à compter")),
    ("expenses.", _("Chaque dépense")),
    ("funding.", _("Chaque ressource")),
    ("earlier_aids.", _("Chaque aide déjà reçue")),
)

#: The button that adds a row, by the kind of row.
ADDING = {
    "wave": _("Ajouter une vague"),
    "criterion": _("Ajouter un critère"),
    "project_type": _("Ajouter un type de projet"),
    "theme": _("Ajouter un thème"),
    "mark": _("Ajouter un critère de notation"),
    "category": _("Ajouter une catégorie de dépenses"),
    "funder": _("Ajouter un financeur"),
    "rate_row": _("Ajouter un taux"),
    "bonus": _("Ajouter une majoration"),
    "cap": _("Ajouter un plafond"),
    "bracket": _("Ajouter un palier"),
    "group": _("Ajouter un groupe"),
    "split": _("Ajouter une part"),
    "component": _("Ajouter une composante"),
    "limit": _("Ajouter une limite"),
    "envelope": _("Ajouter une enveloppe"),
    "question": _("Ajouter une question"),
    "section": _("Ajouter une page de questions"),
    "piece": _("Ajouter une pièce"),
    "option": _("Ajouter une réponse possible"),
    "condition": _("Ajouter une condition"),
    "measure": _("Ajouter une grandeur"),
    "partner": _("Ajouter un partenaire"),
    "expense": _("Ajouter une dépense"),
    "funding": _("Ajouter une ressource"),
    "earlier_dossier": _("Ajouter un dossier antérieur"),
    "earlier_aid": _("Ajouter une aide déjà reçue"),
    "given": _("Ajouter un cas"),
    "spending_cap": _("Ajouter un plafond de dépenses"),
}
