"""Taking the official files: every problem is said with its line; nothing changes unless all is right."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from escale.foundation.territory.models import (
    Commune,
    FormerCommune,
    Grouping,
    Population,
    Revision,
    Travel,
    Zone,
)
from escale.foundation.territory.names import fold
from escale.foundation.territory.sheet import Sheet, WrongFile

DATA = Path(__file__).parent / "data"
MAX_PROBLEMS = 100


def read_communes(path: Path) -> tuple[Sheet, list[Commune], list[tuple[str, int]]]:
    """Communes and their populations from columns insee, name, dep, reg, lon, lat, pop, area_km2."""
    sheet = Sheet(path, ("insee", "name", "dep", "reg", "lon", "lat", "pop", "area_km2"))
    found: dict[str, Commune] = {}
    people: list[tuple[str, int]] = []
    for line, row in sheet.rows():
        code = row["insee"].upper()
        if len(code) != 5 or not code[2:].isdigit():
            sheet.wrong(line, _("code officiel : « {code} », cinq caractères attendus.").format(code=code[:10]))
        elif code in found:
            sheet.wrong(line, _("la commune {code} est déjà plus haut.").format(code=code))
        if not row["name"]:
            sheet.wrong(line, _("nom absent."))
        found[code] = Commune(
            code=code, name=row["name"], folded=fold(row["name"]), departement=row["dep"], region=row["reg"],
            lon=sheet.number(line, row, "lon", -180, 180), lat=sheet.number(line, row, "lat", -90, 90),
            area_km2=sheet.number(line, row, "area_km2", 0, 20_000),
        )  # fmt: skip
        people.append((code, int(sheet.number(line, row, "pop", 0, 5_000_000))))
    return sheet, list(found.values()), people


def load_communes(path: Path, *, year: int, at: datetime) -> int:
    """Takes communes and their legal populations of reference ``year``. Gives their number."""
    sheet, communes, people = read_communes(path)
    _refuse(sheet)
    with transaction.atomic():
        fields = ["name", "folded", "departement", "region", "lon", "lat", "area_km2"]
        Commune.objects.bulk_create(
            communes, update_conflicts=True, unique_fields=["code"], update_fields=fields, batch_size=500
        )
        _keep_populations(people, year)
        _revised(at)
    return len(communes)


def load_populations(path: Path, *, year: int, at: datetime) -> int:
    """Takes legal populations of reference ``year`` from columns insee, pop."""
    sheet, known = Sheet(path, ("insee", "pop")), _codes()
    people = [
        (row["insee"].upper(), int(sheet.number(line, row, "pop", 0, 5_000_000)))
        for line, row in sheet.rows()
        if sheet.known(line, row["insee"].upper(), known)
    ]
    _refuse(sheet)
    with transaction.atomic():
        _keep_populations(people, year)
        _revised(at)
    return len(people)


def load_groupings(path: Path, *, at: datetime) -> int:
    """Takes groupings from columns siren, name, kind, insee: one line per commune and grouping."""
    sheet, known = Sheet(path, ("siren", "name", "kind", "insee")), _codes()
    groups: dict[str, Grouping] = {}
    members: list[tuple[str, str]] = []
    for line, row in sheet.rows():
        if len(row["siren"]) != 9 or not row["siren"].isdigit():
            sheet.wrong(line, _("SIREN : « {siren} », neuf chiffres attendus.").format(siren=row["siren"][:12]))
        if sheet.known(line, row["insee"], known):
            groups[row["siren"]] = Grouping(siren=row["siren"], name=row["name"], kind=row["kind"])
            members.append((row["siren"], row["insee"]))
    _refuse(sheet)
    through = Grouping.communes.through
    with transaction.atomic():
        Grouping.objects.bulk_create(
            groups.values(), update_conflicts=True, unique_fields=["siren"], update_fields=["name", "kind"]
        )
        through.objects.filter(grouping_id__in=groups).delete()
        rows = [through(grouping_id=siren, commune_id=code) for siren, code in dict.fromkeys(members)]
        through.objects.bulk_create(rows, batch_size=500)
        _revised(at)
    return len(groups)


def load_history(path: Path, *, at: datetime) -> int:
    """Takes merged communes from columns old_insee, old_name, kind, current_insee."""
    sheet, known = Sheet(path, ("old_insee", "old_name", "kind", "current_insee")), _codes()
    former = [
        FormerCommune(
            code=row["old_insee"], name=row["old_name"], folded=fold(row["old_name"]), kind=row["kind"],
            current_id=row["current_insee"],
        )
        for line, row in sheet.rows()
        if sheet.known(line, row["current_insee"], known)
    ]  # fmt: skip
    _refuse(sheet)
    with transaction.atomic():
        FormerCommune.objects.bulk_create(
            former, update_conflicts=True, unique_fields=["code", "name"],
            update_fields=["folded", "kind", "current"], batch_size=500,
        )  # fmt: skip
        _revised(at)
    return len(former)


def load_zones(path: Path, *, at: datetime) -> int:
    """Takes zones from columns zone, name, family, source, insee (a commune, or a département in ``dep``)."""
    sheet, known = Sheet(path, ("zone", "name", "family", "source", "insee")), _codes()
    zones: dict[str, Zone] = {}
    members: dict[str, set[str]] = {}
    for line, row in sheet.rows():
        key, codes = row["zone"], {row["insee"]}
        if row["insee"].startswith("dep:"):
            codes = {code for code, departement in known.items() if departement == row["insee"][4:]}
            if not codes:
                sheet.wrong(line, _("aucune commune dans le département {dep}.").format(dep=row["insee"][4:]))
        elif not sheet.known(line, row["insee"], known):
            continue
        zones[key] = Zone(key=key, name=row["name"], family=row["family"], source=row["source"])
        members.setdefault(key, set()).update(codes)
    _refuse(sheet)
    through = Zone.communes.through
    with transaction.atomic():
        Zone.objects.bulk_create(
            zones.values(), update_conflicts=True, unique_fields=["key"],
            update_fields=["name", "family", "source"],
        )  # fmt: skip
        through.objects.filter(zone_id__in=zones).delete()
        rows = [through(zone_id=key, commune_id=code) for key in sorted(members) for code in sorted(members[key])]
        through.objects.bulk_create(rows, batch_size=500)
        _revised(at)
    return len(zones)


def load_travel(path: Path, *, at: datetime) -> int:
    """Takes minutes by road from columns origin, destination, minutes."""
    sheet, known = Sheet(path, ("origin", "destination", "minutes")), _codes()
    pairs: dict[tuple[str, str], float] = {}
    for line, row in sheet.rows():
        ends = (row["origin"], row["destination"])
        if sheet.known(line, ends[0], known) and sheet.known(line, ends[1], known):
            pairs[ends] = sheet.number(line, row, "minutes", 0, 1440)
    _refuse(sheet)
    rows = [
        Travel(origin_id=a, destination_id=b, minutes=minutes, source=path.name) for (a, b), minutes in pairs.items()
    ]
    with transaction.atomic():
        Travel.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["origin", "destination"],
            update_fields=["minutes", "source"], batch_size=500,
        )  # fmt: skip
        _revised(at)
    return len(rows)


#: option of ``escale territory load`` → loader without a year.
LOADERS: dict[str, Callable[..., int]] = {
    "groupings": load_groupings,
    "history": load_history,
    "zones": load_zones,
    "travel": load_travel,
}


def load_default(*, at: datetime) -> bool:
    """Loads the Normandie that ships with the software; False when data were there already."""
    if Commune.objects.exists():
        return False
    with transaction.atomic():
        load_communes(DATA / "communes.csv", year=2023, at=at)
        for name in ("groupings", "history", "zones"):
            LOADERS[name](DATA / f"{name}.csv", at=at)
    return True


def _codes() -> dict[str, str]:
    return dict(Commune.objects.values_list("code", "departement"))


def _keep_populations(people: Iterable[tuple[str, int]], year: int) -> None:
    rows = [Population(commune_id=code, year=year, inhabitants=count) for code, count in people]
    Population.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["commune", "year"], update_fields=["inhabitants"],
        batch_size=500,
    )  # fmt: skip


def _refuse(sheet: Sheet) -> None:
    if sheet.problems:
        raise WrongFile(sheet.problems[:MAX_PROBLEMS])


def _revised(at: datetime) -> None:
    row, _created = Revision.objects.get_or_create(pk=1)
    row.number, row.loaded_at = row.number + 1, at
    row.save()
