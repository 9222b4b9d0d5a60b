"""``escale migrate``: makes or updates the database, gathers static files, loads the territory shipped with it."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from escale.foundation.clock.reading import now
from escale.foundation.territory import loading
from escale.rules.words import _
from escale.site import wiring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""
    parser.add_argument("--no-territory", action="store_true", help=_("laisse le territoire vide"))


def run(args: argparse.Namespace) -> int:
    """0 when the database is ready."""
    prepare()
    if not args.no_territory and loading.load_default(at=now()):
        sys.stderr.write(_("territoire chargé : Normandie") + "\n")
    for follow in wiring.UPGRADE:
        follow(now())
    sys.stdout.write(_("base à jour") + "\n")
    return 0


def prepare() -> None:
    """The tables of the present version, the static files gathered."""
    name = settings.DATABASES["default"]["NAME"]
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
