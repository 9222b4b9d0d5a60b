"""Where a place may be: in the Region, at a point that its commune can hold."""

from math import isfinite

from django.conf import settings
from django.utils.translation import gettext as _

from escale.foundation.territory.models import Commune
from escale.foundation.territory.queries import great_circle_m
from escale.rules.figures import shown_number
from escale.rules.refusal import Refused

#: How far from its commune's centroid a point may lie, kilometres: the widest communes of France reach 20.
FARTHEST_KM = 30


def check_region(commune: Commune) -> None:
    """Raises ``Refused`` (outside_region) for a commune of another Region."""
    if commune.region != settings.ESCALE_REGION:
        raise Refused(
            "outside_region",
            _("{commune} est dans une autre Région : l’annuaire ne tient que les lieux de la nôtre.").format(
                commune=commune
            ),
        )


def check_point(commune: Commune, lon: float, lat: float) -> None:
    """Raises ``Refused`` (impossible_point) when the point is not on Earth, or not near its commune."""
    if not (isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refused(
            "impossible_point",
            _(
                "Ce point n’existe pas : la longitude va de −180 à 180, la latitude de −90 à 90 (49,18 et −0,37 à Caen)."
            ),
        )
    km = great_circle_m(lon, lat, commune.lon, commune.lat) / 1000
    if km <= FARTHEST_KM:
        return
    swapped = great_circle_m(lat, lon, commune.lon, commune.lat) / 1000 if -90 <= lon <= 90 else FARTHEST_KM + 1
    hint = _(" Latitude et longitude semblent échangées.") if swapped <= FARTHEST_KM else ""
    raise Refused(
        "impossible_point",
        _("Ce point est à {km} km de {commune} : {most} km au plus sont possibles.").format(
            km=shown_number(round(km)), commune=commune.name, most=FARTHEST_KM
        )
        + hint,
        km=round(km),
    )
