"""French words of sittings and votes, of opinions and outcomes."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.committee.policy import (
    AppealState,
    LetterState,
    ModelState,
    RecallState,
    SittingState,
    VoteState,
)
from escale.rules.letters import fields
from escale.rules.policy import Wording

SITTING = Wording(
    thing=_("la séance"),
    states={
        SittingState.PREPARED: _("en préparation"),
        SittingState.CONVENED: _("convoquée"),
        SittingState.OPEN: _("en cours"),
        SittingState.CLOSED: _("close"),
        SittingState.CANCELLED: _("annulée"),
    },
    acts={
        "read": _("Lire la séance"),
        "hold": _("Tenir la séance"),
        "edit": _("Modifier la séance"),
        "seat": _("Ajouter un membre"),
        "unseat": _("Retirer ce membre"),
        "add": _("Inscrire à l’ordre du jour"),
        "remove": _("Retirer de l’ordre du jour"),
        "convene": _("Convoquer les membres"),
        "attend": _("Noter les présences"),
        "rank": _("Changer le rang"),
        "simulate": _("Enregistrer l’hypothèse"),
        "open": _("Ouvrir la séance"),
        "acknowledge": _("Reprendre avec les nouveaux montants"),
        "show": _("Afficher à l’écran"),
        "opine": _("Enregistrer l’avis"),
        "follow": _("Suivre l’hypothèse pour les dossiers sans avis"),
        "recuse": _("Déclarer un lien d’intérêt"),
        "close": _("Clore la séance"),
        "cancel": _("Annuler la séance"),
    },
    refusals={
        "opine": _("Un avis s’enregistre pendant la séance : elle n’est pas ouverte, ou elle est close."),
        "open": _("Seule une séance convoquée peut être ouverte : convoquez d’abord ses membres."),
    },
)

VOTE = Wording(
    thing=_("la délibération"),
    states={
        VoteState.PREPARED: _("en préparation"),
        VoteState.RECORDED: _("enregistrée"),
        VoteState.DROPPED: _("abandonnée"),
    },
    acts={
        "read": _("Lire la délibération"),
        "edit": _("Modifier l’annexe"),
        "fill": _("Reprendre les avis du comité"),
        "import": _("Importer l’annexe"),
        "remove": _("Retirer cette ligne"),
        "record": _("Enregistrer le vote"),
        "release": _("Rendre des crédits"),
        "call-up": _("Appeler de la liste d’attente"),
        "drop": _("Abandonner cette délibération"),
    },
    refusals={
        "record": _("Ce vote est déjà enregistré : il ne peut pas l’être deux fois."),
        "edit": _("Cette délibération est enregistrée : son annexe ne change plus."),
        "import": _("Cette délibération est enregistrée : son annexe ne change plus."),
    },
)

ROLES = {"chair": _("préside"), "member": _("membre"), "observer": _("sans voix")}
ATTENDANCE = {
    "expected": _("attendu"),
    "present": _("présent"),
    "excused": _("excusé"),
    "absent": _("absent"),
}
OPINIONS = {
    "favourable": _("favorable"),
    "waiting": _("favorable, en liste d’attente"),
    "unfavourable": _("défavorable"),
    "adjourned": _("ajourné"),
}
OUTCOMES = {
    "awarded": _("aide accordée"),
    "partial": _("aide accordée en partie"),
    "waiting": _("liste d’attente"),
    "refused": _("refusé"),
    "adjourned": _("ajourné"),
    "retained": _("retenu, sans aide"),
}
RELEASES = {
    "given_up": _("le bénéficiaire renonce"),
    "withdrawn": _("aide retirée"),
    "reduced": _("aide réduite"),
}

LETTER_MODEL = Wording(
    thing=_("le modèle de lettre"),
    states={ModelState.UNTRIED: _("à essayer"), ModelState.TRIED: _("essayé")},
    acts={
        "read": _("Lire le modèle"),
        "edit": _("Modifier le modèle"),
        "try": _("Essayer sur un dossier"),
        "use": _("Préparer des lettres avec ce modèle"),
    },
    refusals={
        "use": _("Ce modèle a changé depuis son dernier essai : essayez-le sur un dossier avant de l’utiliser."),
    },
)

LETTER = Wording(
    thing=_("la lettre"),
    states={
        LetterState.PREPARED: _("à relire"),
        LetterState.REVIEWED: _("à signer"),
        LetterState.SIGNED: _("à envoyer"),
        LetterState.SENT: _("envoyée"),
        LetterState.OPENED: _("lue"),
        LetterState.REPLACED: _("remplacée"),
        LetterState.CANCELLED: _("abandonnée"),
    },
    acts={
        "read": _("Lire la lettre"),
        "correct": _("Corriger la lettre"),
        "review": _("Marquer comme relue"),
        "sign": _("Signer la lettre"),
        "send": _("Envoyer la lettre"),
        "cancel": _("Abandonner la lettre"),
        "open": _("Ouvrir la lettre"),
        "serve": _("Noter une remise par une autre voie"),
        "replace": _("Remplacer par une autre lettre"),
        "rectify": _("Préparer une lettre rectificative"),
        "remind": _("Signaler une lettre non lue"),
        "ask-reasons": _("Demander les motifs et mes notes"),
        "appeal": _("Former un recours gracieux"),
        "recall": _("Engager le retrait de l’aide"),
        "give-up": _("Renoncer à l’aide"),
    },
    refusals={
        "correct": _("Cette lettre est signée ou partie : abandonnez-la ou préparez une lettre rectificative."),
        "review": _("Cette lettre n’est plus à relire."),
        "sign": _("Cette lettre n’est pas à signer : elle doit d’abord être relue, et ne se signe qu’une fois."),
        "send": _("Cette lettre n’est pas à envoyer : elle doit être signée, et ne part qu’une fois."),
        "cancel": _("Cette lettre est partie : préparez une lettre rectificative, la première reste au dossier."),
        "open": _("Cette lettre a déjà été ouverte."),
        "serve": _("Sa réception est déjà prouvée."),
        "appeal": _(
            "Ouvrez d’abord la lettre. Une lettre remplacée ne se conteste plus : contestez celle qui la remplace."
        ),
    },
)

#: The letters of one state, as the title of their list.
LETTERS_THAT = {
    LetterState.PREPARED: _("À relire"),
    LetterState.REVIEWED: _("À signer"),
    LetterState.SIGNED: _("À envoyer"),
    LetterState.SENT: _("Envoyées, pas encore ouvertes"),
    LetterState.OPENED: _("Lues"),
    LetterState.REPLACED: _("Remplacées par une autre"),
    LetterState.CANCELLED: _("Abandonnées"),
}

LETTERS = {
    fields.AWARD: _("attribution"),
    fields.PARTIAL: _("attribution partielle"),
    fields.WAITING: _("liste d’attente"),
    fields.REFUSAL: _("refus"),
    fields.ADJOURNMENT: _("ajournement"),
    fields.INVITATION: _("invitation à l’appel suivant"),
    fields.WARNING: _("avertissement avant retrait"),
    fields.WITHDRAWAL: _("retrait"),
    fields.REJECTION: _("rejet de recours gracieux"),
    fields.PARTNER: _("information d’un partenaire"),
    fields.FUNDER: _("information d’un financeur"),
}

APPEAL = Wording(
    thing=_("le recours gracieux"),
    states={
        AppealState.FILED: _("à examiner"),
        AppealState.UPHELD: _("accueilli"),
        AppealState.REJECTED: _("rejeté"),
        AppealState.DEEMED_REJECTED: _("rejeté par le silence du service"),
        AppealState.WITHDRAWN: _("repris par son auteur"),
    },
    acts={
        "read": _("Lire le recours"),
        "uphold": _("Accueillir le recours"),
        "reject": _("Rejeter le recours"),
        "deem-rejected": _("Recours rejeté par le silence du service"),
        "withdraw": _("Reprendre le recours"),
    },
    refusals={
        "uphold": _("Ce recours n’attend plus de réponse."),
        "reject": _("Ce recours n’attend plus de réponse."),
    },
)

RECALL = Wording(
    thing=_("la procédure de retrait"),
    states={
        RecallState.WARNED: _("observations attendues"),
        RecallState.ANSWERED: _("observations reçues"),
        RecallState.DECIDED: _("retrait décidé"),
        RecallState.DROPPED: _("abandonnée"),
    },
    acts={
        "read": _("Lire la procédure de retrait"),
        "answer": _("Présenter mes observations"),
        "decide": _("Décider le retrait"),
        "drop": _("Abandonner le retrait"),
    },
    refusals={
        "answer": _("Les observations ne sont plus attendues : elles ont été reçues, ou la procédure est finie."),
    },
)
