"""The models that come with the product: what a service starts from. (title, text) by kind of letter.

They are French, like the letters themselves: an administration writes in French (law of 4 August 1994, article 2).
"""

from escale.rules.letters import fields

_SALUTE = "Madame, Monsieur,"
_CLOSE = "Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée."
_QUESTIONS = "Pour toute question, le {{ nom du service }} reste à votre disposition."
_FILED = (
    "Vous avez déposé le {{ date de dépôt }} le dossier {{ numéro du dossier }}, « {{ titre du projet }} », au titre de "
    "l’appel « {{ titre de l’appel }} »."
)
_BY = "par délibération n° {{ référence de la délibération }} du {{ date du vote }}, {{ assemblée }}"
_REMEDIES = "---\n\n# Voies et délais de recours\n\n{{ voies et délais de recours }}"


def _letter(*paragraphs: str) -> str:
    return "\n\n".join((_SALUTE, *paragraphs))


STANDARD: dict[str, tuple[str, str]] = {
    fields.AWARD: (
        "Attribution d’une subvention – dossier {{ numéro du dossier }}",
        _letter(
            _FILED,
            f"J’ai le plaisir de vous informer que, {_BY} a décidé de vous attribuer une subvention de "
            "{{ montant accordé }}.",
            "? Ce montant a été établi ainsi : {{ calcul de l’aide }}",
            "? Il se répartit de la façon suivante : {{ répartition par financeur }}",
            "? Cette subvention est accordée sous les conditions suivantes : {{ conditions }}",
            "? Vos engagements : {{ engagements }}",
            "Cette lettre ne vaut pas ordre de paiement : les conditions de versement sont fixées par l’acte "
            "attributif ou par la convention que le service vous adressera.",
            _QUESTIONS,
            _CLOSE,
            _REMEDIES,
        ),
    ),
    fields.PARTIAL: (
        "Attribution partielle d’une subvention – dossier {{ numéro du dossier }}",
        _letter(
            _FILED + " Vous demandiez {{ montant demandé }}.",
            f"Je vous informe que, {_BY} a décidé de vous attribuer une subvention de "
            "{{ montant accordé }}, inférieure au montant demandé, pour les motifs suivants : {{ motifs }}",
            "? Le montant issu de l’examen avait été établi ainsi : {{ calcul de l’aide }}",
            "? La subvention accordée se répartit de la façon suivante : {{ répartition par financeur }}",
            "? Cette subvention est accordée sous les conditions suivantes : {{ conditions }}",
            "? Vos engagements : {{ engagements }}",
            "Si ce montant ne vous permet pas de réaliser le projet, faites-le savoir au service dès que possible.",
            _QUESTIONS,
            _CLOSE,
            _REMEDIES,
        ),
    ),
    fields.WAITING: (
        "Inscription en liste d’attente – dossier {{ numéro du dossier }}",
        _letter(
            _FILED,
            f"Je vous informe que, {_BY} a inscrit votre projet en liste d’attente : il pourra être soutenu si des "
            "crédits se libèrent.",
            "? Il y occupe le rang {{ rang en liste d’attente }}.",
            "? Motifs : {{ motifs }}",
            "Le service vous écrira si une place se libère, ou lorsque la liste d’attente prendra fin. Cette inscription "
            "ne vaut pas promesse de subvention.",
            _QUESTIONS,
            _CLOSE,
            _REMEDIES,
        ),
    ),
    fields.REFUSAL: (
        "Suite donnée à votre demande de subvention – dossier {{ numéro du dossier }}",
        _letter(
            _FILED,
            f"J’ai le regret de vous informer que, {_BY} n’a pas retenu votre demande, pour les motifs suivants : "
            "{{ motifs }}",
            "? Votre dossier a obtenu la note de {{ note obtenue }}.",
            "Sur demande depuis la page de votre dossier, le service vous communique le détail de vos notes et de "
            "l’examen.",
            _QUESTIONS,
            _CLOSE,
            _REMEDIES,
        ),
    ),
    fields.ADJOURNMENT: (
        "Report de la décision – dossier {{ numéro du dossier }}",
        _letter(
            _FILED,
            "Je vous informe que, lors de sa séance du {{ date du vote }}, {{ assemblée }} a reporté sa décision, pour "
            "les motifs suivants : {{ motifs }}",
            "Votre demande reste à l’étude : elle sera présentée de nouveau sans que vous ayez à la déposer une seconde "
            "fois.",
            _QUESTIONS,
            _CLOSE,
        ),
    ),
    fields.INVITATION: (
        "Suite de l’appel « {{ titre de l’appel }} » – dossier {{ numéro du dossier }}",
        _letter(
            _FILED,
            "Cet appel à manifestation d’intérêt n’accorde pas d’aide : il a servi à connaître les besoins et à préparer "
            "la suite. Je vous remercie d’y avoir pris part.",
            "La suite est l’appel « {{ appel suivant }} », auquel je vous invite à déposer un dossier.",
            "? Calendrier : {{ dates de l’appel suivant }}.",
            "Il est présenté à l’adresse {{ adresse de l’appel suivant }}. Les réponses que vous avez déjà données y sont "
            "reprises à votre demande ; vous n’aurez pas à les saisir de nouveau.",
            _QUESTIONS,
            _CLOSE,
        ),
    ),
    fields.WARNING: (
        "Projet de retrait d’une subvention – dossier {{ numéro du dossier }}",
        _letter(
            f"La subvention de {{{{ montant accordé }}}} qui vous a été attribuée {_BY.partition(',')[0]}, pour le projet "
            "« {{ titre du projet }} », pourrait vous être retirée pour les motifs suivants : {{ motifs }}",
            "Vous pouvez présenter vos observations, écrites ou orales, et vous faire assister par la personne de votre "
            "choix, jusqu’au {{ date limite de réponse }}. Vous pouvez répondre depuis la page de cette lettre.",
            "Aucune décision ne sera prise avant cette date (code des relations entre le public et l’administration, "
            "articles L. 121-1 et L. 122-1).",
            _QUESTIONS,
            _CLOSE,
        ),
    ),
    fields.WITHDRAWAL: (
        "Retrait d’une subvention – dossier {{ numéro du dossier }}",
        _letter(
            f"Une subvention vous avait été attribuée {_BY.partition(',')[0]}, pour le projet « {{{{ titre du projet }}}} ». "
            "Vous avez été mis en mesure de présenter vos observations.",
            "J’ai le regret de vous informer que cette subvention vous est retirée, pour les motifs suivants : "
            "{{ motifs }}",
            _QUESTIONS,
            _CLOSE,
            _REMEDIES,
        ),
    ),
    fields.REJECTION: (
        "Réponse à votre recours gracieux – dossier {{ numéro du dossier }}",
        _letter(
            "Par un recours reçu le {{ date du recours }}, vous avez demandé le réexamen de la décision prise sur le projet "
            "« {{ titre du projet }} » (dossier {{ numéro du dossier }}).",
            "Après nouvel examen, je vous informe que ce recours est rejeté, pour les motifs suivants : {{ motifs }}",
            _QUESTIONS,
            _CLOSE,
            _REMEDIES,
        ),
    ),
    fields.PARTNER: (
        "Suite donnée au projet « {{ titre du projet }} » – dossier {{ numéro du dossier }}",
        _letter(
            "Vous êtes partenaire du projet « {{ titre du projet }} », porté par {{ nom du déposant }} (dossier "
            "{{ numéro du dossier }}).",
            f"Je vous informe que, {_BY} a statué sur ce projet.",
            "? La subvention accordée s’élève à {{ montant accordé }}.",
            "? La part qui vous revient est de {{ part du partenaire }}.",
            _QUESTIONS,
            _CLOSE,
        ),
    ),
    fields.FUNDER: (
        "Décision sur un projet cofinancé – dossier {{ numéro du dossier }}",
        _letter(
            "Le projet « {{ titre du projet }} », porté par {{ nom du déposant }} (dossier {{ numéro du dossier }}), vous "
            "a été présenté comme cofinanceur.",
            f"Je vous informe que, {_BY} lui a attribué une subvention de {{{{ montant accordé }}}}, dont "
            "{{ part du financeur }} à votre charge.",
            "? Répartition : {{ répartition par financeur }}",
            _QUESTIONS,
            _CLOSE,
        ),
    ),
}
