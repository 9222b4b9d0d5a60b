"""Whether a file can be received: its size, what it is, whether its name agrees; refusals in words."""

from typing import BinaryIO

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escale.foundation.documents import content
from escale.foundation.documents.kinds import KINDS, Kind
from escale.foundation.documents.names import extension_of
from escale.rules.refusal import Refused

_FOREIGN = {
    "program": gettext_lazy("un programme"),
    "gif": gettext_lazy("une image GIF"),
    "bmp": gettext_lazy("une image BMP"),
    "tiff": gettext_lazy("une image TIFF"),
    "icon": gettext_lazy("une icône"),
    "video": gettext_lazy("une vidéo"),
    "archive": gettext_lazy("une archive"),
    "rtf": gettext_lazy("un texte RTF"),
    "markup": gettext_lazy("une page web ou un dessin SVG"),
    "unknown": gettext_lazy("un fichier que nous ne savons pas lire"),
}


def megabytes(size: int) -> str:
    """« 12,4 Mo » (millions of bytes would mislead: 1 Mo is 1 048 576 bytes here, as systems show it)."""
    tenths = (size * 10 + 1_048_575) // 1_048_576
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest} Mo" if rest else f"{whole} Mo"


def check_size(name: str, size: int, max_bytes: int) -> None:
    """Raises ``Refused`` when the file is larger than ``max_bytes``."""
    if size > max_bytes:
        raise Refused(
            "file_too_large",
            _(
                "« {name} » pèse {size} : la limite est de {limit} par fichier. Réduisez-le (résolution des "
                "images, numérisation en gris) ou déposez-le en plusieurs parties."
            ).format(name=name, size=megabytes(size), limit=megabytes(max_bytes)),
            size=size,
            limit=max_bytes,
        )


def check_content(name: str, file: BinaryIO, allowed: tuple[str, ...]) -> Kind:
    """The kind of the file, decided from its bytes. ``name`` is cleaned already.

    Raises ``Refused`` with code file_empty, file_locked, file_bomb, file_macros, file_damaged,
    file_kind (not one that is allowed) or file_name_lies (its extension says something else).
    """
    found = content.recognise(file)
    if found.foreign == "empty":
        raise Refused("file_empty", _("« {name} » est vide : choisissez un autre fichier.").format(name=name))
    if found.flaw:
        raise Refused(f"file_{found.flaw}", _flaw(found.flaw, found.kind).format(name=name))
    for code in ("csv", "geojson"):  # texts that only their name tells apart; who reads them checks what they hold
        if found.kind == "txt" and extension_of(name) in KINDS[code].extensions:
            found = content.Found(code)
    if found.kind not in allowed:
        raise Refused("file_kind", _not_allowed(name, found, allowed))
    kind = KINDS[found.kind]
    if extension_of(name) not in kind.extensions:
        raise Refused("file_name_lies", _lies(name, kind))
    return kind


def _flaw(flaw: str, kind: str) -> str:
    if flaw == "locked" and kind == "pdf":
        return _(
            "« {name} » est un PDF verrouillé : un mot de passe ou une protection empêche de le lire. "
            "Enregistrez-en une copie sans protection (Imprimer, puis « Enregistrer au format PDF »), et "
            "déposez cette copie."
        )
    return {
        "locked": _(
            "« {name} » est protégé par un mot de passe : enregistrez-en une copie sans mot de passe et "
            "déposez cette copie."
        ),
        "bomb": _(
            "« {name} » contient beaucoup plus de données que sa taille ne le laisse croire : il n’est pas "
            "ouvert. Enregistrez-le au format PDF et déposez ce PDF."
        ),
        "macros": _(
            "« {name} » contient des macros, c’est-à-dire un programme : enregistrez-le sans macros ou au "
            "format PDF, et déposez cette copie."
        ),
        "damaged": _(
            "« {name} » est abîmé ou incomplet : ouvrez-le sur votre ordinateur, enregistrez-le de nouveau "
            "et déposez-le."
        ),
    }[flaw]


def _not_allowed(name: str, found: content.Found, allowed: tuple[str, ...]) -> str:
    what = KINDS[found.kind].words if found.kind else _FOREIGN[found.foreign]
    usable = get_text_list([f".{KINDS[code].extensions[0]}" for code in allowed], _("ou"))
    return _("« {name} » est {what} : ce n’est pas accepté ici. Déposez un fichier {usable}.").format(
        name=name, what=what, usable=usable
    )


def _lies(name: str, kind: Kind) -> str:
    extension = extension_of(name)
    if not extension:
        return _(
            "« {name} » est {what}, mais son nom ne le dit pas : renommez-le « {name}.{right} » et déposez-le."
        ).format(name=name, what=kind.words, right=kind.extensions[0])
    return _(
        "« {name} » porte l’extension .{said}, mais c’est en réalité {what} : donnez-lui l’extension "
        ".{right} et déposez-le."
    ).format(name=name, said=extension, what=kind.words, right=kind.extensions[0])
