"""Finding the commune of a line without asking the database each time."""

import re

from django.utils.translation import gettext as _

from escale.foundation.territory.models import Commune, FormerCommune
from escale.foundation.territory.names import fold
from escale.foundation.territory.queries import great_circle_m
from escale.rules.refusal import Refused

type Point = tuple[float, float] | None
#: A point may choose between communes of one name when it is this near, kilometres.
NEAR_KM = 30


class Communes:
    """All communes and those of yesterday, in memory for the length of one import."""

    def __init__(self) -> None:
        self.by_code = {one.pk: one for one in Commune.objects.all()}
        self.by_name: dict[str, list[Commune]] = {}
        for one in self.by_code.values():
            self.by_name.setdefault(one.folded, []).append(one)
        self.former: dict[str, tuple[str, str]] = {}
        self.former_names: dict[str, list[tuple[str, Commune]]] = {}
        for old in FormerCommune.objects.all():
            self.former.setdefault(old.code, (old.name, old.current_id))
            self.former_names.setdefault(old.folded, []).append((old.name, self.by_code[old.current_id]))

    def find(self, code: str, name: str, postcode: str, point: Point) -> tuple[Commune, str]:
        """The commune of today and, when the line names one of yesterday, that name.

        By code first; else by name, within the département of the postcode, the point deciding between
        communes of one name. Raises ``Refused`` (unknown_commune, ambiguous_commune).
        """
        code, bare = code.strip().upper().zfill(5) if code.strip() else "", re.sub(r"\(.*\)|\d{5}", " ", name)
        if code in self.by_code:
            found = self.by_code[code]
            return found, self._yesterday(found, fold(bare))
        if code in self.former:
            old, current = self.former[code]
            return self.by_code[current], old if fold(old) != self.by_code[current].folded else ""
        folded = re.sub(r" cedex( \d+)?\Z", "", fold(bare))
        if not folded:
            raise Refused(
                "unknown_commune", _("La commune manque, ou son code « {code} » est inconnu.").format(code=code[:10])
            )
        candidates: list[tuple[Commune, str]] = [(one, "") for one in self.by_name.get(folded, ())]
        candidates = candidates or [(one, old) for old, one in self.former_names.get(folded, ())]
        return self._one(candidates, name, postcode, point)

    def _one(
        self, candidates: list[tuple[Commune, str]], name: str, postcode: str, point: Point
    ) -> tuple[Commune, str]:
        if not candidates:
            told = _("Commune inconnue ici : « {name} ». Donnez son code Insee, ou vérifiez qu’elle est de la Région.")
            raise Refused("unknown_commune", told.format(name=name[:60]))
        departement = re.sub(r"\s", "", postcode)[:2]
        here = [pair for pair in candidates if pair[0].departement == departement] if departement else candidates
        unique = {pair[0].pk: pair for pair in here or candidates}
        if len(unique) > 1 and point is not None:
            km = {pk: great_circle_m(*point, pair[0].lon, pair[0].lat) / 1000 for pk, pair in unique.items()}
            nearest = min(km, key=lambda pk: km[pk])
            unique = {nearest: unique[nearest]} if km[nearest] <= NEAR_KM else unique
        if len(unique) > 1:
            told = _("Plusieurs communes s’appellent « {name} » ({codes}) : donnez le code Insee.")
            raise Refused("ambiguous_commune", told.format(name=name[:60], codes=", ".join(sorted(unique))))
        return next(iter(unique.values()))

    def _yesterday(self, commune: Commune, folded: str) -> str:
        if not folded or folded == commune.folded:
            return ""
        return next((old for old, one in self.former_names.get(folded, ()) if one.pk == commune.pk), "")
