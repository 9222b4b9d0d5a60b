"""Tables of places, by noun."""

from escale.foundation.places.models.hours import Closure, Opening, SchoolHoliday, Week
from escale.foundation.places.models.inside import Access, Equipment, Photo, Space, Staff, Tariff
from escale.foundation.places.models.place import OldAddress, Origin, Place
from escale.foundation.places.models.standing import Standing, Steward

__all__ = [
    "Access",
    "Closure",
    "Equipment",
    "OldAddress",
    "Opening",
    "Origin",
    "Photo",
    "Place",
    "SchoolHoliday",
    "Space",
    "Staff",
    "Standing",
    "Steward",
    "Tariff",
    "Week",
]
