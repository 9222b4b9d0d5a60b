"""French words of organisations: states, acts, roles, mandates, standing documents."""

from django.utils.translation import gettext_lazy as _

from escale.foundation.organisations.policy import InvitationState, RegionState, State
from escale.rules.policy import Wording

ORGANISATION = Wording(
    thing=_("l’organisation"),
    states={State.ACTIVE: _("active"), State.CLOSED: _("fermée")},
    acts={
        "read": _("Lire la fiche"),
        "edit": _("Modifier la fiche"),
        "invite": _("Inviter une personne"),
        "change-role": _("Changer le rôle"),
        "remove-member": _("Retirer cette personne"),
        "name-representative": _("Désigner qui représente l’organisation"),
        "leave": _("Quitter l’organisation"),
        "download": _("Emporter toutes les données"),
        "set-bank": _("Enregistrer les coordonnées bancaires"),
        "read-documents": _("Lire les documents permanents"),
        "add-document": _("Ajouter un document permanent"),
        "remove-document": _("Retirer ce document permanent"),
        "delegate": _("Déposer une délégation de signature"),
        "end-delegation": _("Mettre fin à la délégation"),
        "link": _("Déclarer une entreprise liée"),
        "unlink": _("Retirer cette entreprise liée"),
        "replace-owner": _("Désigner une personne responsable"),
        "close": _("Fermer l’organisation"),
    },
)

INVITATION = Wording(
    thing=_("l’invitation"),
    states={
        InvitationState.PENDING: _("en attente"),
        InvitationState.ACCEPTED: _("acceptée"),
        InvitationState.DECLINED: _("déclinée"),
        InvitationState.WITHDRAWN: _("retirée"),
        InvitationState.EXPIRED: _("expirée"),
    },
    acts={
        "read": _("Lire l’invitation"),
        "accept": _("Accepter l’invitation"),
        "decline": _("Décliner"),
        "withdraw": _("Retirer l’invitation"),
        "expire": _("Laisser expirer"),
    },
)

REGION = Wording(
    thing=_("la Région"),
    states={RegionState.OPEN: _("ouverte")},
    acts={
        "read": _("Lire la liste des personnes et des services"),
        "create-service": _("Créer un service"),
        "edit-service": _("Modifier ce service"),
        "create-person": _("Ajouter une personne"),
        "edit-person": _("Modifier cette personne"),
        "give-mandate": _("Donner une fonction"),
        "end-mandate": _("Mettre fin à cette fonction"),
        "set-zone": _("Définir une zone"),
        "purge": _("Effacement des données arrivées à leur terme"),
    },
)

ROLES = {
    "owner": _("responsable : invite, gère la fiche et les pièces"),
    "editor": _("rédaction : remplit les dossiers et la fiche"),
    "reader": _("lecture seule"),
}

ROLE_NAMES = {"owner": _("responsable"), "editor": _("rédaction"), "reader": _("lecture")}

MANDATES = {
    "officer": _("chargé ou chargée de mission"),
    "lead_officer": _("chef ou cheffe de service"),
    "reviewer": _("évaluateur ou évaluatrice"),
    "committee": _("membre du comité"),
    "elected": _("élu ou élue de l’assemblée"),
    "secretary": _("secrétariat de l’assemblée"),
    "signatory": _("délégation de signature"),
    "administrator": _("administration du site"),
}

VAT = {
    "recovers": _("récupère la TVA"),
    "partly": _("récupère une partie de la TVA"),
    "not_recovered": _("ne récupère pas la TVA"),
}

DOCUMENTS = {
    "statutes": _("statuts"),
    "registration": _("avis de situation Insee ou récépissé"),
    "bank_details": _("relevé d’identité bancaire"),
    "accounts": _("comptes du dernier exercice"),
    "activity_report": _("rapport d’activité"),
    "officers_list": _("liste des dirigeants"),
    "insurance": _("attestation d’assurance"),
    "vat_certificate": _("attestation de TVA"),
    "delegation": _("délégation de signature"),
    "republican_contract": _("contrat d’engagement républicain signé"),
    "de_minimis": _("déclaration des aides de minimis"),
}
