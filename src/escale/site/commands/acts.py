"""``escale acts``: the table of acts of every kind of thing."""

import argparse
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from escale.rules.policy import Policy
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to answer."""
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 with the table."""
    found = [row for policy in policies() for row in rows(policy)]
    if args.json:
        sys.stdout.write(json.dumps({"schema": "escale.acts/1", "acts": found}, ensure_ascii=False, indent=1) + "\n")
    else:
        for one in found:
            states = ", ".join(one["from"])
            sys.stdout.write(f"{one['thing']:<14} {one['act']:<20} {', '.join(one['hats'])} : {states} → {one['to']}\n")
    return 0


def policies() -> list[Policy]:
    """The policies of all apps that are on, by the name of their thing."""
    found: dict[str, Policy] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("escale.") and find_spec(f"{app.name}.policy"):
            module = import_module(f"{app.name}.policy")
            found.update({one.thing: one for one in vars(module).values() if isinstance(one, Policy)})
    return [found[thing] for thing in sorted(found)]


def rows(policy: Policy) -> Iterator[dict[str, Any]]:
    """The rows of one policy, in its order."""
    for act in policy.acts.values():
        yield {
            "thing": policy.thing,
            "act": act.name,
            "hats": sorted(map(str, act.hats)),
            "from": [str(state) for state in policy.states if state in act.states],
            "to": None if act.to is None else str(act.to),
            "checks": [check.__name__ for check in act.checks],
        }
