"""``escale routes``: every address of the site, what it is and who may come. None is missing."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

from escale.rules.words import _
from escale.site import urls
from escale.ui.routes import Route


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to answer."""
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 with the index."""
    found = list(routes())
    if args.json:
        sys.stdout.write(
            json.dumps({"schema": "escale.routes/1", "routes": found}, ensure_ascii=False, indent=1) + "\n"
        )
    else:
        for one in found:
            sys.stdout.write(f"{one['method']:<14} {one['path']:<60} {one['who']:<10} {one['thing']} {one['act']}\n")
    return 0


def routes() -> Iterator[dict[str, Any]]:
    """The declared routes, in the order of the addresses."""
    for path, pattern in _patterns(urls.urlpatterns, "/"):
        declared: Route | None = getattr(pattern.callback, "route", None)
        if declared is None:
            raise LookupError(f"{path} is not declared with page, act or api")
        yield {
            "path": path,
            "name": pattern.name,
            "capability": _capability(pattern),
            "method": ",".join(method for method in declared.methods if method != "HEAD"),
            "kind": declared.kind,
            "act": declared.act,
            "thing": declared.thing,
            "who": declared.who,
        }


def _patterns(found: list[Any], before: str) -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        path = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, path)
        else:
            yield path, one


def _capability(pattern: URLPattern) -> str:
    """The service or noun that answers: ``calls``, ``people``, ``site``…"""
    parts = pattern.callback.__module__.split(".")
    return parts[2] if parts[1] in ("capabilities", "foundation") else parts[1]
