"""Zones of school holidays by département (academies; decree of the calendar, Code de l'éducation D. 521-1)."""

_A = "01 03 07 15 16 17 19 21 23 24 25 26 33 38 39 40 42 43 47 58 63 64 69 70 71 73 74 79 86 87 89 90"
_C = "09 11 12 30 31 32 34 46 48 65 66 75 77 78 81 82 91 92 93 94 95"
_OWN = ("2A", "2B", "971", "972", "973", "974", "976")  # their own calendars


def zone_of(departement: str) -> str:
    """``A``, ``B`` or ``C``; empty where the academy has a calendar of its own (Corsica, overseas)."""
    if departement in _OWN:
        return ""
    if departement in _A.split():
        return "A"
    return "C" if departement in _C.split() else "B"
