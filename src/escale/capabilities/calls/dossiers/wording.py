"""French words of the dossier's states and acts."""

from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers.policy import PartnershipState, State
from escale.rules.policy import Wording

DOSSIER = Wording(
    thing=_("le dossier"),
    states={
        State.DRAFT: _("brouillon"),
        State.SUBMITTED: _("déposé"),
        State.COMPLETE: _("complet"),
        State.EXAMINED: _("examiné"),
        State.ADVISED: _("passé en comité"),
        State.VOTED: _("voté"),
        State.NOTIFIED: _("notifié"),
        State.WITHDRAWN: _("retiré"),
        State.EXPIRED: _("brouillon expiré"),
        State.CLOSED: _("clos sans suite"),
    },
    acts={
        "read": _("Lire le dossier"),
        "edit": _("Remplir le dossier"),
        "import": _("Importer des lignes du plan"),
        "prefill": _("Reprendre les réponses d’un autre dossier"),
        "comment": _("Ajouter une remarque"),
        "settle": _("Régler une remarque"),
        "read-team": _("Voir qui a fait quoi"),
        "hand-over": _("Confier le dossier"),
        "attach": _("Joindre une pièce"),
        "choose-place": _("Choisir le lieu"),
        "submit": _("Déposer le dossier"),
        "withdraw": _("Retirer le dossier"),
        "adopt": _("Reprendre sur le nouveau texte"),
        "write": _("Écrire un message"),
        "copy": _("Copier le dossier"),
        "expire": _("Laisser expirer le brouillon"),
        "purge": _("Effacer le contenu du brouillon expiré"),
        "instruct": _("Instruire le dossier"),
        "assign": _("Confier le dossier"),
        "note": _("Écrire une note interne"),
        "recuse": _("Déclarer un lien d’intérêt"),
        "correct": _("Demander des compléments"),
        "supply": _("Envoyer les compléments"),
        "ask-visa": _("Demander les visas"),
        "seek-opinion": _("Demander un avis"),
        "seek-review": _("Demander une évaluation"),
        "judge": _("Apprécier un point"),
        "fix-amount": _("Fixer le montant proposé"),
        "complete": _("Déclarer le dossier complet"),
        "deem-complete": _("Dossier réputé complet"),
        "examine": _("Terminer l’examen"),
        "resume": _("Reprendre l’examen"),
        "advise": _("Enregistrer l’avis du comité"),
        "defer": _("Ajourner le dossier"),
        "vote": _("Enregistrer le vote"),
        "call-up": _("Appeler de la liste d’attente"),
        "release": _("Rendre des crédits"),
        "notify": _("Notifier la décision"),
        "deem-refused": _("Demande rejetée par le silence du service"),
        "deem-accepted": _("Demande acceptée par le silence du service"),
        "close": _("Clore sans suite"),
        "reopen": _("Rouvrir le dossier"),
    },
    refusals={
        "edit": _(
            "Ce dossier n’est plus un brouillon : ses réponses sont figées. Copiez-le pour en préparer un autre."
        ),
        "import": _("Le plan n’est plus modifiable : le dossier a été déposé, ses réponses sont figées."),
        "prefill": _("Ce dossier a été déposé : ses réponses sont figées, rien ne peut plus y être copié."),
        "comment": _("Ce dossier n’est plus un brouillon : les remarques entre vous sont closes."),
        "settle": _("Ce dossier n’est plus un brouillon : les remarques entre vous sont closes."),
        "hand-over": _("Ce dossier n’est plus un brouillon : il n’y a plus rien à confier."),
        "attach": _(
            "Aucune pièce ne peut plus être jointe ni retirée : ce dossier n’est plus un brouillon. Écrivez au service pour lui envoyer un fichier."
        ),
        "submit": _("Ce dossier n’est plus un brouillon : s’il a été déposé, son récépissé fait foi."),
        "write": _("Les messages s’échangent une fois le dossier déposé. D’ici là, appelez le service."),
        "advise": _(
            "Le comité ne peut plus donner d’avis : le dossier n’est pas examiné, a été retiré ou est déjà voté."
        ),
        "vote": _("Ce dossier ne peut pas être voté : il n’est pas examiné, a été retiré, ou l’a déjà été."),
        "withdraw": _("Seul un dossier déposé et non encore voté peut être retiré."),
    },
)

PARTNERSHIP = Wording(
    thing=_("le partenariat"),
    states={
        PartnershipState.INVITED: _("réponse attendue"),
        PartnershipState.CONFIRMED: _("confirmé"),
        PartnershipState.LAPSED: _("à confirmer de nouveau"),
        PartnershipState.DECLINED: _("refusé"),
        PartnershipState.LEFT: _("quitté"),
        PartnershipState.CANCELLED: _("annulé"),
    },
    acts={
        "read": _("Lire le partenariat"),
        "invite": _("Inviter"),
        "confirm": _("Confirmer le partenariat"),
        "decline": _("Refuser le partenariat"),
        "leave": _("Quitter le partenariat"),
        "change": _("Changer les termes"),
        "cancel": _("Annuler l’invitation"),
    },
)
