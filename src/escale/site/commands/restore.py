"""``escale restore DIR``: a backup into an empty installation, all of it or nothing."""

import argparse
import json
import sys
from pathlib import Path

from escale.foundation.documents import storage
from escale.rules.words import _
from escale.site.archive import reading
from escale.site.archive.manifest import Unfit, read
from escale.site.commands import migrate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("le dossier de la sauvegarde"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 restored, 1 when the installation is not empty, 2 when the backup cannot be used; then nothing changed."""
    told: dict[str, object] = {"schema": "escale.restore/1", "ok": False}
    code = 0
    try:
        read(args.folder)
        migrate.prepare()
        manifest = reading.load(args.folder, say=lambda line: _say(f"· {line}"))
        told |= {"ok": True, "taken_at": manifest.at, "files": manifest.files}
    except reading.NotEmpty as error:
        code, told["message"] = 1, str(error)
    except (Unfit, OSError, ValueError, storage.Unavailable) as error:
        code, told["message"] = 2, str(error)
    if code:
        _say(f"escale restore : {told['message']}")
    if args.json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    elif not code:
        sys.stdout.write("restauration faite : lancez escale doctor\n")
    return code


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
