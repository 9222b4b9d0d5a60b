"""French words of a scheme: states and acts."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.schemes.policy import State
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
    },
)

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

#: Facts that conditions compare, by their name in a file.
FACTS = {
    "applicant.legal_form": _("Porteur : forme juridique"),
    "applicant.commune": _("Porteur : commune"),
    "applicant.departement": _("Porteur : département"),
    "applicant.population": _("Porteur : population"),
    "applicant.created_on": _("Porteur : date de création"),
    "applicant.fte": _("Porteur : équivalents temps plein"),
    "applicant.size": _("Porteur : taille"),
    "applicant.ess": _("Porteur : économie sociale et solidaire"),
    "applicant.vat": _("Porteur : récupère la TVA ou non"),
    "applicant.name": _("Porteur : nom"),
    "applicant.siret": _("Porteur : SIRET"),
    "owner.name": _("Propriétaire représenté : nom"),
    "owner.legal_form": _("Propriétaire représenté : forme juridique"),
    "owner.population": _("Propriétaire représenté : population"),
    "earlier_dossiers": _("Dossiers antérieurs (lignes)"),
    "project_type": _("Type de projet"),
    "themes": _("Thèmes choisis"),
    "pieces": _("Pièces jointes"),
    "filed_on": _("Jour du dépôt"),
    "decided_on": _("Jour de la décision"),
    "partners": _("Partenaires (lignes)"),
    "partners.population": _("Partenaires : population"),
    "partners.legal_form": _("Partenaires : forme juridique"),
    "expenses": _("Dépenses (lignes)"),
    "expenses.amount": _("Dépenses : montant"),
    "funding": _("Ressources (lignes)"),
    "earlier_aids": _("Aides déjà reçues (lignes)"),
    "earlier_aids.amount": _("Aides déjà reçues : montant"),
    "plan.spending": _("Plan : dépenses prévues"),
    "plan.kept": _("Plan : dépenses éligibles, plafonds appliqués"),
    "plan.asked": _("Plan : aide demandée ici"),
    "plan.own": _("Plan : fonds propres"),
    "plan.loan": _("Plan : emprunt"),
    "plan.private": _("Plan : argent privé"),
    "plan.public": _("Plan : argent public"),
    "plan.other_public": _("Plan : autres aides publiques"),
    "plan.years": _("Plan : nombre d’années"),
    "territory.zones": _("Territoire : zones"),
    "territory.class": _("Territoire : classe"),
    "network.minutes_to_nearest_place": _("Réseau : minutes jusqu’au lieu ouvert le plus proche"),
    "place.opened_on": _("Lieu : date d’ouverture"),
    "place.hours_per_week": _("Lieu : heures d’ouverture par semaine"),
    "place.days_per_week": _("Lieu : jours d’ouverture par semaine"),
}
