"""``escale person create EMAIL [--administrator] [--mandate KIND --service KEY]``: someone who works with the Region.

On an empty installation it makes the first administrator, who then works on screens.
"""

import argparse
import json
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from escale.foundation.clock.reading import now
from escale.foundation.organisations import actions, queries, wording
from escale.foundation.organisations.forms.region import OF_A_SERVICE
from escale.foundation.organisations.models import Service
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and what they are."""
    parser.add_argument("email", help=_("l’adresse qui se connecte"))
    parser.add_argument("--name", default="", help=_("prénom et nom"))
    parser.add_argument("--administrator", action="store_true", help=_("administre le site"))
    parser.add_argument(
        "--mandate", choices=list(wording.MANDATES), action="append", default=[], help=_("ce qu’elle est")
    )
    parser.add_argument("--service", default="", help=_("code du service, pour officer et lead_officer"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 done (again: nothing changes), 2 when the request is wrong."""
    kinds = [*(["administrator"] if args.administrator else []), *args.mandate]
    service = Service.objects.filter(key=args.service).first() if args.service else None
    if problem := _problem(args, kinds, service):
        return _say(args, {"ok": False, "message": problem}, problem, 2)
    at = now()
    person = actions.create_person(email=args.email, name=args.name, by=None, at=at)
    for kind in kinds:
        where: dict[str, Any] = {"service": service} if kind in OF_A_SERVICE else {}
        actions.give_mandate(person, kind, at=at, **where)
    held = sorted(queries.mandates_of(person, at))
    told = {"ok": True, "email": person.email, "key": str(person.key), "mandates": held}
    words = ", ".join(str(wording.MANDATES[kind]) for kind in held) or "aucune fonction"
    return _say(args, told, f"{person.email} : {words}", 0)


def _problem(args: argparse.Namespace, kinds: list[str], service: Service | None) -> str:
    try:
        validate_email(args.email)
    except ValidationError:
        return _("« {email} » n’est pas une adresse électronique.").format(email=args.email[:80])
    if args.service and service is None:
        return _("aucun service n’a le code « {service} » : créez-le avec escale service create.").format(
            service=args.service[:40]
        )
    if service is None and any(kind in OF_A_SERVICE for kind in kinds):
        return _("officer et lead_officer s’exercent dans un service : ajoutez --service CODE.")
    return ""


def _say(args: argparse.Namespace, told: dict[str, Any], words: str, code: int) -> int:
    if args.json:
        sys.stdout.write(json.dumps({"schema": "escale.person/1", **told}, ensure_ascii=False) + "\n")
    else:
        (sys.stderr if code else sys.stdout).write(words + "\n")
    return code
