"""Addresses of the label: pages, then acts."""

from django.urls import register_converter

from escale.capabilities.label.views import life, public
from escale.ui.routes import act, api, page

THING = "label"


class NumberConverter:
    """A label's number, ``L26-0042``: nothing else reaches a view."""

    regex = r"L[0-9]{2}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CodeConverter(NumberConverter):
    """The code that a certificate bears."""

    regex = r"[2-9A-Za-z]{12}"


register_converter(NumberConverter, "label")
register_converter(CodeConverter, "check")

_ONE = "label/attributions/<label:number>/"

urlpatterns = [
    page("label/", public.index, "labels", who="public"),
    page("label/suivi/", life.board, "label-board", who="signed-in"),
    page("label/<slug:key>/", public.show, "referential", who="public", thing="referential"),
    page("label/<slug:key>/lieux/<slug:slug>/", life.self_check, "label-diagnosis", thing="place"),
    act("label/<slug:key>/lieux/<slug:slug>/grant", life.grant, "label-grant", act="grant", thing="referential"),
    page(_ONE, life.show, "label", thing=THING),
    page("verifier/<check:code>/", public.check, "label-check", who="public", thing=THING),
    api("verifier/<check:code>/certificat.pdf", public.certificate, "label-certificate", who="public", thing=THING),
    *[act(f"{_ONE}{name}", life.act, f"label-{name}", act=name, thing=THING) for name in life.FORMS],
]
