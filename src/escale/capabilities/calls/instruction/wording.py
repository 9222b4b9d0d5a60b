"""French words of corrections, opinions, visas and reviews; of what is judged."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.instruction.policy import CorrectionState, OpinionState, ReviewState, VisaState
from escale.rules.policy import Wording

CORRECTION = Wording(
    thing=_("la demande de compléments"),
    states={
        CorrectionState.ASKED: _("attendue du déposant"),
        CorrectionState.ANSWERED: _("répondue"),
        CorrectionState.SETTLED: _("lue par le service"),
        CorrectionState.CANCELLED: _("annulée"),
        CorrectionState.LAPSED: _("restée sans réponse"),
    },
    acts={
        "read": _("Lire la demande"),
        "fill": _("Compléter"),
        "answer": _("Envoyer les compléments"),
        "settle": _("Prendre en compte"),
        "cancel": _("Annuler la demande"),
        "lapse": _("Laisser passer le délai"),
    },
    refusals={
        "fill": _("Cette demande n’attend plus de réponse : vos réponses d’avant sont gardées."),
        "answer": _("Cette demande n’attend plus de réponse : écrivez au service pour envoyer autre chose."),
    },
)

OPINION = Wording(
    thing=_("la demande d’avis"),
    states={
        OpinionState.ASKED: _("demandé"),
        OpinionState.GIVEN: _("rendu"),
        OpinionState.DECLINED: _("décliné"),
        OpinionState.WITHDRAWN: _("plus demandé"),
        OpinionState.EXPIRED: _("non rendu"),
    },
    acts={
        "read": _("Lire la demande d’avis"),
        "give": _("Rendre l’avis"),
        "decline": _("Décliner"),
        "withdraw": _("Ne plus demander cet avis"),
        "remind": _("Relancer"),
        "expire": _("Laisser expirer la demande"),
    },
    refusals={"give": _("Cet avis n’est plus attendu : il a été rendu, décliné ou retiré.")},
)

VISA = Wording(
    thing=_("le visa"),
    states={
        VisaState.ASKED: _("demandé"),
        VisaState.GIVEN: _("donné"),
        VisaState.REFUSED: _("refusé"),
        VisaState.VOID: _("sans objet"),
    },
    acts={
        "read": _("Lire la demande de visa"),
        "give": _("Donner le visa"),
        "refuse": _("Refuser le visa"),
        "void": _("Rendre le visa sans objet"),
    },
)

REVIEW = Wording(
    thing=_("l’évaluation"),
    states={
        ReviewState.ASKED: _("en cours"),
        ReviewState.FINISHED: _("terminée"),
        ReviewState.DECLINED: _("déclinée"),
        ReviewState.WITHDRAWN: _("plus demandée"),
        ReviewState.SET_ASIDE: _("écartée pour lien d’intérêt"),
    },
    acts={
        "read": _("Lire l’évaluation"),
        "score": _("Noter"),
        "finish": _("Terminer l’évaluation"),
        "decline": _("Décliner"),
        "recuse": _("Déclarer un lien avec ce dossier"),
        "set-aside": _("Écarter l’évaluation"),
        "reopen": _("Rouvrir l’évaluation"),
        "withdraw": _("Ne plus demander cette évaluation"),
        "remind": _("Relancer"),
    },
    refusals={
        "score": _("Cette évaluation est terminée : demandez au service de la rouvrir pour changer une note."),
        "finish": _("Cette évaluation est déjà terminée."),
        "withdraw": _("Cette évaluation est terminée : elle ne peut plus être retirée."),
    },
)

VISAS = {"four_eyes": _("relecture par une autre personne du service"), "lead": _("visa de la direction du service")}
OPINIONS = {"favourable": _("favorable"), "reserved": _("favorable avec réserves"), "unfavourable": _("défavorable")}
VERDICTS = {
    "met": _("rempli"),
    "failed": _("non rempli"),
    "missing": _("à préciser"),
    "to_examine": _("à examiner"),
    "not_applicable": _("sans objet"),
}
LINES = {"kept": _("retenue"), "reduced": _("réduite"), "refused": _("écartée")}
AWAITED = {"service": _("le service"), "applicant": _("le déposant"), "": "–"}
