"""Texts that have a published form of their own: SIRET, IBAN, mail, telephone, address of a page, commune.

SIRET and IBAN: their keys are checked by ``rules.legal``. Commune: official code of five
characters (Insee, 2A and 2B in Corsica).
Each gives the compact form or raises ``Wrong`` with what is expected.
"""

import re

from django.utils.translation import gettext as _

from escale.rules import legal
from escale.rules.shape.problem import Wrong, quoted

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]")
_MAIL = re.compile(r"[^@\s\"<>()\[\],;:]{1,64}@(?=.{4,255}\Z)([^\s@.,;:/]{1,63}\.)+[^\s@.,;:/0-9]{2,63}")


def without_spaces(text: str) -> str:
    """The text without any space, no-break ones included."""
    return _SPACES.sub("", text)


def siret(text: str) -> str:
    """14 digits with a right key."""
    digits = legal.bare_number(text)
    if not re.fullmatch(r"[0-9]{14}", digits):
        raise Wrong("siret", _("Indiquez le SIRET : 14 chiffres, sur l’avis de situation Insee."))
    if not legal.siret_is_right(digits):
        raise Wrong(
            "siret_key",
            _("{text} n’est pas un SIRET : sa clé de contrôle est fausse, un chiffre a pu être inversé.").format(
                text=quoted(text)
            ),
        )
    return digits


def iban(text: str) -> str:
    """An IBAN with a right key, in capitals without spaces."""
    compact = without_spaces(text).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", compact):
        raise Wrong("iban", _("Indiquez l’IBAN tel qu’il figure sur le RIB : il commence par FR et deux chiffres."))
    if compact.startswith("FR") and len(compact) != 27:
        raise Wrong(
            "iban_length",
            _("Cet IBAN compte {n} caractères : un IBAN français en compte 27.").format(n=len(compact)),
        )
    if not legal.iban_is_right(compact):
        raise Wrong("iban_key", _("Cet IBAN contient une faute de frappe : sa clé de contrôle est fausse."))
    return compact


def email(text: str) -> str:
    """A mail address, as typed but for the spaces around it."""
    address = text.strip()
    if not _MAIL.fullmatch(address):
        raise Wrong(
            "email", _("{text} n’est pas une adresse : écrivez-la en entier, nom@exemple.fr.").format(text=quoted(text))
        )
    return address


def phone(text: str) -> str:
    """A telephone number: ``+`` and 8 to 15 digits, or a French one of 10 digits."""
    bare = re.sub(r"[.\-()/]", "", without_spaces(text))
    bare = f"+{bare[2:]}" if bare.startswith("00") else bare
    if not re.fullmatch(r"0[0-9]{9}|\+[0-9]{8,15}", bare):
        raise Wrong("phone", _("Indiquez un numéro de téléphone : 10 chiffres, ou + et l’indicatif du pays."))
    return bare


def url(text: str) -> str:
    """The address of a page, ``https://`` added when it was left out."""
    address = text.strip()
    address = address if re.match(r"[a-z][a-z0-9+.-]*://", address, re.IGNORECASE) else f"https://{address}"
    if not re.fullmatch(r"https?://[^\s/?#@.]+(\.[^\s/?#@.]+)+([/?#]\S*)?", address, re.IGNORECASE):
        raise Wrong("url", _("{text} n’est pas une adresse de site : www.exemple.fr.").format(text=quoted(text)))
    return address


def commune(text: str) -> str:
    """The official code of a commune: ``14118``, or the code in brackets after a name, ``Caen (14118)``."""
    found = re.search(r"(?:^|\()\s*([0-9]{5}|2[AB][0-9]{3})\s*\)?\s*\Z", text.strip().upper())
    if not found:
        raise Wrong("commune", _("Choisissez la commune dans la liste, ou indiquez son code Insee à 5 caractères."))
    return found[1]
