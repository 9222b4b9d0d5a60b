"""What is posted beside the answers: which organisation, the statement on honour."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers.models import Pace, Way
from escale.capabilities.calls.dossiers.queries.form import Call
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations.forms.naming import OrganisationField
from escale.foundation.questionnaires import tables
from escale.foundation.questionnaires.questions import Block
from escale.foundation.questionnaires.tables import Table
from escale.rules.refusal import Refused


class BeginForm(forms.Form):
    """For which of my organisations the dossier is begun."""

    organisation = forms.ChoiceField(label=_("Au nom de"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = organisations
        field.error_messages["required"] = _("Choisissez l’organisation au nom de laquelle vous déposez.")
        field.error_messages["invalid_choice"] = field.error_messages["required"]


class BehalfForm(forms.Form):
    """What the service received for an applicant who could not file here, and when."""

    scheme = forms.ModelChoiceField(
        Scheme.objects.none(), label=_("Appel"), empty_label=_("Choisissez"), to_field_name="key",
        error_messages={"required": _("Choisissez l’appel."), "invalid_choice": _("Choisissez-le dans la liste.")},
    )  # fmt: skip
    organisation = OrganisationField(label=_("Organisation qui dépose"))
    way = forms.ChoiceField(
        label=_("Pourquoi elle ne dépose pas ici"), choices=Way.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison."), "invalid_choice": _("Choisissez une raison.")},
    )  # fmt: skip
    received_at = forms.DateTimeField(
        label=_("Reçu par le service le"), help_text=_("Jour et heure de Paris : c’est la date du dépôt, elle figure au récépissé."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
        error_messages={"required": _("Indiquez le jour et l’heure."), "invalid": _("Écrivez-le comme 03/03/2026 14:30.")},
        widget=forms.DateTimeInput(attrs={"data-kind": "datetime"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Motif, et où le papier est gardé"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Il reste au journal du dossier et figure au récépissé. Joignez le papier numérisé parmi les pièces."),
        error_messages={"required": _("Dites pourquoi le service saisit ce dossier : le motif reste au journal.")},
    )  # fmt: skip

    def __init__(self, *args: Any, schemes: "QuerySet[Scheme]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scheme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = schemes


class SignForm(forms.Form):
    """Who signs, in which quality, and the statement."""

    signer = forms.CharField(
        label=_("Prénom et nom"),
        max_length=200,
        error_messages={"required": _("Indiquez le prénom et le nom de la personne qui signe.")},
    )
    quality = forms.CharField(
        label=_("En qualité de"),
        max_length=100,
        help_text=_("Par exemple : maire, présidente, directeur délégué."),
        error_messages={"required": _("Indiquez en quelle qualité vous signez.")},
    )
    honour = forms.BooleanField(
        label=_("Je fais cette déclaration sur l’honneur"),
        error_messages={"required": _("Cochez la déclaration sur l’honneur : sans elle, le dossier ne part pas.")},
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)


class WithdrawForm(forms.Form):
    """Why a filed dossier is taken back."""

    reason = forms.CharField(
        label=_("Pourquoi retirez-vous ce dossier ?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Dites en une phrase pourquoi vous retirez ce dossier.")},
    )


class CopyForm(forms.Form):
    """For which call a copy is made."""

    call = forms.ChoiceField(label=_("Pour quel appel ?"), widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, calls: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["call"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = calls
        field.error_messages["required"] = _("Choisissez l’appel pour lequel le dossier est copié.")
        field.error_messages["invalid_choice"] = _("Cet appel n’est pas ouvert aujourd’hui : choisissez-en un autre.")


class MessageForm(forms.Form):
    """What is written to the other side; files are read apart."""

    text = forms.CharField(
        label=_("Votre message"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Écrivez votre message, même en une ligne si vous joignez un fichier."),
            "max_length": _("Ce message compte %(show_value)s signes : 10 000 au plus. Joignez plutôt un document."),
        },
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)


class PaceForm(forms.Form):
    """How often someone wants mail about messages."""

    pace = forms.ChoiceField(
        label=_("Me prévenir par courriel"),
        choices=Pace.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez quand nous vous écrivons.")},
    )


class HandOverForm(forms.Form):
    """Who is in charge from now on."""

    to = forms.ChoiceField(label=_("À qui ?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = people
        field.error_messages["required"] = _("Choisissez la personne à qui vous confiez le dossier.")
        field.error_messages["invalid_choice"] = field.error_messages["required"]


class ConfirmForm(forms.Form):
    """A partner's yes: in which quality, to which terms."""

    quality = forms.CharField(
        label=_("En qualité de"),
        max_length=100,
        help_text=_("Par exemple : maire, présidente, directeur délégué."),
        error_messages={"required": _("Indiquez en quelle qualité vous confirmez.")},
    )
    agreed = forms.BooleanField(
        label=_("Je confirme ce rôle, cette part et ce montant au nom de mon organisation"),
        error_messages={"required": _("Cochez la case pour confirmer.")},
    )
    terms = forms.CharField(widget=forms.HiddenInput, max_length=64)


