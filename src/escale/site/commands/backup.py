"""``escale backup DIR``: the database and the files into a new folder; the site may go on running."""

import argparse
import json
import sys
from pathlib import Path

from escale.foundation.clock.reading import now
from escale.foundation.documents import storage
from escale.rules.words import _
from escale.site.archive import writing
from escale.site.archive.manifest import Unfit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("le dossier à créer"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 saved, 2 when the folder cannot be used, 1 when a file of the installation is lost or altered."""
    told: dict[str, object] = {"schema": "escale.backup-done/1", "ok": False}
    code = 0
    try:
        manifest = writing.write(args.folder, at=now(), say=lambda line: _say(f"· {line}"))
        rows = sum(int(one["rows"]) for one in manifest.tables.values())
        told |= {"ok": True, "folder": str(args.folder), "rows": rows, "files": manifest.files}
    except (storage.Lost, storage.Unavailable) as error:
        code, told["message"] = (
            1,
            _("Un fichier ne se laisse pas lire ({error}) : lancez escale doctor.").format(error=error),
        )
    except (Unfit, OSError) as error:
        code, told["message"] = 2, str(error)
    if code:
        _say(f"escale backup : {told['message']}")
    if args.json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    elif not code:
        sys.stdout.write(
            _("sauvegarde faite : {folder} ({rows} lignes, {files} fichiers)").format(
                folder=args.folder, rows=told["rows"], files=told["files"]
            )
            + "\n"
        )
    return code


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
