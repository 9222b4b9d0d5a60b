"""What is typed around a call: a document to join, a question and its answer, an address to tell."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escale.foundation.documents.kinds import extensions

_MAIL = gettext_lazy("Indiquez une adresse, par exemple mairie@exemple.fr.")


class AttachForm(forms.Form):
    """A file, its title, the piece it is the template of."""

    title = forms.CharField(
        label=gettext_lazy("Titre du document"), max_length=200, help_text=gettext_lazy("Par exemple : Règlement de l’appel."),
        error_messages={"required": gettext_lazy("Donnez un titre : c’est ce que lit le public.")},
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Fichier"), widget=forms.FileInput(attrs={"accept": ",".join(extensions())}),
        error_messages={"required": gettext_lazy("Choisissez le fichier à joindre."),
                        "empty": gettext_lazy("Ce fichier est vide : choisissez-en un autre.")},
    )  # fmt: skip
    piece = forms.ChoiceField(
        label=gettext_lazy("C’est le modèle à remplir d’une pièce"), required=False,
        help_text=gettext_lazy("Il sera proposé à côté de cette pièce."),
    )  # fmt: skip

    def __init__(self, *args: Any, pieces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["piece"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Non, c’est un document à lire")), *pieces]


class AskForm(forms.Form):
    """A question about a call."""

    text = forms.CharField(
        label=gettext_lazy("Votre question"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("N’écrivez rien de confidentiel : la question et la réponse seront publiées, sans votre nom."),
        error_messages={"required": gettext_lazy("Écrivez votre question."),
                        "max_length": gettext_lazy("La question est trop longue : 3 000 caractères au plus.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Votre adresse électronique"), max_length=254, help_text=gettext_lazy("Pour vous répondre. Elle n’est pas publiée."),
        error_messages={"required": _MAIL, "invalid": _MAIL},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The question as it is published, and the answer."""

    text = forms.CharField(
        label=gettext_lazy("La question, telle qu’elle sera publiée"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Retirez ce qui ferait reconnaître la personne."),
        error_messages={"required": gettext_lazy("La question publiée ne peut pas être vide.")},
    )  # fmt: skip
    answer = forms.CharField(
        label=gettext_lazy("La réponse"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Tous la lisent : égalité de traitement."),
        error_messages={"required": gettext_lazy("Écrivez la réponse.")},
    )  # fmt: skip


class SetAsideForm(forms.Form):
    """Why a question is not published."""

    reason = forms.CharField(
        label=gettext_lazy("Ce que vous répondez à la personne"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Dites à la personne pourquoi sa question n’est pas publiée.")},
    )  # fmt: skip


class SubscribeForm(forms.Form):
    """An address to tell when the call opens."""

    email = forms.EmailField(label=gettext_lazy("Votre adresse électronique"), max_length=254,
                             error_messages={"required": _MAIL, "invalid": _MAIL})  # fmt: skip
