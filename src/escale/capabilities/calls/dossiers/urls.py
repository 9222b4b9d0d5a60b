"""Addresses of dossiers: pages, then acts."""

from escale.capabilities.calls.dossiers.views import dossiers, filing, filling, pieces
from escale.ui.routes import act, api, page

THING = "dossier"

urlpatterns = [
    page("dossiers/", dossiers.index, "dossiers", who="signed-in"),
    act("dossiers/create", dossiers.create, "dossier-create", act="create", thing=THING, asks=True),
    page("dossiers/<str:number>/", dossiers.show, "dossier", thing=THING),
    page("dossiers/<str:number>/les-pieces/", pieces.pieces, "dossier-pieces", thing=THING),
    page("dossiers/<str:number>/depot/", filing.depot, "dossier-depot", thing=THING),
    page("dossiers/<str:number>/recu", filing.receipt, "dossier-receipt", thing=THING),
    page("dossiers/<str:number>/recu.pdf", filing.receipt_paper, "dossier-receipt-paper", thing=THING),
    page("dossiers/<str:number>/copie.pdf", filing.copy_paper, "dossier-copy", thing=THING),
    page("dossiers/<str:number>/pieces/<str:code>/<int:version>", pieces.open_file, "dossier-piece", thing=THING),
    page("dossiers/<str:number>/<str:key>/", filling.section, "dossier-section", thing=THING),
    api(
        "dossiers/<str:number>/answer", filling.answer, "dossier-answer", who="act", thing=THING, act="edit",
        methods=("POST",),
    ),
    act("dossiers/<str:number>/submit", filing.submit, "dossier-submit", act="submit", thing=THING),
    act("dossiers/<str:number>/withdraw", filing.withdraw, "dossier-withdraw", act="withdraw", thing=THING, asks=True),
    act("dossiers/<str:number>/pieces/<str:code>", pieces.attach, "dossier-attach", act="attach", thing=THING),
    act(
        "dossiers/<str:number>/pieces/<str:code>/<int:version>/remove", pieces.detach, "dossier-detach",
        act="attach", thing=THING,
    ),
    act("dossiers/<str:number>/<str:key>/save", filling.save, "dossier-save", act="edit", thing=THING),
]  # fmt: skip
