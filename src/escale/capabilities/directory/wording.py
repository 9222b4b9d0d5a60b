"""French words of claims, reports, files and resemblances."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.directory.policy import ClaimState, IntakeState, ReportState, ResemblanceState
from escale.rules.policy import Wording

CLAIM = Wording(
    thing=_("la demande"),
    states={
        ClaimState.PENDING: _("à décider"),
        ClaimState.ACCEPTED: _("acceptée"),
        ClaimState.REFUSED: _("refusée"),
        ClaimState.WITHDRAWN: _("retirée"),
    },
    acts={
        "read": _("Lire la demande"),
        "accept": _("Confier la fiche"),
        "refuse": _("Refuser la demande"),
        "withdraw": _("Retirer ma demande"),
    },
)

REPORT = Wording(
    thing=_("le signalement"),
    states={
        ReportState.NEW: _("à regarder"),
        ReportState.FOLLOWED: _("corrigé"),
        ReportState.DISMISSED: _("sans suite"),
    },
    acts={
        "read": _("Lire le signalement"),
        "follow": _("C’est corrigé"),
        "dismiss": _("Classer sans suite"),
    },
)

RESEMBLANCE = Wording(
    thing=_("la ressemblance"),
    states={
        ResemblanceState.PENDING: _("à décider"),
        ResemblanceState.SAME: _("un seul lieu"),
        ResemblanceState.DIFFERENT: _("deux lieux"),
    },
    acts={
        "read": _("Comparer"),
        "unite": _("C’est le même lieu"),
        "separate": _("Ce sont deux lieux"),
    },
)

INTAKE = Wording(
    thing=_("le fichier"),
    states={
        IntakeState.RECEIVED: _("en lecture"),
        IntakeState.READY: _("à vérifier"),
        IntakeState.WRITING: _("en cours d’écriture"),
        IntakeState.DONE: _("repris dans l’annuaire"),
        IntakeState.DROPPED: _("mis de côté"),
    },
    acts={
        "read": _("Lire le fichier"),
        "match": _("Relire avec ces correspondances"),
        "compare": _("Comparer aux lieux connus"),
        "apply": _("Reprendre dans l’annuaire"),
        "finish": _("Terminer l’écriture"),
        "drop": _("Mettre de côté"),
    },
)
