"""From files to a question for the engine: who reaches what, what is open, what may be spent."""

import argparse
import json
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import numpy as np

from escale.capabilities.planner.queries.inputs import Inputs
from escale.capabilities.planner.queries.tables import Faults, cents, number
from escale.rules.words import _
from escale.siting.arrays import BadInput, Flags, Floats
from escale.siting.barriers import NO_BARRIER, Barriers, barriers_from_geojson, pairs_around
from escale.siting.pairs import Pairs, pairs_from_table
from escale.siting.question import Question, ask
from escale.siting.roads import minutes_by_road
from escale.siting.travel import estimated_minutes

SEINE = "data/seine.geojson"
_ASKED = "escale plan"


def add_files(parser: argparse.ArgumentParser) -> None:
    """What a question is made of; the same for choosing and for verifying."""
    parser.add_argument("--demand", metavar="F.csv", help=_("qui se déplace : id,lon,lat,weight[,group]"))
    parser.add_argument("--sites", metavar="F.csv", help=_("où l’on peut ouvrir : id,lon,lat[,cost,status]"))
    parser.add_argument("--existing", metavar="F.csv", help=_("ce qui est déjà ouvert : id,lon,lat"))
    parser.add_argument("--floor", metavar="F.csv", help=_("la part à desservir dans chaque groupe : group,share"))
    parser.add_argument("--barriers", metavar="F.geojson", help=_("un fichier, seine (celle de Normandie) ou none"))
    parser.add_argument("--pairs", metavar="F.csv", help=_("des temps de trajet : demand,site,minutes"))
    parser.add_argument("--nodes", metavar="F.csv", help=_("les carrefours d’un réseau : id,lon,lat"))
    parser.add_argument("--edges", metavar="F.csv", help=_("les routes d’un réseau : from,to,minutes[,one_way]"))
    parser.add_argument("--reach-km", help=_("à portée : tant de kilomètres à vol d’oiseau"))
    parser.add_argument("--minutes", help=_("à portée : tant de minutes"))
    parser.add_argument("--k", help=_("combien de nouveaux lieux, les imposés compris"))
    parser.add_argument("--budget", metavar="EUROS", help=_("combien dépenser, les coûts étant ceux des sites"))
    parser.add_argument("--curve", metavar="K", help=_("la courbe de 1 à K nouveaux lieux"))
    parser.add_argument("--gap", default="0.001", help=_("l’écart prouvé auquel on s’arrête (0.001 : un pour mille)"))
    parser.add_argument("--seconds", default="60", help=_("le temps de calcul au plus"))
    parser.add_argument("--seed", default="0", help=_("la graine : la même donne le même plan"))


def check_request(args: argparse.Namespace, faults: Faults) -> None:
    """The options that must be there, and those that exclude each other; figures become numbers."""
    if not args.demand or not args.sites:
        faults.add(_ASKED, "--demand", _("--demand et --sites sont attendus"))
    if sum(one is not None for one in (args.k, args.budget, args.curve)) != 1:
        faults.add(_ASKED, "--k", _("une seule option parmi --k, --budget et --curve est attendue"))
    given = [one is not None for one in (args.reach_km, args.minutes, args.pairs)]
    if sum(given) != 1 and given != [False, True, True]:
        faults.add(_ASKED, "--reach-km", _("une option parmi --reach-km, --minutes et --pairs est attendue"))
    for name in ("k", "curve", "seed"):
        text = getattr(args, name)
        if text is not None and not (text.isascii() and text.isdigit() and len(text) <= 9):
            faults.add(_ASKED, f"--{name}", _("« {text} », un nombre entier est attendu").format(text=text[:60]))
        elif text is not None:
            setattr(args, name, int(text))
    if args.curve == 0:
        faults.add(_ASKED, "--curve", _("au moins 1 est attendu"))
    for name, low in (("reach_km", 1e-9), ("minutes", 1e-9), ("gap", 0.0), ("seconds", 0.001)):
        text = getattr(args, name)
        if text is not None:
            setattr(args, name, number(text, _ASKED, "--" + name.replace("_", "-"), faults, low, 1e6))
    if args.budget is not None:
        args.budget = cents(args.budget, _ASKED, "--budget", faults)
    if bool(args.nodes) != bool(args.edges) or (args.nodes and (args.pairs or args.minutes is None)):
        faults.add(_ASKED, "--nodes", _("--nodes et --edges vont ensemble, avec --minutes et sans --pairs"))
    if args.nodes and args.barriers:
        faults.add(_ASKED, "--barriers", _("le graphe routier tient déjà compte des obstacles"))
    if args.pairs and args.barriers:
        faults.add(_ASKED, "--barriers", _("les minutes de --pairs tiennent déjà compte des obstacles"))


