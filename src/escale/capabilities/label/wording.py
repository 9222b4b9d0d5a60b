"""French words of referentials and labels: states, acts, what a check of a label says."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.label.policy import ReferentialState, State, VisitState
from escale.rules.policy import Wording

REFERENTIAL = Wording(
    thing=_("le référentiel"),
    states={
        ReferentialState.DRAFT: _("en préparation"),
        ReferentialState.PUBLISHED: _("en vigueur"),
        ReferentialState.ARCHIVED: _("rangé"),
    },
    acts={
        "read": _("Lire le référentiel"),
        "prepare": _("Préparer le référentiel"),
        "edit": _("Écrire le référentiel"),
        "publish": _("Publier"),
        "grant": _("Accorder le label"),
        "plan-visit": _("Prévoir une visite"),
        "archive": _("Ranger"),
    },
)

LABEL = Wording(
    thing=_("le label"),
    states={
        State.HELD: _("accordé"),
        State.SUSPENDED: _("suspendu"),
        State.WITHDRAWN: _("retiré"),
        State.GIVEN_UP: _("rendu par le lieu"),
        State.LAPSED: _("arrivé à sa fin"),
    },
    acts={
        "read": _("Lire le label"),
        "sign-charter": _("Signer la charte"),
        "warn": _("Prévenir le lieu"),
        "answer": _("Répondre à la Région"),
        "suspend": _("Suspendre le label"),
        "restore": _("Rétablir le label"),
        "withdraw": _("Retirer le label"),
        "invite": _("Inviter à renouveler"),
        "ask-renewal": _("Demander le renouvellement"),
        "renew": _("Renouveler le label"),
        "plan-steps": _("Fixer un plan de correction"),
        "finish-step": _("Dire qu’une correction est faite"),
        "report-year": _("Rendre le compte rendu de l’année"),
        "lapse": _("Fin de la validité"),
        "give-up": _("Rendre le label"),
    },
)

VISIT = Wording(
    thing=_("la visite"),
    states={
        VisitState.PLANNED: _("prévue"),
        VisitState.REPORTED: _("faite, rapport rendu"),
        VisitState.CANCELLED: _("annulée"),
    },
    acts={
        "read": _("Lire la visite"),
        "create": _("Visite prévue"),
        "move": _("Changer la date ou la personne"),
        "note": _("Enregistrer"),
        "add-photo": _("Ajouter une photo"),
        "remove-photo": _("Retirer la photo"),
        "report": _("Rendre le rapport"),
        "cancel": _("Annuler la visite"),
        "comment": _("Répondre au rapport"),
    },
)

#: The visitor's opinion on the label.
OPINIONS = {
    "favourable": _("Favorable"),
    "reserved": _("Favorable, avec des points à corriger"),
    "unfavourable": _("Défavorable"),
}

#: What was seen of a criterion.
SEEN = {"met": _("Oui"), "failed": _("Non"), "": _("Pas vu")}

#: What anyone who checks a label is told, by its state at the instant.
CHECKED = {
    "valid": _("Ce label est en cours de validité."),
    "coming": _("Ce label a été accordé ; sa validité n’a pas commencé."),
    "expired": _("Ce label n’est plus valable : sa durée est passée."),
    "suspended": _("Ce label est suspendu."),
    "withdrawn": _("Ce label a été retiré."),
    "given_up": _("Ce label a été rendu par le lieu."),
}

#: The same in a word, for tables.
CHECKED_SHORT = {
    "valid": _("valable"),
    "coming": _("à venir"),
    "expired": _("terminé"),
    "suspended": _("suspendu"),
    "withdrawn": _("retiré"),
    "given_up": _("rendu"),
}

VERDICTS = {
    "met": _("Le lieu remplit les engagements du label."),
    "missing": _("Il manque encore quelque chose."),
    "to_examine": _("Tout ce que la fiche dit est rempli ; le reste se voit sur place."),
}
