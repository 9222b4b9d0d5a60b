"""French words of sittings and votes, of opinions and outcomes."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.committee.policy import SittingState, VoteState
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
