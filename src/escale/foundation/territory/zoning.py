"""Zones: named sets of communes. Those of one family are classes of one another."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from escale.foundation.territory.models import Commune, Zone

KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
MOST_LINES = 40_000


class Classes:
    """In a family of zones a commune is in one at most, in what is being written and in the base.

    ``written``: keys of the zones being written anew; what the base says of them no longer counts.
    """

    def __init__(self, written: set[str]) -> None:
        rows = Zone.objects.exclude(family="").exclude(key__in=written).filter(communes__isnull=False)
        known = rows.order_by("key").values_list("family", "communes__code", "key")
        self.seen: dict[tuple[str, str], str] = {(family, code): key for family, code, key in known}

    def clash(self, key: str, family: str, codes: Iterable[str]) -> str:
        """The sentence that names a commune already in another class, or nothing."""
        if not family:
            return ""
        for code in sorted(codes):
            other = self.seen.setdefault((family, code), key)
            if other != key:
                words = _("la commune {code} est déjà dans « {other} », autre classe de « {family} ».")
                return words.format(code=code, other=other, family=family)
        return ""


def read_members(text: str) -> tuple[set[str], list[str]]:
    """The communes of a text, one a line: a code, ``Name (code)`` or ``dep:14``; and what is wrong, by line."""
    known = dict(Commune.objects.values_list("code", "departement"))
    found: set[str] = set()
    problems: list[str] = []
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        typed = line.strip()
        if not typed:
            continue
        if typed.startswith("dep:"):
            codes = {code for code, departement in known.items() if departement == typed[4:].strip()}
        else:
            coded = re.search(r"(?:^|\()\s*([0-9][0-9AB][0-9]{3})\s*\)?\s*\Z", typed.upper())
            codes = {coded[1]} & known.keys() if coded else set()
        if not codes:
            problems.append(_("ligne {n} : « {typed} » ne désigne aucune commune.").format(n=number, typed=typed[:60]))
        found |= codes
    return found, problems


def keep_zones(zones: Iterable[Zone], members: Mapping[str, Iterable[str]]) -> None:
    """Writes zones and their communes in place of those they had. The caller holds the transaction."""
    listed = list(zones)
    Zone.objects.bulk_create(
        listed, update_conflicts=True, unique_fields=["key"], update_fields=["name", "family", "source"]
    )
    through = Zone.communes.through
    through.objects.filter(zone_id__in=[one.key for one in listed]).delete()
    rows = [
        through(zone_id=one.key, commune_id=code) for one in listed for code in sorted(set(members.get(one.key, ())))
    ]
    through.objects.bulk_create(rows, batch_size=500)
