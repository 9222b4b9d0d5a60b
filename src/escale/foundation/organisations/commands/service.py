"""``escale service create KEY NAME``: a service of the Region."""

import argparse
import json
import sys

from django.core.validators import slug_re

from escale.foundation.clock.reading import now
from escale.foundation.organisations import actions
from escale.foundation.organisations.models import Service
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its code, its name, how to reach it."""
    parser.add_argument("key", help=_("code court, comme l’écrivent les fichiers d’appel"))
    parser.add_argument("name", help=_("nom en toutes lettres"))
    parser.add_argument("--email", default="", help=_("l’adresse montrée au public"))
    parser.add_argument("--phone", default="", help=_("le téléphone montré au public"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 created or there already, 2 when the code is wrong."""
    wrong = not slug_re.fullmatch(args.key) or len(args.key) > 40 or not args.name.strip() or len(args.name) > 150
    if not wrong and not Service.objects.filter(key=args.key).exists():
        actions.create_service(key=args.key, name=args.name.strip(), email=args.email, phone=args.phone, at=now())
    message = (
        _("code : lettres sans accent, chiffres et tirets, 40 au plus ; nom : 150 caractères au plus.") if wrong else ""
    )
    if args.json:
        told = {"schema": "escale.service/1", "ok": not wrong, "key": args.key, "message": message}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        (sys.stderr if wrong else sys.stdout).write((message or args.key) + "\n")
    return 2 if wrong else 0