def question(args: argparse.Namespace, got: Inputs, faults: Faults) -> Question | None:
    """The question, or None when the files contradict it."""
    barriers = barriers_of(args, faults)
    if faults.any:
        return None
    weight = np.array(got.weight, dtype=np.float64)
    forced, forbidden = _status(got, "forced"), _status(got, "forbidden")
    names = sorted({name for name in got.group if name} & set(got.floors))
    number_of = {name: at for at, name in enumerate(names)}
    group = np.array([number_of.get(name, -1) for name in got.group], dtype=np.int64)
    floor = [
        float(Fraction(repr(got.floors[name][0])) * Fraction(float(weight[group == at].sum())))
        for at, name in enumerate(names)
    ]
    cost = np.array(got.cost_cents, dtype=np.float64)
    if not _affordable(args, forced, forbidden, cost, faults):
        return None
    try:
        return ask(
            pairs_of(args, got, weight, barriers),
            weight,
            places=None if args.budget is not None else (args.k if args.curve is None else args.curve),
            budget=args.budget,
            cost=cost if args.budget is not None else None,
            covered=_open(args, got, weight, barriers),
            forced=forced,
            forbidden=forbidden,
            group=group,
            floor=np.array(floor),
        )
    except BadInput as error:
        for sentence in error.problems:
            faults.add(_ASKED, "-", sentence)
        return None


def _status(got: Inputs, status: str) -> Flags:
    return np.array([one == status for one in got.status], dtype=bool)


def _affordable(args: argparse.Namespace, forced: Flags, forbidden: Flags, cost: Floats, faults: Faults) -> bool:
    if args.budget is None:
        limit = args.k if args.curve is None else args.curve
        if forced.sum() > limit:
            said = _("{limit} nouveaux lieux, mais {forced} sites sont imposés")
            faults.add(_ASKED, "--k", said.format(limit=limit, forced=int(forced.sum())))
        return not faults.any
    asked = int(cost[forced].sum())
    choice = cost[~forced & ~forbidden]
    if asked > args.budget:
        said = _("{budget} € ne suffisent pas : les sites imposés coûtent déjà {asked} €")
        faults.add(_ASKED, "--budget", said.format(budget=args.budget / 100, asked=asked / 100))
    elif not forced.any() and len(choice) and choice.min() > args.budget:
        said = _("{budget} € ne suffisent pour aucun site : le moins cher coûte {least} €")
        faults.add(_ASKED, "--budget", said.format(budget=args.budget / 100, least=choice.min() / 100))
    return not faults.any


def barriers_of(args: argparse.Namespace, faults: Faults) -> Barriers:
    """The file given, none, or the Seine estuary: by default with estimated minutes only."""
    named = args.barriers or ("seine" if args.minutes is not None and not (args.pairs or args.nodes) else "none")
    if named == "none":
        return NO_BARRIER
    try:
        if named == "seine":
            text = files("escale.siting").joinpath(SEINE).read_text(encoding="utf-8")
        else:
            path = Path(named)
            if path.stat().st_size > 64 * 1024**2:
                faults.add(named, "-", _("plus de 64 Mo, un fichier de lignes simples est attendu"))
                return NO_BARRIER
            text = path.read_text(encoding="utf-8")
        return barriers_from_geojson(json.loads(text))
    except BadInput as error:
        for sentence in error.problems:
            faults.add(named, "-", sentence)
    except (OSError, ValueError, RecursionError) as error:
        faults.add(named, "-", _("ce fichier n’est pas un GeoJSON lisible ({why})").format(why=error))
    return NO_BARRIER


def pairs_of(args: argparse.Namespace, got: Inputs, weight: Floats, barriers: Barriers) -> Pairs:
    """Who reaches which site, as the request says: minutes given, along roads, estimated, or by distance."""
    if got.pairs is not None:
        i, j, minutes = got.pairs
        table = pairs_from_table(i, j, minutes, len(got.demand.ids), len(got.sites.ids))
        return table if args.minutes is None else table.within(args.minutes)
    if got.roads is not None:
        return minutes_by_road(got.roads, got.demand.place, got.sites.place, args.minutes)
    if args.minutes is not None:
        return estimated_minutes(got.demand.place, weight, got.sites.place, args.minutes, barriers)
    return pairs_around(got.demand.place, got.sites.place, args.reach_km * 1000.0, barriers)[0]


def _open(args: argparse.Namespace, got: Inputs, weight: Floats, barriers: Barriers) -> Flags:
    """Demand that open places cover."""
    covered = np.zeros(len(got.demand.ids), dtype=bool)
    if got.existing is None:
        return covered
    if got.open_pairs is not None:
        i, _j, minutes = got.open_pairs
        covered[i if args.minutes is None else i[minutes <= args.minutes]] = True
        return covered
    return np.diff(near_open(args, got, weight, barriers).start) > 0


def near_open(args: argparse.Namespace, got: Inputs, weight: Floats, barriers: Barriers) -> Pairs:
    """Who reaches which open place, by the same ways as the sites; ``got.existing`` is there and no minutes are given."""
    assert got.existing is not None
    if got.roads is not None:
        return minutes_by_road(got.roads, got.demand.place, got.existing.place, args.minutes)
    if args.minutes is not None:
        return estimated_minutes(got.demand.place, weight, got.existing.place, args.minutes, barriers)
    return pairs_around(got.demand.place, got.existing.place, args.reach_km * 1000.0, barriers)[0]


def remembered(args: argparse.Namespace) -> dict:
    """What was asked, as the plan keeps it: files by name, limits as numbers."""
    names = (
        "demand",
        "sites",
        "existing",
        "floor",
        "barriers",
        "pairs",
        "nodes",
        "edges",
        "reach_km",
        "minutes",
        "k",
        "curve",
        "gap",
    )
    kept = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    if args.budget is not None:
        kept["budget_cents"] = args.budget
    return kept
