"""``escale dossier pack NUMBER FILE.zip``: all the evidence of a dossier, to be checked anywhere by one file."""

import argparse
import sys
from pathlib import Path

from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.queries import packing
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The number, where to write."""
    parser.add_argument("number", help=_("le numéro du dossier"))
    parser.add_argument("file", type=Path, metavar="FILE.zip", help=_("l’archive à écrire"))
    parser.add_argument("--without-files", action="store_true", help=_("les empreintes des pièces seulement"))


def run(args: argparse.Namespace) -> int:
    """0 written, 2 nobody knows the number or the file cannot be written."""
    dossier = lists.whole().filter(number=args.number).first()
    if dossier is None:
        sys.stderr.write(_("{number}: aucun dossier ne porte ce numéro.").format(number=args.number) + "\n")
        return 2
    try:
        names = packing.write(dossier, args.file, files=not args.without_files)
    except OSError as error:
        sys.stderr.write(f"{args.file}: {error.strerror or error}\n")
        return 2
    sys.stdout.write(
        _("{file}: {names} pièces. À vérifier par : python tools/check_pack.py {file}").format(
            file=args.file, names=len(names)
        )
        + "\n"
    )
    return 0
