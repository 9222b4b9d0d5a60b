"""Letters: plain text templates in ``letters/`` of each app, strict about what they are given.

``dossiers/receipt`` is the file ``letters/receipt.txt`` of the app labelled ``dossiers``: its first line is
the subject, the rest the body. An optional ``receipt.html`` beside it gives the formatted form. A letter
that names something it was not given is a fault of ours and is never sent with a hole in it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates
from django.template.base import Origin
from django.template.loaders.base import Loader
from django.utils import translation

from escale.rules.typography import french


class MissingWord(LookupError):
    """A letter names something that its caller did not give."""


class _Strict(str):
    """What Django puts in the place of an unknown variable: here it refuses."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise MissingWord(f"the letter was not given {name}")


class LettersLoader(Loader):
    """Finds ``app_label/name.txt`` in the ``letters`` folder of that app."""

    def get_template_sources(self, template_name: str) -> list[Origin]:
        label, _, name = template_name.partition("/")
        if label not in apps.app_configs or ".." in name:
            return []
        file = Path(apps.get_app_config(label).path) / "letters" / name
        return [Origin(name=str(file), template_name=template_name, loader=self)]

    def get_contents(self, origin: Origin) -> str:
        try:
            return Path(origin.name).read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise TemplateDoesNotExist(origin) from error


@dataclass(frozen=True)
class Letter:
    """What will be sent: a subject on one line, a text, and html when the letter has one."""

    subject: str
    text: str
    html: str


def compose(template: str, context: dict[str, Any], language: str) -> Letter:
    """Renders ``template`` in ``language``. Raises ``MissingWord`` and ``TemplateDoesNotExist``.

    Every letter also knows ``site_name`` and ``base_url`` and is signed by ``service`` when the context
    names one, by the site otherwise.
    """
    known = {"site_name": settings.ESCALE_SITE_NAME, "base_url": settings.ESCALE_BASE_URL, **context}
    known.setdefault("service", settings.ESCALE_SITE_NAME)
    with translation.override(language):
        first, _, body = _render(f"{template}.txt", known).lstrip().partition("\n")
        signature = _render("post/signature.txt", known)
        html = _html(template, known)
    text = f"{body.strip()}\n\n{signature.strip()}\n"
    if language == "fr":
        first, text = french(first), french(text)
    return Letter(" ".join(first.split())[:300], text, html)


def _html(template: str, known: dict[str, Any]) -> str:
    try:
        found = _engine(True).get_template(f"{template}.html")
    except TemplateDoesNotExist:
        return ""
    return found.render(known)


def _render(name: str, known: dict[str, Any]) -> str:
    return _engine(False).get_template(name).render(known)


@cache
def _engine(escape: bool) -> DjangoTemplates:
    return DjangoTemplates(
        {
            "NAME": "letters",
            "DIRS": [],
            "APP_DIRS": False,
            "OPTIONS": {
                "autoescape": escape,
                "string_if_invalid": _Strict(),
                "loaders": [
                    ("django.template.loaders.cached.Loader", [f"{__name__}.LettersLoader"]),
                ],
            },
        }
    )
