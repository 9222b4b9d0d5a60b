"""CSV files of the planner: read as a stream, every fault named with its line, nothing absurd swallowed."""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from escale.rules.words import _

MAX_BYTES = 2 * 1024**3
MAX_ROWS = 60_000_000
_SHOWN = 20


@dataclass
class Faults:
    """What is wrong in the files and in the request; each ``FILE: path: what is wrong, what is expected``."""

    found: list[tuple[str, str, str]] = field(default_factory=list)
    more: dict[str, int] = field(default_factory=dict)

    def add(self, file: str, path: str, message: str) -> None:
        """Note a fault; past twenty in one file the others are only counted."""
        if sum(1 for name, _path, _message in self.found if name == file) >= _SHOWN:
            self.more[file] = self.more.get(file, 0) + 1
            return
        self.found.append((file, path, message))

    @property
    def any(self) -> bool:
        """Something is wrong."""
        return bool(self.found)

    def full(self, file: str) -> bool:
        """So many faults in this file that reading on would teach nothing."""
        return self.more.get(file, 0) >= 1000

    def listed(self) -> list[tuple[str, str, str]]:
        """Every fault, then how many were not listed for each file."""
        rest = [
            (file, "…", _("{count} autres erreurs dans ce fichier").format(count=count))
            for file, count in self.more.items()
        ]
        return self.found + rest


def rows(path: str, needed: list[str], optional: list[str], faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells, in the order ``needed`` + ``optional`` (an absent optional column is empty)."""
    try:
        size = Path(path).stat().st_size
        if size > MAX_BYTES:
            said = _("{size} Go, au plus {limit} Go attendus : découpez le fichier ou allégez-le")
            faults.add(path, "-", said.format(size=round(size / 1024**3, 1), limit=MAX_BYTES // 1024**3))
            return
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            yield from _cells(path, csv.reader(_bounded(stream)), needed, optional, faults)
    except OSError as error:
        faults.add(path, "-", _("ce fichier ne peut pas être lu ({why})").format(why=error.strerror or error))
    except UnicodeDecodeError:
        faults.add(path, "-", _("ce fichier n’est pas du texte en UTF-8"))
    except (csv.Error, _TooLong) as error:
        faults.add(path, "-", _("ce fichier n’est pas un CSV lisible ({why})").format(why=error))


class _TooLong(Exception):
    pass


def _bounded(stream: object) -> Iterator[str]:
    while True:
        line = stream.readline(100_000)  # type: ignore[attr-defined]  # any text stream
        if not line:
            return
        if len(line) >= 100_000:
            raise _TooLong(_("une ligne dépasse 100 000 caractères"))
        yield line


def _cells(
    path: str, reader: Iterator[list[str]], needed: list[str], optional: list[str], faults: Faults
) -> Iterator[tuple[int, list[str]]]:
    head = [name.strip() for name in next(reader, [])]
    missing = [name for name in needed if name not in head]
    if missing or len(set(head)) < len(head):
        said = _("colonnes « {given} », il faut une fois chacune : « {needed} »")
        faults.add(path, "1", said.format(given=",".join(head)[:200], needed=",".join(needed)))
        return
    where = [head.index(name) if name in head else -1 for name in needed + optional]
    for count, cells in enumerate(reader):
        line = count + 2
        if not cells:
            continue
        if count >= MAX_ROWS:
            faults.add(path, str(line), _("plus de {limit} lignes").format(limit=MAX_ROWS))
            return
        if len(cells) != len(head):
            said = _("{given} cellules, {expected} attendues")
            faults.add(path, str(line), said.format(given=len(cells), expected=len(head)))
        else:
            yield line, ["" if at < 0 else cells[at].strip() for at in where]
        if faults.full(path):
            return


def number(text: str, file: str, path: str, faults: Faults, low: float = 0.0, high: float = math.inf) -> float:
    """A finite number between ``low`` and ``high``; a fault and 0 otherwise."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isfinite(value) and low <= value <= high and "_" not in text:
        return value
    if high == math.inf:
        said = _("« {text} », un nombre d’au moins {low} est attendu").format(text=text[:60], low=f"{low:g}")
    else:
        said = _("« {text} », un nombre de {low} à {high} est attendu").format(
            text=text[:60], low=f"{low:g}", high=f"{high:g}"
        )
    faults.add(file, path, said)
    return 0.0


def cents(text: str, file: str, path: str, faults: Faults) -> int:
    """Euros with at most two decimals, as whole cents."""
    whole, _dot, part = text.partition(".")
    if whole.isascii() and whole.isdigit() and len(whole) <= 15 and len(part) <= 2 and (part.isdigit() or not _dot):
        return int(whole) * 100 + int(part.ljust(2, "0") or "0")
    said = _("« {text} », un montant en euros d’au moins 0, avec deux décimales au plus, est attendu")
    faults.add(file, path, said.format(text=text[:60]))
    return 0


def figure(value: float) -> int | float:
    """Whole numbers without a decimal point."""
    return int(value) if float(value).is_integer() else float(value)
