"""French words of places: states, acts."""

from django.utils.translation import gettext_lazy as _

from escale.foundation.places.policy import State
from escale.rules.policy import Wording

PLACE = Wording(
    thing=_("le lieu"),
    states={
        State.DRAFT: _("en préparation"),
        State.LISTED: _("dans l’annuaire"),
        State.CLOSED: _("fermé définitivement"),
        State.MERGED: _("réuni à un autre lieu"),
    },
    acts={
        "read": _("Lire la fiche"),
        "edit": _("Modifier la fiche"),
        "publish": _("Publier dans l’annuaire"),
        "set-hours": _("Changer les horaires"),
        "close-days": _("Fermer des jours"),
        "reopen-days": _("Annuler une fermeture"),
        "furnish": _("Décrire les espaces et l’équipement"),
        "price": _("Changer les tarifs"),
        "name-people": _("Dire qui accueille"),
        "add-photo": _("Ajouter une photo"),
        "remove-photo": _("Retirer une photo"),
        "confirm": _("Confirmer que tout est à jour"),
        "move": _("Déménager le lieu"),
        "carry": _("Relier à la structure porteuse"),
        "import": _("Reprendre d’un fichier"),
        "remind": _("Rappeler de vérifier la fiche"),
        "stand": _("Changer la situation du lieu"),
        "entrust": _("Confier la fiche"),
        "close": _("Fermer définitivement"),
        "reopen": _("Rouvrir le lieu"),
        "merge": _("Réunir à un autre lieu"),
    },
)
