"""The command ``escale``: finds the named command, runs it, never shows a traceback.

Exit codes: 0 done or answered, 1 answered no or refused by a rule, 2 the request or a file is wrong,
3 the installation is not ready.
"""

import argparse
import gettext
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import django
from django.db import Error
from django.utils import translation

from escale.rules import words
from escale.rules.words import _


@dataclass(frozen=True)
class Command:
    """Where a command lives. The module has ``add_arguments(parser)`` and ``run(args) -> int``.

    ``django`` false: it runs without any setting or database.
    """

    module: str
    help: str
    django: bool = True


LANGUAGES = ("fr", "en")
#: Words of the command → where it lives. Two words make a group.
_LABEL = "escale.capabilities.label.commands"
_SCHEMES = "escale.capabilities.calls.schemes.commands"
_DOSSIERS = "escale.capabilities.calls.dossiers.commands"
_ORGANISATIONS = "escale.foundation.organisations.commands"
_PLACES = "escale.capabilities.directory.commands"
COMMANDS: dict[str, Command] = {
    "plan": Command("escale.capabilities.planner.commands.plan", _("où ouvrir des lieux ?"), django=False),
    "plan verify": Command("escale.capabilities.planner.commands.verify", _("ce plan dit-il vrai ?"), django=False),
    "demo people": Command("escale.demo.commands.people", _("qui peut se connecter à la démonstration, et où")),
    "journal show": Command("escale.foundation.journal.commands", _("ce qui est arrivé à une chose, ligne à ligne")),
    "scheme check": Command(f"{_SCHEMES}.check", _("ce fichier d’appel est-il bien écrit ?"), django=False),
    "scheme try": Command(f"{_SCHEMES}.attempt", _("que répond cet appel à ce cas ?"), django=False),
    "scheme format": Command(f"{_SCHEMES}.shape", _("le JSON Schema d’un fichier d’appel"), django=False),
    "label check": Command(f"{_LABEL}.check", _("que dit ce référentiel de ce lieu ?")),
    "label try": Command(f"{_LABEL}.attempt", _("que dit le texte en vigueur d’un lieu du réseau ?")),
    "label publish": Command(f"{_LABEL}.publish", _("fige un référentiel en une édition, en vigueur aussitôt")),
    "label export": Command(f"{_LABEL}.export", _("une édition d’un référentiel, en fichier")),
    "label format": Command(
        f"{_LABEL}.shape", _("le JSON Schema d’un fichier de référentiel ou de lieu"), django=False
    ),
    "scheme publish": Command(f"{_SCHEMES}.publish", _("fige un appel en une édition, visible aussitôt")),
    "scheme export": Command(f"{_SCHEMES}.export", _("une édition d’un appel, en fichier")),
    "scheme prolong": Command(f"{_SCHEMES}.prolong", _("une clôture plus tardive, avec sa raison")),
    "dossier list": Command(f"{_DOSSIERS}.listing", _("les dossiers, du plus récent au plus ancien")),
    "dossier show": Command(f"{_DOSSIERS}.show", _("un dossier et ses empreintes")),
    "dossier try": Command(f"{_DOSSIERS}.attempt", _("que répondent les règles à ce dossier ?")),
    "dossier pack": Command(
        "escale.capabilities.calls.instruction.commands.pack", _("toutes les preuves d’un dossier, en un fichier")
    ),
    "dossier index": Command(f"{_DOSSIERS}.index", _("refait l’index typé des réponses déposées")),
    "person create": Command(
        f"{_ORGANISATIONS}.person", _("une personne qui travaille avec la Région ; le premier administrateur")
    ),
    "service create": Command(f"{_ORGANISATIONS}.service", _("un service de la Région")),
    "territory load": Command("escale.foundation.territory.commands", _("prend des fichiers officiels du territoire")),
    "places import": Command(f"{_PLACES}.taking", _("ce qu’un fichier de lieux changerait ; --apply le fait")),
    "places export": Command(f"{_PLACES}.giving", _("les lieux en mediation-numerique, geojson ou csv")),
    "places show": Command(f"{_PLACES}.show", _("un lieu en fichier de lieu")),
    "places calendar": Command(f"{_PLACES}.calendar", _("prend les vacances scolaires d’années suivantes")),
    "places index": Command(f"{_PLACES}.index", _("refait l’index de la recherche d’après les lieux")),
    "routes": Command("escale.site.commands.routes", _("chaque adresse, ce qu’elle est et qui peut y venir")),
    "acts": Command("escale.site.commands.acts", _("la table des actes de chaque sorte de chose")),
    "purge": Command("escale.site.commands.purge", _("efface les données personnelles dont la durée est passée")),
    "tick": Command("escale.site.commands.tick", _("fait tout ce qui est dû, courriels compris")),
    "work": Command(
        "escale.site.commands.work", _("traite les tâches quand elles viennent, et l’échéancier chaque minute")
    ),
    "backup": Command("escale.site.commands.backup", _("la base et les fichiers dans un nouveau dossier")),
    "restore": Command("escale.site.commands.restore", _("une sauvegarde dans une installation vide")),
    "doctor": Command("escale.site.commands.doctor", _("cette installation est-elle saine ?")),
    "serve": Command("escale.site.commands.serve", _("le site et son travailleur")),
    "demo build": Command("escale.demo.commands.build", _("remplit la Région de démonstration")),
    "fill": Command("escale.demo.commands.fill", _("du volume, écrit en masse, le même pour une graine")),
    "demo clock": Command("escale.demo.commands.clock", _("l’heure que voit la démonstration")),
    "migrate": Command("escale.site.commands.migrate", _("crée ou met à jour la base, charge le territoire")),
}


