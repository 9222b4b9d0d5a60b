"""``escale label try KEY SLUG [--at DATE] [--type CODE]``: what the text in force says of a place of the network."""

import argparse
import sys
from datetime import UTC, datetime, time

from escale.capabilities.label.commands.check import in_words
from escale.capabilities.label.models import Referential
from escale.capabilities.label.queries import diagnosis
from escale.foundation.clock.reading import now
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.foundation.questionnaires.told import tell
from escale.rules.figures import PARIS
from escale.rules.shape.problem import Wrong
from escale.rules.shape.scalar import Day
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The referential's key, the place's address, the day (today when absent), the type asked for."""
    parser.add_argument("key", help=_("la fin de l’adresse du référentiel"))
    parser.add_argument("slug", help=_("la fin de l’adresse du lieu"))
    parser.add_argument("--at", metavar="DATE", help=_("le jour où l’on juge (sinon : aujourd’hui)"))
    parser.add_argument("--type", metavar="CODE", help=_("le type demandé, quand le référentiel en a"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 whatever the verdict, 2 when there is no such referential, place or day. As the site's own self-diagnosis:
    the place's page, what it declared and attached, its last visit.
    """
    key, slug = args.key.replace("\0", ""), args.slug.replace("\0", "")
    referential = Referential.objects.filter(key=key, state="published").select_related("edition").first()
    place = places.whole(Place.objects.filter(slug=slug)).first()
    if referential is None or referential.edition is None or place is None:
        return _no(args, _("aucun référentiel en vigueur ou aucun lieu à cette adresse."))
    try:
        at = datetime.combine(Day().parse(args.at), time(12), PARIS).astimezone(UTC) if args.at else now()
    except Wrong as wrong:
        return _no(args, wrong.message)
    found = diagnosis.of(place, referential.edition, at, args.type)
    if args.json:
        tell("label-check", found)
    else:
        sys.stdout.write("\n".join(in_words(found)) + "\n")
    return 0


def _no(args: argparse.Namespace, message: str) -> int:
    if args.json:
        tell("label-check", {"ok": False, "message": message})
    sys.stderr.write(f"label try: {message}\n")
    return 2
