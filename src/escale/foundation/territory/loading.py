"""Taking the official files: every problem is said with its line; nothing changes unless all is right."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from escale.foundation.territory.mergers import absorb
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
from escale.foundation.territory.zoning import KEY, Classes, keep_zones

DATA = Path(__file__).parent / "data"
MAX_PROBLEMS = 100
#: What INSEE writes for a commune that belongs to no grouping.
NO_GROUPING = "ZZZZZZZZZ"
#: INSEE's words for what a row of the official code is: a commune of today, a delegated or associated one.
KINDS = {"COMD": "commune-deleguee", "COMA": "commune-associee"}
OF_TODAY = ("COM", "ARM")


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
        # The file is the whole truth of its year in the départements it covers.
        gone = Population.objects.filter(year=year, commune__departement__in={one.departement for one in communes})
        gone.exclude(commune_id__in=[one.code for one in communes]).delete()
        _keep_populations(people, year)
        revised(at)
    return len(communes)


def load_populations(path: Path, *, year: int, at: datetime) -> int:
    """Takes legal populations of reference ``year`` from columns insee, pop.

    A file older than a merger names communes of its time: their people are added up in the commune of today.
    """
    sheet, known, former = Sheet(path, ("insee", "pop")), _codes(), _former()
    people: dict[str, int] = {}
    for line, row in sheet.rows():
        code = row["insee"].upper()
        code = code if code in known else former.get(code, code)
        count = int(sheet.number(line, row, "pop", 0, 5_000_000))
        if sheet.known(line, code, known):
            people[code] = people.get(code, 0) + count
    _refuse(sheet)
    with transaction.atomic():
        _keep_populations(people.items(), year)
        revised(at)
    return len(people)


def load_groupings(path: Path, *, at: datetime) -> int:
    """Takes groupings from columns siren, name, kind, insee: one line per commune and grouping."""
    sheet, known = Sheet(path, ("siren", "name", "kind", "insee"), may=("kind",)), _codes()
    groups: dict[str, Grouping] = {}
    members: list[tuple[str, str]] = []
    for line, row in sheet.rows():
        if row["siren"] == NO_GROUPING:
            continue
        if len(row["siren"]) != 9 or not row["siren"].isdigit():
            sheet.wrong(line, _("SIREN : « {siren} », neuf chiffres attendus.").format(siren=row["siren"][:12]))
        if sheet.known(line, row["insee"], known):
            kind = row["kind"] or row["name"].partition(" ")[0]
            groups[row["siren"]] = Grouping(siren=row["siren"], name=row["name"][:150], kind=kind[:10])
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
        revised(at)
    return len(groups)


def load_history(path: Path, *, at: datetime) -> int:
    """Takes merged communes from columns old_insee, old_name, kind, current_insee, or from INSEE's ``v_commune``
    (TYPECOM, COM, LIBELLE, COMPARENT). A commune that was still one of today is absorbed by the one that holds it.
    """
    sheet, known = Sheet(path, ("old_insee", "old_name", "kind", "current_insee")), _codes()
    former: dict[tuple[str, str], FormerCommune] = {}
    for line, row in sheet.rows():
        if row["kind"] in OF_TODAY:
            continue
        code, current = row["old_insee"].upper(), row["current_insee"].upper()
        if len(code) != 5 or not code[2:].isdigit() or not row["old_name"]:
            sheet.wrong(line, _("ancien code à cinq caractères et ancien nom attendus."))
        elif sheet.known(line, current, known):
            former[code, row["old_name"]] = FormerCommune(
                code=code, name=row["old_name"][:100], folded=fold(row["old_name"])[:100],
                kind=KINDS.get(row["kind"], row["kind"])[:20], current_id=current,
            )  # fmt: skip
    _refuse(sheet)
    absorbed = {one.code: one.current_id for one in former.values() if one.code in known and one.code != one.current_id}
    with transaction.atomic():
        for one in former.values():
            while one.current_id in absorbed and absorbed[one.current_id] != one.code:
                one.current_id = absorbed[one.current_id]
        for code in absorbed:
            absorb(code, next(one.current_id for one in former.values() if one.code == code))
        FormerCommune.objects.bulk_create(
            former.values(), update_conflicts=True, unique_fields=["code", "name"],
            update_fields=["folded", "kind", "current"], batch_size=500,
        )  # fmt: skip
        revised(at)
    return len(former)


def load_zones(path: Path, *, at: datetime) -> int:
    """Takes zones from columns zone, name, family, source, insee (a commune, or a département in ``dep``)."""
    columns = ("zone", "name", "family", "source", "insee")
    sheet, known = Sheet(path, columns, may=("family", "source")), _codes()
    zones: dict[str, Zone] = {}
    members: dict[str, set[str]] = {}
    lines = list(sheet.rows())
    classes = Classes({row["zone"] for _line, row in lines})
    for line, row in lines:
        key, codes = row["zone"], {row["insee"]}
        if not KEY.fullmatch(key) or not row["name"]:
            sheet.wrong(line, _("zone : un code sans accent ni espace et un nom sont attendus."))
            continue
        if row["insee"].startswith("dep:"):
            codes = {code for code, departement in known.items() if departement == row["insee"][4:]}
            if not codes:
                sheet.wrong(line, _("aucune commune dans le département {dep}.").format(dep=row["insee"][4:]))
        elif not sheet.known(line, row["insee"], known):
            continue
        if clash := classes.clash(key, row["family"], codes):
            sheet.wrong(line, clash)
        zones[key] = Zone(key=key, name=row["name"][:150], family=row["family"], source=row["source"][:300])
        members.setdefault(key, set()).update(codes)
    _refuse(sheet)
    with transaction.atomic():
        keep_zones(zones.values(), members)
        revised(at)
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
        revised(at)
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


def _former() -> dict[str, str]:
    return dict(FormerCommune.objects.order_by("-id").values_list("code", "current_id"))


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


def revised(at: datetime) -> None:
    """What was drawn from the territory's data is drawn anew."""
    row, _created = Revision.objects.get_or_create(pk=1)
    row.number, row.loaded_at = row.number + 1, at
    row.save()
