"""What is asked when a scenario is created, read into the question that the engine receives."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from escale.capabilities.planner import wording
from escale.foundation.territory import queries as territory

REACHES = (10, 15, 20, 30, 45)
MOST_PLACES, MOST_SECONDS = 400, 600
GAP = 0.001
#: goal → the fields that it cannot do without.
NEEDED = {"places": ("places",), "budget": ("budget", "cost"), "everyone": ("share",), "fading": ("places", "full")}
_OF_A_GOAL = ("places", "budget", "cost", "share", "full")


class ScenarioForm(forms.Form):
    """One question in plain words; only what its goal needs is asked."""

    name = forms.CharField(
        label=_("Nom du scénario"),
        max_length=120,
        error_messages={"required": _("Donnez un nom, par exemple « 20 nouveaux lieux à 15 minutes ».")},
    )
    goal = forms.ChoiceField(
        choices=[(code, label) for code, label in wording.GOALS.items() if code != "dossiers"],
        widget=forms.HiddenInput,
    )
    places = forms.IntegerField(
        label=_("Nombre de nouveaux lieux"),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        initial=20,
        help_text=_("Les communes imposées en font partie."),
    )
    budget = forms.IntegerField(
        label=_("Budget"), min_value=1, max_value=10**9, required=False, widget=forms.NumberInput({"data-unit": "€"})
    )
    cost = forms.IntegerField(
        label=_("Coût d’un lieu pour la Région"),
        min_value=1,
        max_value=10**8,
        required=False,
        widget=forms.NumberInput({"data-unit": "€"}),
    )
    share = forms.DecimalField(
        label=_("Part des habitants à atteindre"),
        min_value=1,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        initial=90,
        widget=forms.NumberInput({"data-unit": "%"}),
    )
    full = forms.IntegerField(
        label=_("Compte entièrement jusqu’à"),
        min_value=1,
        max_value=59,
        required=False,
        initial=10,
        widget=forms.NumberInput({"data-unit": "min"}),
        help_text=_("Puis de moins en moins, jusqu’à ne plus compter au temps de trajet choisi."),
    )
    minutes = forms.TypedChoiceField(
        label=_("Un lieu est proche quand on y va en"),
        choices=[(n, f"{n} min") for n in REACHES],
        coerce=int,
        initial=20,
        widget=forms.Select,
    )
    network = forms.ChoiceField(label=_("Lieux qui comptent déjà"), choices=list(wording.NETWORKS.items()))
    least_people = forms.IntegerField(
        label=_("Communes candidates : au moins"),
        min_value=0,
        max_value=10**6,
        required=False,
        initial=500,
        widget=forms.NumberInput({"data-unit": "hab."}),
    )
    forced = forms.CharField(
        label=_("Communes imposées"),
        required=False,
        max_length=2000,
        help_text=_("Codes officiels ou noms, séparés par des virgules."),
    )
    forbidden = forms.CharField(label=_("Communes exclues"), required=False, max_length=2000)
    floor_share = forms.DecimalField(
        label=_("Plancher : part des habitants à atteindre dans chaque département"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput({"data-unit": "%"}),
    )
    seconds = forms.IntegerField(
        label=_("Temps de calcul, au plus"),
        min_value=1,
        max_value=MOST_SECONDS,
        required=False,
        initial=30,
        widget=forms.NumberInput({"data-unit": "s"}),
    )

    demand_file = forms.FileField(
        label=_("Vos habitants, au lieu des communes"),
        required=False,
        help_text=_(
            "Un CSV : id,lon,lat,weight et, pour un plancher, group. Des carreaux, des emplois, ce que vous voulez."
        ),
    )
    sites_file = forms.FileField(
        label=_("Vos sites possibles, au lieu des communes"),
        required=False,
        help_text=_("Un CSV : id,lon,lat et, si vous le savez, cost (euros) et status (candidate, forced, forbidden)."),
    )
    pairs_file = forms.FileField(
        label=_("Vos temps de trajet, au lieu de l’estimation"),
        required=False,
        help_text=_("Un CSV : demand,site,minutes, avec les identifiants des deux autres fichiers."),
    )

    nodes_file = forms.FileField(
        label=_("Votre réseau routier : les carrefours"), required=False, help_text=_("Un CSV : id,lon,lat.")
    )
    edges_file = forms.FileField(
        label=_("Votre réseau routier : les routes"),
        required=False,
        help_text=_("Un CSV : from,to,minutes et, si vous le savez, one_way (yes, no). Il remplace l’estimation."),
    )
    barriers_file = forms.FileField(
        label=_("Vos obstacles et leurs passages, au lieu de l’estuaire de la Seine"),
        required=False,
        help_text=_("Un GeoJSON : des lignes que l’on ne traverse pas, des points où l’on passe."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, goal: str, begun: dict[str, Any] | None = None) -> None:
        super().__init__(data, files, initial={**(begun or {}), "goal": goal})
        for name in _OF_A_GOAL:
            if name not in NEEDED.get(goal, ()):
                del self.fields[name]
            else:
                self.fields[name].required = True
                said = _("Indiquez cette valeur : ce que vous cherchez en dépend.")
                self.fields[name].error_messages["required"] = said
        if goal == "everyone":
            del self.fields["floor_share"]

    def clean_forced(self) -> list[str]:
        """Codes of the communes that must have a place."""
        return _codes(self.cleaned_data["forced"])

    def clean_forbidden(self) -> list[str]:
        """Codes of the communes where none may open."""
        return _codes(self.cleaned_data["forbidden"])

    def clean(self) -> dict[str, Any]:
        """A commune is not imposed and excluded at once; imposed ones fit in the number of places."""
        data = super().clean() or {}
        both = {*data.get("forced", [])} & {*data.get("forbidden", [])}
        if both:
            said = _now("Commune imposée et exclue à la fois : {codes}. Retirez-la d’un des deux.")
            self.add_error("forbidden", said.format(codes=", ".join(sorted(both))))
        if data.get("goal") == "places" and len(data.get("forced", [])) > (data.get("places") or MOST_PLACES):
            said = _now("{n} communes sont imposées pour {places} lieux : augmentez ce nombre.")
            self.add_error("places", said.format(n=len(data["forced"]), places=data.get("places") or 0))
        if (data.get("full") or 0) >= (data.get("minutes") or 60):
            self.add_error("full", _now("Choisissez moins que le temps de trajet, ou un trajet plus long."))
        return data

    def clean_sites_file(self) -> Any:
        """Demand and sites are given together: identifiers of one mean nothing to the other's default."""
        sites = self.cleaned_data.get("sites_file")
        if bool(sites) != bool(self.cleaned_data.get("demand_file")):
            raise forms.ValidationError(_now("Donnez les deux fichiers, habitants et sites, ou aucun."))
        return sites

    def clean_pairs_file(self) -> Any:
        """Minutes speak of the identifiers of the two files."""
        pairs = self.cleaned_data.get("pairs_file")
        if pairs and not self.cleaned_data.get("demand_file"):
            raise forms.ValidationError(_now("Ces temps parlent d’identifiants : joignez aussi habitants et sites."))
        return pairs

    def clean_edges_file(self) -> Any:
        """Roads are nodes and edges; they replace given minutes."""
        edges, nodes = self.cleaned_data.get("edges_file"), self.cleaned_data.get("nodes_file")
        if bool(edges) != bool(nodes):
            raise forms.ValidationError(_now("Donnez les deux fichiers du réseau, carrefours et routes, ou aucun."))
        if edges and self.cleaned_data.get("pairs_file"):
            raise forms.ValidationError(_now("Des temps de trajet sont déjà donnés : retirez-les, ou le réseau."))
        return edges

    def clean_barriers_file(self) -> Any:
        """A network of roads and given minutes already go around what cannot be crossed."""
        barriers = self.cleaned_data.get("barriers_file")
        if barriers and (self.cleaned_data.get("edges_file") or self.cleaned_data.get("pairs_file")):
            raise forms.ValidationError(_now("Le réseau ou les temps donnés tiennent déjà compte des obstacles."))
        return barriers

    def uploads(self) -> dict[str, Any]:
        """Files given, by what they are."""
        roles = ("demand", "sites", "pairs", "nodes", "edges", "barriers")
        return {role: given for role in roles if (given := self.cleaned_data.get(f"{role}_file"))}

    def question(self) -> dict[str, Any]:
        """The question of a valid form, as ``models.Scenario`` describes it."""
        data = self.cleaned_data
        places = data.get("places") or 0
        return {
            "goal": data["goal"], "network": data["network"], "minutes": data["minutes"], "places": places,
            "full": data.get("full") or 0, "share": float(data.get("share") or 0) / 100,
            "budget_cents": (data.get("budget") or 0) * 100, "cost_cents": (data.get("cost") or 0) * 100,
            "least_people": data["least_people"] or 0, "forced": data["forced"], "forbidden": data["forbidden"],
            "floor_share": float(data.get("floor_share") or 0) / 100, "seconds": data["seconds"] or 30, "gap": GAP,
            "seed": 0, "curve": min(MOST_PLACES, max(20, places * 3 // 2)),
        }  # fmt: skip


def begun_from(question: dict[str, Any], name: str) -> dict[str, Any]:
    """The values of an earlier question, to change one thing and ask again."""
    percents = {key: round(question.get(key, 0) * 100, 2) or None for key in ("share", "floor_share")}
    euros = {key: question.get(f"{key}_cents", 0) // 100 or None for key in ("budget", "cost")}
    plain = {key: question.get(key) for key in ("places", "full", "minutes", "network", "least_people", "seconds")}
    lists = {key: ", ".join(question.get(key, [])) for key in ("forced", "forbidden")}
    return {"name": name, **plain, **percents, **euros, **lists}


class RenameForm(forms.Form):
    """Another name."""

    name = forms.CharField(
        label=_("Nom du scénario"), max_length=120, error_messages={"required": _("Donnez un nom au scénario.")}
    )


def _codes(text: str) -> list[str]:
    """Codes of the communes named in a list; raises with those that nobody knows."""
    found, unknown = [], []
    for word in (part.strip() for part in text.replace(";", ",").replace("\n", ",").split(",")):
        if not word:
            continue
        code = territory.current_code(word.upper()) if len(word) == 5 else None
        named = [] if code else [one for one in territory.find(word, 5) if one.folded == territory.fold(word)]
        if code or len(named) == 1:
            found.append(code or named[0].code)
        else:
            unknown.append(word)
    if unknown:
        said = _now("Commune inconnue ou ambiguë : {names}. Écrivez son code officiel, cinq caractères.")
        raise forms.ValidationError(said.format(names=", ".join(unknown)[:200]))
    return sorted(set(found))