def main(argv: list[str] | None = None) -> int:
    """Runs ``escale WORDS…`` and gives its exit code."""
    typed = list(sys.argv[1:] if argv is None else argv)
    name, rest = _named(typed)
    if name is None:
        speak(_language(typed), uses_django=False)
        asked = "--help" in typed or "-h" in typed
        (sys.stdout if asked else sys.stderr).write(overview([word for word in typed if not word.startswith("-")]))
        return 0 if asked else 2
    command = COMMANDS[name]
    if command.django:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "escale.site.settings")
        django.setup()
    import_module(command.module)  # its constants are read in French, then said in the language asked for
    speak(_language(rest), uses_django=command.django)
    parser, run = described(name)
    args = parser.parse_args(rest)
    try:
        return run(args)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the answer has left; nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Error as error:
        why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        told = _("la base ne répond pas comme prévu ({why}). Lancez escale migrate.").format(why=why)
        sys.stderr.write(f"escale {name} : {told}\n")
        return 3


def speak(language: str, *, uses_django: bool) -> None:
    """Sentences in ``language``: those of the rules, of the parser of commands, and of the site when it is there."""
    folder = Path(__file__).parent / "locale"
    words.speak(gettext.translation("django", folder, languages=[language], fallback=True).gettext)
    # argparse takes its words from gettext's own domain, in the language that the environment names.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("argparse", folder)
    gettext.textdomain("argparse")
    if uses_django:
        translation.activate(language)


def described(name: str) -> tuple[argparse.ArgumentParser, Callable[[argparse.Namespace], int]]:
    """The parser of a command, and what runs it."""
    command = COMMANDS[name]
    module = import_module(command.module)
    parser = Parser(prog=f"escale {name}", description=_(command.help))
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=_("la langue des phrases"))
    module.add_arguments(parser)
    return parser, module.run


class Parser(argparse.ArgumentParser):
    """Says a wrong request as the commands say all they refuse: in words, and as one object with ``--json``."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.typed = list(args or ())
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        if "--json" in self.typed:
            schema = f"escale.{self.prog.removeprefix('escale ').replace(' ', '-')}/1"
            told = {"schema": schema, "ok": False, "error": {"code": "usage", "message": message}}
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        super().error(message)


def overview(group: list[str]) -> str:
    """Every command with its line of help, or those that begin with the words of ``group``."""
    shown = [name for name in sorted(COMMANDS) if name.split()[: len(group)] == group] or sorted(COMMANDS)
    width = max(map(len, shown))
    return (
        _("usage : escale COMMANDE …")
        + "\n\n"
        + "".join(f"  {name:<{width}}  {_(COMMANDS[name].help)}\n" for name in shown)
    )


def _language(typed: list[str]) -> str:
    """The language asked for, before the parser that may have to complain in it."""
    after = dict(pairwise(typed)).get("--lang", "")
    asked = next((word.removeprefix("--lang=") for word in typed if word.startswith("--lang=")), after)
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _named(typed: list[str]) -> tuple[str | None, list[str]]:
    for length in (3, 2, 1):
        name = " ".join(typed[:length])
        if len(typed) >= length and name in COMMANDS:
            return name, typed[length:]
    return None, typed
