"""French words of a scenario's states, acts and of the figures' codes."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.planner.policy import State
from escale.rules.policy import Wording

SCENARIO = Wording(
    thing=_("le scénario"),
    states={
        State.PRIVATE: _("pour vous seul"),
        State.SHARED: _("partagé avec la Région"),
        State.PUBLISHED: _("public"),
        State.ARCHIVED: _("rangé"),
    },
    acts={
        "read": _("Lire le scénario"),
        "run": _("Relancer le calcul"),
        "stop": _("Arrêter et garder le meilleur"),
        "rename": _("Renommer"),
        "share": _("Partager avec la Région"),
        "publish": _("Rendre public"),
        "take-back": _("Ne plus montrer"),
        "archive": _("Ranger"),
    },
)

#: Which places count as open in a computation.
NETWORKS = {
    "open": _("Tous les lieux ouverts"),
    "labelled": _("Les lieux labellisés"),
    "none": _("Aucun : comme si le réseau partait de zéro"),
}

#: What is looked for.
GOALS = {
    "places": _("Le plus d’habitants, avec un nombre de nouveaux lieux"),
    "budget": _("Le plus d’habitants, avec un budget"),
    "everyone": _("Le moins de lieux possible, pour une part des habitants"),
    "fading": _("Un lieu proche compte plus qu’un lieu lointain"),
    "dossiers": _("Choisir parmi les dossiers d’un appel, dans son enveloppe"),
}

#: How a computation ended, or where it is.
STATUSES = {
    "queued": _("en attente"),
    "running": _("en cours"),
    "proven": _("terminé, écart demandé atteint"),
    "stopped": _("arrêté, meilleure réponse gardée"),
    "infeasible": _("aucune réponse ne tient les planchers"),
    "refused": _("refusé"),
}
