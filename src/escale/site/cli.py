"""The command ``escale``: finds the named command, runs it, never shows a traceback.

Exit codes: 0 done or answered, 1 answered no or refused by a rule, 2 the request or a file is wrong,
3 the installation is not ready.
"""

import argparse
import gettext
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import django
from django.db import Error
from django.utils import translation

from escale.rules import words


@dataclass(frozen=True)
class Command:
    """Where a command lives. The module has ``add_arguments(parser)`` and ``run(args) -> int``.

    ``django`` false: it runs without any setting or database.
    """

    module: str
    help: str
    django: bool = True


#: Words of the command → where it lives. Two words make a group.
_LABEL = "escale.capabilities.label.commands"
_SCHEMES = "escale.capabilities.calls.schemes.commands"
_DOSSIERS = "escale.capabilities.calls.dossiers.commands"
_ORGANISATIONS = "escale.foundation.organisations.commands"
_PLACES = "escale.capabilities.directory.commands"
COMMANDS: dict[str, Command] = {
    "plan": Command("escale.capabilities.planner.commands.plan", "where should places open?", django=False),
    "plan verify": Command("escale.capabilities.planner.commands.verify", "is this plan true?", django=False),
    "demo people": Command("escale.demo.commands.people", "who can sign in to the demonstration, and where"),
    "journal show": Command("escale.foundation.journal.commands", "what happened to a thing, line by line"),
    "scheme check": Command(f"{_SCHEMES}.check", "is this scheme well written?", django=False),
    "scheme try": Command(f"{_SCHEMES}.attempt", "what does this scheme answer to this case?", django=False),
    "scheme format": Command(f"{_SCHEMES}.shape", "the JSON Schema of a scheme file", django=False),
    "label check": Command(f"{_LABEL}.check", "what does this referential say of this place?"),
    "label try": Command(f"{_LABEL}.attempt", "what does the text in force say of a place of the network?"),
    "label publish": Command(f"{_LABEL}.publish", "freezes a referential as an edition, in force at once"),
    "label export": Command(f"{_LABEL}.export", "an edition of a referential as a file"),
    "label format": Command(f"{_LABEL}.shape", "the JSON Schema of a referential or of a place file", django=False),
    "scheme publish": Command(f"{_SCHEMES}.publish", "freezes a scheme as an edition, visible at once"),
    "scheme export": Command(f"{_SCHEMES}.export", "an edition as a file"),
    "scheme prolong": Command(f"{_SCHEMES}.prolong", "a later closing, with its reason"),
    "dossier list": Command(f"{_DOSSIERS}.listing", "the dossiers, the newest first"),
    "dossier show": Command(f"{_DOSSIERS}.show", "one dossier with its digests"),
    "dossier try": Command(f"{_DOSSIERS}.attempt", "what do the rules answer to this dossier?"),
    "dossier pack": Command(
        "escale.capabilities.calls.instruction.commands.pack", "all the evidence of a dossier, as one file"
    ),
    "dossier index": Command(f"{_DOSSIERS}.index", "rebuilds the typed index of filed answers"),
    "person create": Command(f"{_ORGANISATIONS}.person", "someone who works with the Region; the first administrator"),
    "service create": Command(f"{_ORGANISATIONS}.service", "a service of the Region"),
    "territory load": Command("escale.foundation.territory.commands", "takes official files of the territory"),
    "places import": Command(f"{_PLACES}.taking", "what a file of places would change; --apply does it"),
    "places export": Command(f"{_PLACES}.giving", "the places as mediation-numerique, geojson or csv"),
    "places show": Command(f"{_PLACES}.show", "one place as a place file"),
    "places calendar": Command(f"{_PLACES}.calendar", "takes school holidays of further years"),
    "places index": Command(f"{_PLACES}.index", "makes the search's index again from the places"),
    "routes": Command("escale.site.commands.routes", "every address, what it is and who may come"),
    "acts": Command("escale.site.commands.acts", "the table of acts of every kind of thing"),
    "purge": Command("escale.site.commands.purge", "erases the personal data whose time is over"),
    "tick": Command("escale.site.commands.tick", "does all that is due, mails included"),
    "work": Command("escale.site.commands.work", "works off tasks as they come, ticks each minute"),
    "backup": Command("escale.site.commands.backup", "database and files into a new folder"),
    "restore": Command("escale.site.commands.restore", "a backup into an empty installation"),
    "doctor": Command("escale.site.commands.doctor", "is this installation sound?"),
    "serve": Command("escale.site.commands.serve", "the site and its worker"),
    "demo build": Command("escale.demo.commands.build", "fills the demonstration Region"),
    "fill": Command("escale.demo.commands.fill", "volume by bulk writes, the same for a seed"),
    "demo clock": Command("escale.demo.commands.clock", "the time that the demonstration sees"),
    "migrate": Command("escale.site.commands.migrate", "makes or updates the database, loads the territory"),
}


def main(argv: list[str] | None = None) -> int:
    """Runs ``escale WORDS…`` and gives its exit code."""
    typed = list(sys.argv[1:] if argv is None else argv)
    name, rest = _named(typed)
    if name is None:
        asked = typed[-1:] in (["--help"], ["-h"])
        (sys.stdout if asked else sys.stderr).write(overview([word for word in typed if not word.startswith("-")]))
        return 0 if asked else 2
    command = COMMANDS[name]
    if command.django:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "escale.site.settings")
        django.setup()
    parser, run = described(name)
    args = parser.parse_args(rest)
    _speak(args.lang, command.django)
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
        sys.stderr.write(f"escale {name} : la base ne répond pas comme prévu ({why}). Lancez escale migrate.\n")
        return 3


def _speak(language: str, uses_django: bool) -> None:
    """Sentences in ``language``: those of the rules, and those of the site when it is there."""
    folder = Path(__file__).parent / "locale"
    words.speak(gettext.translation("django", folder, languages=[language], fallback=True).gettext)
    if uses_django:
        translation.activate(language)


def described(name: str) -> tuple[argparse.ArgumentParser, Callable[[argparse.Namespace], int]]:
    """The parser of a command, and what runs it."""
    command = COMMANDS[name]
    module = import_module(command.module)
    parser = argparse.ArgumentParser(prog=f"escale {name}", description=command.help)
    parser.add_argument("--lang", choices=["fr", "en"], default="fr", help="language of the sentences")
    module.add_arguments(parser)
    return parser, module.run


def overview(group: list[str]) -> str:
    """Every command with its line of help, or those that begin with the words of ``group``."""
    shown = [name for name in sorted(COMMANDS) if name.split()[: len(group)] == group] or sorted(COMMANDS)
    width = max(map(len, shown))
    return "usage: escale COMMAND …\n\n" + "".join(f"  {name:<{width}}  {COMMANDS[name].help}\n" for name in shown)


def _named(typed: list[str]) -> tuple[str | None, list[str]]:
    for length in (3, 2, 1):
        name = " ".join(typed[:length])
        if len(typed) >= length and name in COMMANDS:
            return name, typed[length:]
    return None, typed