def plan_blocks(call: Call) -> dict[str, Block]:
    """The two tables of the plan, by ``expenses`` and ``funding``."""
    found = {name: call.form.items[call.names[name]] for name in ("expenses", "funding")}
    return {name: block for name, block in found.items() if isinstance(block, Block)}


def plan_lines(blocks: dict[str, Block], asked: str, text: str, upload: UploadedFile | None) -> dict[str, Table]:
    """The lines of a paste or of a file, by table. A workbook fills both when its sheets bear their names; a
    CSV of ours says in its first column which. Raises ``Refused`` (unreadable, too_big, nothing).
    """
    sheets = [("", tables.of_text(text))] if text.strip() else []
    if upload is not None and upload.size:
        sheets += tables.of_file(upload.read(tables.MOST_BYTES + 1))
    cells: dict[str, tables.Cells] = {}
    for name, rows in sheets:
        named = next((table for table, block in blocks.items() if tables.alike(name, block.label)), asked)
        for table, found in _parted(blocks, named, rows).items():
            cells.setdefault(table, []).extend(found)
    read = {name: tables.read_table(blocks[name], rows) for name, rows in cells.items()}
    read = {name: table for name, table in read.items() if table.lines or table.wrong}
    if not read:
        raise Refused("nothing", _gettext("Collez des lignes, ou choisissez un fichier qui en contient."))
    return read


def _parted(blocks: dict[str, Block], asked: str, rows: tables.Cells) -> dict[str, tables.Cells]:
    """The rows by table: a first cell that names one opens it; our CSV holds both, one under the other."""
    parted: dict[str, tables.Cells] = {asked: []}
    current = asked
    for row in rows:
        opened = next((name for name, block in blocks.items() if _opens(row, block)), "")
        if opened:
            current = opened
            parted.setdefault(current, [])
        else:
            parted[current].append(row)
    return parted


def _opens(row: list[str], block: Block) -> bool:
    return bool(row) and tables.alike(row[0], block.label) and not any(row[1:])


def as_text(blocks: dict[str, Block], read: dict[str, Table], text: str) -> str:
    """What was read of a file as lines to correct in the page; a paste stays as it was pasted."""
    if text.strip():
        return text
    lines = []
    for name, table in read.items():
        block = blocks[name]
        lines += [block.label] if len(read) > 1 else []
        lines.append("\t".join(question.label for question in block.questions))
        lines += ["\t".join(line.get(question.code, "") for question in block.questions) for line in table.lines]
    return "\n".join(lines)


def paste_options() -> dict[str, Any]:
    """The choices beside a paste, and what is chosen before anything was."""
    return {
        "paste_table": "expenses",
        "paste_mode": "add",
        "paste_text": "",
        "paste_error": "",
        "paste_open": False,
        "table_options": (("expenses", _gettext("Dépenses"), ""), ("funding", _gettext("Ressources"), "")),
        "mode_options": (
            ("add", _gettext("Elles restent, les nouvelles s’ajoutent"), ""),
            ("replace", _gettext("Les nouvelles les remplacent (vous pourrez les remettre)"), ""),
        ),
    }
