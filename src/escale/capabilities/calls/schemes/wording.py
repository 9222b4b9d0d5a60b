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
