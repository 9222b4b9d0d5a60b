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


#: our column → the names that INSEE, Etalab and BANATIC give it, the surest first. Ours comes before them all.
ALIASES: dict[str, tuple[str, ...]] = {
    "insee": ("codgeo", "depcom", "code_insee", "insee_com", "code_commune", "com", "code"),
    "name": ("libepci", "nom_groupement", "libgeo", "libelle", "nom"),
    "dep": ("departement", "code_departement"),
    "reg": ("region", "code_region"),
    "lon": ("longitude",),
    "lat": ("latitude",),
    "pop": ("pmun", "population", "population_municipale"),
    "area_km2": ("superficie_km2", "superficie"),
    "siren": ("epci", "siren_epci", "siren_groupement"),
    "kind": ("typecom", "nature_juridique", "type"),
    "old_insee": ("com_av", "com"),
    "old_name": ("libelle_av", "libelle"),
    "current_insee": ("com_ap", "comparent"),
    "zone": ("zone_key", "code_zone"),
    "origin": ("idsrc", "depart"),
    "destination": ("iddst", "arrivee"),
    "minutes": ("duree", "duration_min"),
}


@dataclass
class Sheet:
    """A CSV being read: its rows with their lines, the problems found so far. ``may``: columns that may be absent."""

    path: Path
    columns: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    may: tuple[str, ...] = ()

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each line as a dict; wrong encodings, missing columns and short lines become problems."""
        text = self._text()
        if text is None:
            return
        first = text.split("\n", 1)[0]
        reader = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
        try:
            named = self._named(list(reader.fieldnames or []))
            missing = [name for name in self.columns if name not in named and name not in self.may]
            if missing:
                self.wrong(1, _("colonnes absentes : {names}.").format(names=", ".join(missing)))
                return
            for row in reader:
                if None in row or None in row.values():
                    self.wrong(reader.line_num, _("nombre de colonnes différent de l’en-tête."))
                    continue
                yield (
                    reader.line_num,
                    {name: row[named[name]].strip() if name in named else "" for name in self.columns},
                )
        except csv.Error as error:
            self.wrong(reader.line_num, _("ligne illisible ({error}).").format(error=error))

    def _text(self) -> str | None:
        """The whole file, or None when it cannot be read (a problem says why)."""
        try:
            if self.path.stat().st_size > MAX_BYTES:
                self.wrong(0, _("plus de 50 Mo : découpez le fichier."))
                return None
            text = self.path.read_text(encoding="utf-8-sig")
            if "\0" not in text:
                return text
            self.wrong(text[: text.index("\0")].count("\n") + 1, _("caractère nul : ce n’est pas un tableau en texte."))
        except UnicodeDecodeError:
            self.wrong(0, _("encodage inattendu : enregistrez le fichier en UTF-8."))
        except OSError:
            self.wrong(0, _("fichier introuvable ou illisible."))
        return None

    def _named(self, header: list[str]) -> dict[str, str]:
        """Our columns → the header's own names: ours, else the first known alias that is there."""
        there = {one.strip().lower(): one for one in header if one}
        found = {}
        for name in self.columns:
            alias = next((one for one in (name, *ALIASES.get(name, ())) if one in there), None)
            if alias is not None:
                found[name] = there[alias]
        return found

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
