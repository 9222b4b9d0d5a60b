"""The invented network of the demonstration: about sixty places over the Region, through the real actions."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from escale.demo import people
from escale.foundation.organisations.models import Organisation
from escale.foundation.places import osm
from escale.foundation.places.actions import hours, inside, standing
from escale.foundation.places.actions import places as actions
from escale.foundation.places.models import Place
from escale.foundation.territory.models import Commune
from escale.rules.hours import Regime

COUNT = 60
NAMES = (
    "La Passerelle", "Le Grand Large", "L’Atelier du Bac", "La Halle aux idées", "Le Colombier", "Le Quai Sud", "La Filature",
    "L’Ancienne École", "Le Phare numérique", "La Minoterie", "Le Pressoir partagé", "La Verrière", "L’Embarcadère",
    "Le Lavoir connecté", "La Fabrique du bocage", "Le Relais des marais", "La Maison des possibles", "Le Séchoir",
    "L’Établi", "La Gare aux projets",
)  # fmt: skip
WEEKS = (
    "Mo-Fr 09:00-12:30,13:30-18:00", "Tu-Sa 10:00-18:00", "Mo-Fr 08:30-19:00; Sa 10:00-13:00",
    "Tu-Fr 09:00-12:30,14:00-18:00; Sa 10:00-12:30; SH off; SH Mo-Fr 09:30-12:30,14:00-17:00",
    "We-Sa 14:00-18:30", "Mo,Tu,Th,Fr 08:00-20:00", "Mo-Su 08:00-22:00", "Fr 16:00-01:00; Sa 14:00-01:00",
    "Mo-Fr 09:00-17:00; SH off", "",
)  # fmt: skip
PROFILES: tuple[dict[str, Any], ...] = (
    {"kinds": ("coworking",), "services": ("telework", "coworking", "conviviality"), "publics": ("teleworkers", "freelancers", "nomads")},
    {"kinds": ("digital_mediation",), "services": ("digital_mediation", "procedures", "everyday_digital", "internet_access"), "publics": ("seniors", "families", "job_seekers")},
    {"kinds": ("coworking", "digital_mediation"), "services": ("telework", "coworking", "digital_mediation", "procedures"), "publics": ("teleworkers", "seniors", "youth")},
    {"kinds": ("fablab",), "services": ("making", "digital_leisure", "ecological_transition"), "publics": ("youth", "students", "craftspeople")},
    {"kinds": ("craft_workshop", "culture"), "services": ("making", "meeting_debate", "cultural_mediation"), "publics": ("craftspeople", "associations")},
    {"kinds": ("culture", "coworking"), "services": ("cultural_mediation", "meeting_debate", "coworking", "conviviality"), "publics": ("families", "associations")},
)  # fmt: skip
#: Who carries a place among the organisations of the demonstration, by the place's rank.
CARRIERS = {2: people.PARTNER, 12: people.APPLICANT}
SENTENCES = (
    "Un lieu pour travailler au calme, à deux pas du marché.",
    "On y vient avec son ordinateur ou ses questions, on repart avec une réponse.",
    "Des machines, des gens qui savent s’en servir, et du café.",
    "L’ancienne école du bourg, rouverte par ses habitants.",
)


def build(at: datetime) -> None:
    """Creates the network, once."""
    if Place.objects.exists():
        return
    random, officer = Random(76), people.person("officer")
    for n, commune in enumerate(_communes(COUNT)):
        place = _place(n, commune, random, at)
        _inside(place, n, random, at)
        actions.publish(place, by=officer, at=at)
        if n % 5 == 0:
            standing.stand(
                place, "labelled", by=None, at=at, since=at - timedelta(days=200 + n), until=at + timedelta(days=800),
                source="demonstration", reference="Tiers-Lieux Normandie", act_reference="CP 26-07-112",
            )  # fmt: skip
        if n % 7 == 3:
            standing.stand(
                place, "agreement", by=None, at=at, source="demonstration", reference="Espace public numérique"
            )
    keep_pages(at)


def keep_pages(at: datetime) -> None:
    """Who keeps which page: the manager two, one through an organisation; the other manager one of the same."""
    officer, first = people.person("officer"), list(Place.objects.order_by("pk")[:2])
    for place, key in ((first[0], "manager"), (first[0], "other-manager"), (first[1], "manager")):
        standing.entrust(place, people.person(key), by=officer, at=at)
    tomorrow = at.date() + timedelta(days=1)
    hours.close_days(
        first[1],
        tomorrow,
        tomorrow + timedelta(days=1),
        by=people.person("manager"),
        at=at,
        reason="Travaux électriques",
    )


def _communes(count: int) -> list[Commune]:
    """Spread over the Region: the most peopled ones, then every so many of the others."""
    everyone = list(Commune.objects.filter(region="28").order_by("pk"))
    step = len(everyone) // count
    return everyone[step // 2 :: step][:count]


def _place(n: int, commune: Commune, random: Random, at: datetime) -> Place:
    spread = 0.006
    profile = PROFILES[n % len(PROFILES)]
    name = NAMES[n % len(NAMES)] if n < len(NAMES) else f"{NAMES[n % len(NAMES)]} de {commune.name}"
    carrier = Organisation.objects.filter(name=CARRIERS[n]).first() if n in CARRIERS else None
    return actions.create(
        by=people.person("officer"), at=at, source="données fictives", name=name[:150], commune=commune,
        address=f"{random.randint(1, 60)} rue {random.choice(('du Marché', 'de l’Église', 'des Tanneurs', 'de la Gare'))}",
        postcode=f"{commune.departement}{random.randint(100, 990) // 10 * 10:03d}",
        lon=round(commune.lon + random.uniform(-spread, spread), 6),
        lat=round(commune.lat + random.uniform(-spread, spread), 6),
        carrier=carrier, carrier_name="" if carrier else f"Association {name} (fictive)"[:200],
        summary=random.choice(SENTENCES), phone=f"+3320000{n:04d}", pivot=f"999{n:06d}00012", languages=("fr", "en") if n % 3 == 0 else ("fr",),
        opened_on=date(2017 + n % 9, 1 + n % 12, 1 + n % 27), premises="moderate_rent" if n % 2 else "owned",
        premises_until=date(2028, 6, 30) if n % 2 else None, fees=("free",) if n % 4 == 1 else ("paid",),
        access_modes=("come", "call"), support=("individual", "group") if "digital_mediation" in profile["kinds"] else (),
        welcome_hours="du mardi au vendredi, 9 h – 12 h", **profile,
    )  # fmt: skip


def _inside(place: Place, n: int, random: Random, at: datetime) -> None:
    officer = people.person("officer")
    write: Callable[..., None] = lambda name, rows: inside.replace(place, name, rows, by=officer, at=at)  # noqa: E731  # a short word for five lines
    if week := WEEKS[n % len(WEEKS)]:
        read = osm.read(week)
        weeks: dict[Regime, Any] = dict(read.weeks)
        hours.set_hours(place, weeks, by=officer, at=at, open_on_public_holidays=n % 10 == 6)
    write("spaces", [
        {"kind": "desk", "capacity": 1, "units": random.randint(4, 24)},
        {"kind": "meeting_room", "name": "Salle des marées", "capacity": random.choice((6, 8, 12)), "units": 1},
        *([{"kind": "phone_booth", "capacity": 1, "units": 2}] if n % 2 else []),
    ])  # fmt: skip
    equipment = [
        {"code": "wifi", "figure": 1}, {"code": "printer", "figure": n % 3, "counted": True},
        {"code": "videoconference", "figure": int(n % 4 != 0)},
    ]  # fmt: skip
    if n % 2:
        equipment.append({"code": "fibre", "figure": 1})
        equipment.append({"code": "download_mbps", "figure": Decimal(random.randint(80, 900)), "counted": True,
                          "measured_on": at.date()})  # fmt: skip
    write("equipment", equipment)
    needs = [("step_free", n % 3 != 1), ("accessible_toilet", n % 2 == 0)] if n % 3 != 2 else []
    write("access", [{"need": need, "met": met} for need, met in needs])
    if n % 4 == 1:
        write("tariffs", [{"unit": "free"}])
    elif n % 9 != 8:
        write("tariffs", [
            {"what": "Poste", "unit": "hour", "cents": 200 + 50 * (n % 5)}, {"what": "Poste", "unit": "day", "cents": 1200},
            {"what": "Poste", "unit": "month", "cents": 14000 + 1000 * (n % 6)},
        ])  # fmt: skip
    named = {"name": "Jeanne Ozenne", "consent_at": at} if n % 4 == 0 else {"name": "Paul Hébert"}
    write("staff", [{"role": "animator", "fte": Decimal("0.5"), **named}])
