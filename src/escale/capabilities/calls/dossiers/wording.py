"""French words of the dossier's states and acts."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers.policy import State
from escale.rules.policy import Wording

DOSSIER = Wording(
    thing=_("le dossier"),
    states={
        State.DRAFT: _("brouillon"),
        State.SUBMITTED: _("déposé"),
        State.WITHDRAWN: _("retiré"),
    },
    acts={
        "read": _("Lire le dossier"),
        "edit": _("Remplir le dossier"),
        "attach": _("Joindre une pièce"),
        "submit": _("Déposer le dossier"),
        "withdraw": _("Retirer le dossier"),
    },
    refusals={
        "edit": _("Ce dossier n’est plus modifiable : il a été déposé, ses réponses sont figées."),
        "attach": _("Aucune pièce ne peut plus être jointe : le dossier a été déposé."),
        "submit": _("Ce dossier a déjà été déposé : son récépissé fait foi."),
        "withdraw": _("Seul un dossier déposé peut être retiré."),
    },
)
