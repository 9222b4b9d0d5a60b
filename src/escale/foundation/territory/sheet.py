"""A CSV file being read line by line: what is wrong is kept with its line, in words."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True)
class Problem:
    """One wrong line: ``line`` counts from 1 (the header); 0 speaks of the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {_('ligne')} {self.line} : {self.message}" if self.line else f"{self.file} : {self.message}"
        )


class WrongFile(Exception):
    """Raised when a file cannot be taken; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Sheet:
    """A CSV being read: its rows with their lines, the problems found so far."""

    path: Path
    columns: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each line as a dict; wrong encodings, missing columns and short lines become problems."""
        if self.path.stat().st_size > MAX_BYTES:
            self.wrong(0, _("plus de 50 Mo : découpez le fichier."))
            return
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self.wrong(0, _("encodage inattendu : enregistrez le fichier en UTF-8."))
            return
        first = text.split("\n", 1)[0]
        reader = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
        missing = [name for name in self.columns if name not in (reader.fieldnames or [])]
        if missing:
            self.wrong(1, _("colonnes absentes : {names}.").format(names=", ".join(missing)))
            return
        for row in reader:
            if None in row or None in row.values():
                self.wrong(reader.line_num, _("nombre de colonnes différent de l’en-tête."))
                continue
            yield reader.line_num, {name: value.strip() for name, value in row.items()}

    def wrong(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.path.name, line, message))

    def number(self, line: int, row: dict[str, str], name: str, least: float, most: float) -> float:
        """A number within bounds, else a problem and 0."""
        try:
            value = float(row[name].replace(",", "."))
        except ValueError:
            self.wrong(line, _("{name} : « {value} » n’est pas un nombre.").format(name=name, value=row[name][:40]))
            return 0.0
        if not least <= value <= most:
            limits = _("{name} : {value} n’est pas entre {least} et {most}.")
            self.wrong(line, limits.format(name=name, value=row[name], least=least, most=most))
        return value

    def known(self, line: int, code: str, communes: dict[str, Any] | set[str]) -> bool:
        """Whether the commune exists, else a problem."""
        if code not in communes:
            self.wrong(line, _("commune inconnue : « {code} ».").format(code=code[:10]))
        return code in communes
