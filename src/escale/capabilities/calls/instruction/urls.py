"""Addresses of instruction: the desk, then one dossier's sheet and its acts."""

from escale.capabilities.calls.instruction.views import (
    absence,
    bulk,
    consulting,
    correcting,
    desk,
    examining,
    jury,
    memory,
    reviewing,
    sheet,
    statistics,
)
from escale.ui.routes import act, api, page

THING = "dossier"
_ONE = "instruction/<dossier:number>/"
_ASKED = "corrections/<dossier:number>/<int:n>/"
_OPINION = f"{_ONE}opinions/<int:pk>/"
_VISA = f"{_ONE}visas/<int:pk>/"
_REVIEW = "evaluations/<dossier:number>/<int:n>/"
_CALL = "instruction/appels/<slug:key>/evaluations/"
_LINK = "avis/<str:token>/"

urlpatterns = [
    page("instruction/", desk.index, "desk", who="signed-in"),
    page("instruction/today/", sheet.tasks, "today", who="signed-in"),
    api("instruction/export.csv", desk.export, "desk-csv", who="signed-in"),
    api("instruction/export.xlsx", desk.export, "desk-xlsx", who="signed-in"),
    act("instruction/bulk", bulk.bulk, "desk-bulk", act="bulk", who="signed-in", asks=True),
    act("instruction/views/keep", desk.keep, "view-keep", act="keep", who="signed-in"),
    act("instruction/views/<int:pk>/forget", desk.forget, "view-forget", act="forget", who="signed-in"),
    page("instruction/absence/", absence.index, "absence", who="signed-in"),
    act("instruction/absence/go", absence.go, "absence-go", act="go", who="signed-in"),
    act("instruction/absence/back", absence.back, "absence-back", act="back", who="signed-in"),
    act("instruction/absence/hand-over", absence.hand_over, "hand-over", act="hand-over", who="signed-in"),
    act("instruction/absence/themes", absence.themes, "themes", act="themes", who="signed-in"),
    page(_ONE, sheet.show, "instruct", thing=THING, act="instruct"),
    act(f"{_ONE}assign", sheet.assign, "assign", act="assign", thing=THING),
    act(f"{_ONE}complete", sheet.complete, "complete", act="complete", thing=THING),
    act(f"{_ONE}note", sheet.note, "note", act="note", thing=THING),
    act(f"{_ONE}close", sheet.close, "close", act="close", thing=THING, asks=True),
    act(f"{_ONE}reopen", sheet.reopen, "reopen", act="reopen", thing=THING, asks=True),
    act(f"{_ONE}correct", correcting.ask, "correction-ask", act="correct", thing=THING, asks=True),
    page("corrections/<dossier:number>/", correcting.latest, "corrections", thing=THING),
    page(_ASKED, correcting.show, "correction", thing="correction"),
    act(f"{_ASKED}fill", correcting.fill, "correction-fill", act="fill", thing="correction"),
    act(f"{_ASKED}answer", correcting.answer, "correction-answer", act="answer", thing="correction"),
    act(f"{_ASKED}settle", correcting.settle, "correction-settle", act="settle", thing="correction"),
    act(f"{_ASKED}cancel", correcting.cancel, "correction-cancel", act="cancel", thing="correction"),
    act(f"{_ONE}seek-opinion", consulting.ask, "opinion-ask", act="seek-opinion", thing=THING, asks=True),
    act(f"{_OPINION}remind", consulting.remind, "opinion-remind", act="remind", thing="opinion"),
    act(f"{_OPINION}withdraw", consulting.withdraw, "opinion-withdraw", act="withdraw", thing="opinion"),
    page(_LINK, consulting.show, "opinion", who="token", thing="opinion"),
    page(f"{_LINK}pieces/<slug:code>", consulting.open_file, "opinion-piece", who="token", thing="opinion"),
    act(f"{_LINK}give", consulting.give, "opinion-give", act="give", who="token", thing="opinion"),
    act(f"{_LINK}decline", consulting.decline, "opinion-decline", act="decline", who="token", thing="opinion"),
    page(f"{_ONE}examination/", examining.show, "examination", thing=THING, act="instruct"),
    act(f"{_ONE}judge", examining.judge, "judge", act="judge", thing=THING),
    act(f"{_ONE}fix-amount", examining.fix_amount, "fix-amount", act="fix-amount", thing=THING),
    act(f"{_ONE}ask-visa", examining.ask_visa, "ask-visa", act="ask-visa", thing=THING),
    act(f"{_VISA}give", examining.answer_visa, "visa-give", act="give", thing="visa"),
    act(f"{_VISA}refuse", examining.answer_visa, "visa-refuse", act="refuse", thing="visa"),
    act(f"{_ONE}examine", examining.examine, "examine", act="examine", thing=THING),
    act(f"{_ONE}resume", examining.resume, "resume", act="resume", thing=THING),
    page(f"{_ONE}synthesis/", examining.synthesis, "synthesis", thing=THING, act="instruct"),
    page(f"{_ONE}synthesis.pdf", examining.synthesis_paper, "synthesis-paper", thing=THING, act="instruct"),
    page("dossiers/<dossier:number>/why", examining.explain, "why", thing=THING),
    page("dossiers/<dossier:number>/journal", memory.journal, "journal", thing=THING),
    page("appels/<slug:key>/chiffres/", statistics.public, "call-figures", who="public", thing="scheme"),
    page("instruction/appels/<slug:key>/", statistics.inside, "call-figures-inside", who="signed-in", thing="scheme"),
    page("evaluations/", reviewing.index, "reviews", who="signed-in"),
    act("evaluations/expertise/choose", reviewing.choose, "expertise", act="choose", who="signed-in"),
    page(_REVIEW, reviewing.show, "review", thing="review"),
    act(f"{_REVIEW}score", reviewing.score, "review-score", act="score", thing="review", keeps=True),
    api(
        f"{_REVIEW}answer", reviewing.answer, "review-answer", who="act", thing="review", act="score", methods=("POST",)
    ),
    page(f"{_REVIEW}pieces/<slug:code>", reviewing.open_file, "review-piece", thing="review"),
    act(f"{_REVIEW}decline", reviewing.decline, "review-decline", act="decline", thing="review"),
    act(f"{_REVIEW}recuse", reviewing.recuse, "review-recuse", act="recuse", thing="review"),
    act(f"{_REVIEW}reopen", jury.reopen, "review-reopen", act="reopen", thing="review", asks=True),
    act(f"{_REVIEW}withdraw", jury.withdraw, "review-withdraw", act="withdraw", thing="review"),
    act(f"{_REVIEW}remind", jury.remind, "review-remind", act="remind", thing="review"),
    act(f"{_ONE}seek-review", jury.ask, "review-ask", act="seek-review", thing=THING, asks=True),
    page(_CALL, jury.table, "call-reviews", who="signed-in", thing="scheme"),
    page(f"{_CALL}notes.csv", jury.export, "call-reviews-csv", who="signed-in", thing="scheme"),
    act(f"{_CALL}assign", jury.assign, "call-reviews-assign", act="assign", who="signed-in", thing="scheme", asks=True),
    act(f"{_CALL}remind", jury.remind_all, "call-reviews-remind", act="remind", who="signed-in", thing="scheme"),
    act(f"{_ONE}recuse", sheet.recuse, "recuse", act="recuse", thing=THING, asks=True),
]
