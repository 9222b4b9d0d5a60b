"""Addresses of the label: pages, then acts."""

from django.urls import register_converter

from escale.capabilities.label.views import acts, badges, board, diagnosis, drafting, life, public, visits
from escale.ui.routes import act, api, page

THING = "label"


class NumberConverter:
    """A label's number, ``L26-0042``: nothing else reaches a view."""

    regex = r"L[0-9]{2}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class VisitConverter(NumberConverter):
    """A visit's number, ``VL26-0042``."""

    regex = r"VL[0-9]{2}-[0-9]{4,9}"


class CodeConverter(NumberConverter):
    """The code that a certificate bears."""

    regex = r"[2-9A-Za-z]{12}"


register_converter(NumberConverter, "label")
register_converter(VisitConverter, "visit")
register_converter(CodeConverter, "check")

_PLACE = "label/<slug:key>/lieux/<slug:slug>/"
_VISIT = "label/visites/<visit:number>/"
_ONE = "label/attributions/<label:number>/"

urlpatterns = [
    page("label/", public.index, "labels", who="public"),
    page("label/suivi/", board.show, "label-board", who="signed-in"),
    page("label/suivi/echantillon/", board.sample, "label-sample", who="signed-in"),
    page("label/suivi/labels.csv", board.table, "label-board-csv", who="signed-in"),
    page("label/suivi/labels.xlsx", board.workbook, "label-board-xlsx", who="signed-in"),
    act("label/suivi/invite", board.invite, "label-campaign", act="invite", who="signed-in"),
    page("label/referentiels/", drafting.index, "referential-drafts", who="signed-in"),
    act("label/referentiels/create", drafting.create, "referential-create", act="create", who="signed-in", asks=True),
    page("label/referentiels/<slug:key>/", drafting.overview, "referential-draft", thing="referential", act="prepare"),
    act(
        "label/referentiels/<slug:key>/edit",
        drafting.edit,
        "referential-edit",
        act="edit",
        thing="referential",
        asks=True,
        keeps=True,
    ),
    act(
        "label/referentiels/<slug:key>/publish",
        drafting.publish,
        "referential-publish",
        act="publish",
        thing="referential",
    ),
    page("label/visites/", visits.index, "label-visits", who="signed-in"),
    api("label/visites/offline.js", visits.offline, "label-visits-offline", who="public"),
    page("label/<slug:key>/", public.show, "referential", who="public", thing="referential"),
    page(_PLACE, diagnosis.self_check, "label-diagnosis", thing="place"),
    act(f"{_PLACE}grant", diagnosis.grant, "label-grant", act="grant", thing="referential"),
    act(f"{_PLACE}declare", diagnosis.declare, "label-declare", act="declare", who="signed-in"),
    act(f"{_PLACE}attach", diagnosis.attach, "label-attach", act="attach", who="signed-in"),
    page(f"{_PLACE}documents/<int:row>/", diagnosis.paper, "label-paper", thing="place"),
    act(
        f"{_PLACE}documents/<int:row>/take-back",
        diagnosis.take_back,
        "label-take-back",
        act="take-back",
        who="signed-in",
    ),
    act(
        f"{_PLACE}plan-visit",
        diagnosis.plan_visit,
        "label-plan-visit",
        act="plan-visit",
        thing="referential",
        asks=True,
    ),
    page(_ONE, life.show, "label", thing=THING),
    page("verifier/<check:code>/", public.check, "label-check", who="public", thing=THING),
    api("verifier/<check:code>/certificat.pdf", public.certificate, "label-certificate", who="public", thing=THING),
    api("verifier/<check:code>/badge.jwt", badges.show, "label-badge", who="public", thing=THING),
    api("label/emetteur.json", badges.issuer, "label-issuer", who="public"),
    api("label/cles.json", badges.key_set, "label-keys", who="public"),
    api("label/cles/<str:kid>.json", badges.key, "label-key", who="public"),
    api("label/statuts/<int:n>.jwt", badges.status, "label-status", who="public"),
    *[act(f"{_ONE}{name}", life.act, f"label-{name}", act=name, thing=THING) for name in acts.FORMS],
    page(_VISIT, visits.show, "visit", thing="visit"),
    act(f"{_VISIT}note", visits.note, "visit-note", act="note", thing="visit", keeps=True),
    act(f"{_VISIT}report", visits.report, "visit-report", act="report", thing="visit", keeps=True),
    act(f"{_VISIT}add-photo", visits.add_photo, "visit-add-photo", act="add-photo", thing="visit"),
    page(f"{_VISIT}photos/<int:key>/", visits.photo, "visit-photo", thing="visit"),
    act(
        f"{_VISIT}photos/<int:key>/remove-photo",
        visits.remove_photo,
        "visit-remove-photo",
        act="remove-photo",
        thing="visit",
    ),
    *[act(f"{_VISIT}{name}", visits.act, f"visit-{name}", act=name, thing="visit") for name in visits.FORMS],
]
