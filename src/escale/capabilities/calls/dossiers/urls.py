"""Addresses of dossiers: pages, then acts."""

from django.urls import register_converter

from escale.capabilities.calls.dossiers.views import (
    behalf,
    budget,
    dossiers,
    filing,
    filling,
    life,
    messages,
    papers,
    partners,
    pieces,
    place,
    prefill,
    team,
)
from escale.ui.routes import act, api, page

THING = "dossier"


class NumberConverter:
    """A dossier's number, ``D26-00042``: nothing else reaches a view."""

    regex = r"D[0-9]{2}-[0-9]{5,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "dossier")

#: What helps to fill: the plan and spreadsheets, partners, the team, papers.
FILLING = [
    page("dossiers/<dossier:number>/plan.xlsx", budget.workbook, "dossier-plan-xlsx", thing=THING),
    page("dossiers/<dossier:number>/plan.csv", budget.table, "dossier-plan-csv", thing=THING),
    page("appels/<slug:key>/formulaire.pdf", papers.empty_form, "form-paper", who="public"),
    page("dossiers/<dossier:number>/brouillon.pdf", papers.draft, "draft-paper", thing=THING),
    page("dossiers/<dossier:number>/qui/", team.history, "dossier-team", thing=THING, act="read-team"),
    act(
        "dossiers/<dossier:number>/hand-over",
        team.hand_over,
        "dossier-hand-over",
        act="hand-over",
        thing=THING,
        asks=True,
    ),
    act("dossiers/<dossier:number>/prefill", prefill.take_up, "dossier-prefill", act="prefill", thing=THING, asks=True),
    act(
        "dossiers/<dossier:number>/<slug:key>/comment",
        team.comment,
        "dossier-comment",
        act="comment",
        thing=THING,
        keeps=True,
    ),
    act(
        "dossiers/<dossier:number>/remarques/<int:comment>/settle",
        team.settle,
        "dossier-settle",
        act="settle",
        thing=THING,
    ),
    page("partenariats/<str:number>/", partners.show, "partnership", thing="partnership"),
    *(
        act(f"partenariats/<str:number>/{verb}", view, f"partnership-{verb}", act=verb, thing="partnership")
        for verb, view in (
            ("confirm", partners.confirm),
            ("decline", partners.decline),
            ("leave", partners.leave),
            ("cancel", partners.cancel),
        )
    ),
    act(
        "dossiers/<dossier:number>/partenaires/<str:row>/invite",
        partners.invite,
        "partnership-invite",
        act="invite",
        thing="partnership",
    ),
    act("dossiers/<dossier:number>/le-budget/import", budget.take, "dossier-plan-import", act="import", thing=THING),
]

urlpatterns = [
    act("dossiers/behalf/create", behalf.enter, "dossier-behalf", act="create", thing=THING, asks=True),
    *FILLING,
    page("dossiers/", dossiers.index, "dossiers", who="signed-in"),
    act("dossiers/create", dossiers.create, "dossier-create", act="create", thing=THING, asks=True),
    page("dossiers/<dossier:number>/", dossiers.show, "dossier", thing=THING),
    page("dossiers/<dossier:number>/les-pieces/", pieces.pieces, "dossier-pieces", thing=THING),
    page("dossiers/<dossier:number>/le-lieu/", place.show, "dossier-place", thing=THING),
    act("dossiers/<dossier:number>/choose-place", place.choose, "dossier-choose-place", act="choose-place", thing=THING),
    page("dossiers/<dossier:number>/depot/", filing.depot, "dossier-depot", thing=THING),
    page("dossiers/<dossier:number>/recu", filing.receipt, "dossier-receipt", thing=THING),
    page("dossiers/<dossier:number>/recu.pdf", filing.receipt_paper, "dossier-receipt-paper", thing=THING),
    page("dossiers/<dossier:number>/copie.pdf", filing.copy_paper, "dossier-copy", thing=THING),
    page("dossiers/<dossier:number>/pieces/<slug:code>/<int:version>", pieces.open_file, "dossier-piece", thing=THING),
    page("dossiers/<dossier:number>/messages/", messages.index, "dossier-messages", thing=THING),
    page(
        "dossiers/<dossier:number>/messages/<int:message>/<int:document>", messages.open_file, "dossier-message-file",
        thing=THING,
    ),
    page("dossiers/<dossier:number>/<slug:key>/", filling.section, "dossier-section", thing=THING),
    api(
        "dossiers/<dossier:number>/answer", filling.answer, "dossier-answer", who="act", thing=THING, act="edit",
        methods=("POST",),
    ),
    act("dossiers/<dossier:number>/submit", filing.submit, "dossier-submit", act="submit", thing=THING),
    act("dossiers/<dossier:number>/withdraw", filing.withdraw, "dossier-withdraw", act="withdraw", thing=THING, asks=True),
    act("dossiers/<dossier:number>/messages/write", messages.write, "dossier-message-write", act="write", thing=THING),
    act("dossiers/courriels/choose", messages.choose, "dossier-mail-choose", act="choose", who="signed-in", asks=True),
    act("dossiers/<dossier:number>/copy", life.copy, "dossier-copy-act", act="copy", thing=THING, asks=True),
    act("dossiers/<dossier:number>/adopt", life.adopt, "dossier-adopt", act="adopt", thing=THING, asks=True),
    act("dossiers/<dossier:number>/pieces/<slug:code>", pieces.attach, "dossier-attach", act="attach", thing=THING),
    act("dossiers/<dossier:number>/les-pieces/attach", pieces.deposit, "dossier-deposit", act="attach", thing=THING),
    act(
        "dossiers/<dossier:number>/pieces/a-classer/<int:version>/attach", pieces.sort, "dossier-sort", act="attach",
        thing=THING,
    ),
    act(
        "dossiers/<dossier:number>/pieces/<slug:code>/standing/attach", pieces.reuse, "dossier-reuse", act="attach",
        thing=THING,
    ),
    act(
        "dossiers/<dossier:number>/pieces/<slug:code>/<int:version>/remove", pieces.detach, "dossier-detach",
        act="attach", thing=THING,
    ),
    act(
        "dossiers/<dossier:number>/<slug:key>/save", filling.save, "dossier-save", act="edit", thing=THING,
        keeps=True,
    ),
]  # fmt: skip
