"""``escale doctor``: whether the installation is sound, and what to mend."""

import argparse
import json
import sys
from dataclasses import asdict

from django.db import Error
from django.utils import timezone

from escale.foundation.clock.reading import now
from escale.rules.words import _
from escale.site import health


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``: one object."""
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 sound, 1 something is to be mended, 3 no database."""
    try:
        findings, code = health.examine(now(), timezone.now()), 0
    except Error as error:
        words = _("la base ne répond pas ({error}). Vérifiez ESCALE_DATABASE_URL, puis lancez escale migrate.").format(
            error=error
        )
        findings, code = [health.Finding("database", False, words)], 3
    sound = all(finding.ok for finding in findings)
    if args.json:
        checks = [asdict(finding) for finding in findings]
        sys.stdout.write(
            json.dumps({"schema": "escale.doctor/1", "ok": sound, "checks": checks}, ensure_ascii=False) + "\n"
        )
    else:
        for finding in findings:
            sys.stdout.write(f"{'ok ' if finding.ok else 'NON'} {finding.name:<12} {finding.message}\n")
    return code or (0 if sound else 1)
