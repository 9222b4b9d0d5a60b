"""Addresses of the committee and of the assembly's votes: pages, then acts."""

from django.urls import register_converter

from escale.capabilities.calls.committee.views import (
    annex,
    batches,
    following,
    letter_models,
    letters,
    papers,
    ranking,
    session,
    sittings,
    votes,
)
from escale.ui.routes import act, page

SITTING, VOTE, LETTER = "sitting", "vote", "letter"


class SittingConverter:
    """A sitting's number, ``C26-0042``: nothing else reaches a view."""

    regex = r"C[0-9]{2}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class VoteConverter(SittingConverter):
    """A vote's number, ``V26-0042``."""

    regex = r"V[0-9]{2}-[0-9]{4,9}"


class LetterConverter(SittingConverter):
    """A letter's number, ``D26-00042-L1``."""

    regex = r"D[0-9]{2}-[0-9]{5,9}-L[0-9]{1,4}"


register_converter(LetterConverter, "letter")
register_converter(SittingConverter, "sitting")
register_converter(VoteConverter, "vote")

_ONE = "comites/<sitting:number>/"
_VOTE = "deliberations/<vote:number>/"

SITTINGS = [
    page("comites/", sittings.index, "sittings", who="signed-in"),
    act("comites/create", sittings.create, "sitting-create", act="create", who="signed-in", asks=True),
    page(_ONE, sittings.show, "sitting", thing=SITTING),
    act(f"{_ONE}edit", sittings.edit, "sitting-edit", act="edit", thing=SITTING, asks=True),
    act(f"{_ONE}seat", sittings.seat, "sitting-seat", act="seat", thing=SITTING),
    act(f"{_ONE}membres/<int:pk>/unseat", sittings.unseat, "sitting-unseat", act="unseat", thing=SITTING),
    act(f"{_ONE}add", sittings.add, "sitting-add", act="add", thing=SITTING),
    act(f"{_ONE}<dossier:dossier>/remove", sittings.remove, "sitting-remove", act="remove", thing=SITTING),
    act(f"{_ONE}convene", sittings.convene, "sitting-convene", act="convene", thing=SITTING),
    act(f"{_ONE}cancel", sittings.cancel, "sitting-cancel", act="cancel", thing=SITTING, asks=True),
]

SESSION = [
    page(f"{_ONE}classement/", ranking.show, "sitting-ranking", thing=SITTING),
    page(f"{_ONE}classement/<slug:key>/", ranking.compare, "sitting-compare", thing=SITTING, act="hold"),
    act(
        f"{_ONE}classement/<slug:key>/simulate",
        ranking.simulate,
        "sitting-simulate",
        act="simulate",
        thing=SITTING,
        asks=True,
    ),
    act(f"{_ONE}<dossier:dossier>/rank", ranking.rank, "sitting-rank", act="rank", thing=SITTING, asks=True),
    act(f"{_ONE}attend", session.attend, "sitting-attend", act="attend", thing=SITTING),
    act(f"{_ONE}open", session.open_sitting, "sitting-open", act="open", thing=SITTING),
    page(f"{_ONE}seance/", session.show, "sitting-session", thing=SITTING, act="hold"),
    page(f"{_ONE}ecran/", session.screen, "sitting-screen", thing=SITTING, act="hold"),
    act(f"{_ONE}acknowledge", session.acknowledge, "sitting-acknowledge", act="acknowledge", thing=SITTING),
    act(f"{_ONE}<dossier:dossier>/show", session.put_on_screen, "sitting-show", act="show", thing=SITTING),
    act(f"{_ONE}<dossier:dossier>/opine", session.opine, "sitting-opine", act="opine", thing=SITTING, keeps=True),
    act(f"{_ONE}follow", session.follow, "sitting-follow", act="follow", thing=SITTING),
    act(f"{_ONE}<dossier:dossier>/recuse", session.recuse, "sitting-recuse", act="recuse", thing=SITTING, asks=True),
    page(f"{_ONE}proces-verbal.pdf", papers.minutes, "sitting-minutes", thing=SITTING),
    page(f"{_ONE}livre.pdf", papers.book, "sitting-book", thing=SITTING),
    page(f"{_ONE}classement.xlsx", papers.ranking_workbook, "sitting-ranking-xlsx", thing=SITTING),
    act(f"{_ONE}close", session.close, "sitting-close", act="close", thing=SITTING),
]

VOTES = [
    page("deliberations/", votes.index, "votes", who="signed-in"),
    act("deliberations/create", votes.create, "vote-create", act="create", who="signed-in", asks=True),
    page(_VOTE, votes.show, "vote", thing=VOTE),
    act(f"{_VOTE}fill", annex.fill, "vote-fill", act="fill", thing=VOTE),
    act(f"{_VOTE}import", annex.bring, "vote-import", act="import", thing=VOTE, asks=True),
    page(f"{_VOTE}annexe.pdf", papers.annex, "vote-annex-pdf", thing=VOTE),
    page(f"{_VOTE}annexe.xlsx", papers.annex_workbook, "vote-annex-xlsx", thing=VOTE),
    act(f"{_VOTE}<dossier:dossier>/edit", annex.edit, "vote-edit", act="edit", thing=VOTE, asks=True),
    act(f"{_VOTE}<dossier:dossier>/remove", annex.remove, "vote-remove", act="remove", thing=VOTE),
    act(f"{_VOTE}<dossier:dossier>/release", annex.release, "vote-release", act="release", thing=VOTE, asks=True),
    act(f"{_VOTE}<dossier:dossier>/call-up", annex.call_up, "vote-call-up", act="call-up", thing=VOTE),
    act(f"{_VOTE}record", votes.record, "vote-record", act="record", thing=VOTE),
    act(f"{_VOTE}drop", votes.drop, "vote-drop", act="drop", thing=VOTE),
]

_OF_CALL = "instruction/appels/<slug:key>/lettres/"
_MODEL = f"{_OF_CALL}<slug:kind>/"
_LETTER = "lettres/<letter:number>/"
_APPEAL = f"{_LETTER}recours/<int:n>/"
_RECALL = "lettres/retraits/<dossier:number>/<int:n>/"

LETTERS = [
    page("lettres/", batches.mine, "my-letters", who="signed-in"),
    act("lettres/sign", batches.sign, "letters-sign", act="sign", who="signed-in"),
    page(_OF_CALL, letter_models.index, "letters", who="signed-in"),
    act(f"{_OF_CALL}prepare", letter_models.prepare, "letters-prepare", act="prepare", who="signed-in"),
    act(f"{_OF_CALL}send", batches.send, "letters-send", act="send", who="signed-in"),
    page(_MODEL, letter_models.model, "letter-model", who="signed-in", thing="letter_model"),
    act(f"{_MODEL}edit", letter_models.edit, "letter-model-edit", act="edit", who="signed-in"),
    act(f"{_MODEL}try", letter_models.attempt, "letter-model-try", act="try", who="signed-in"),
    page(f"{_MODEL}<dossier:number>.pdf", letter_models.paper, "letter-model-paper", who="signed-in"),
    page(_LETTER, letters.show, "letter", thing=LETTER),
    page(f"{_LETTER}lettre.pdf", letters.paper, "letter-paper", thing=LETTER),
    act(f"{_LETTER}correct", letters.correct, "letter-correct", act="correct", thing=LETTER),
    act(f"{_LETTER}review", letters.review, "letter-review", act="review", thing=LETTER),
    act(f"{_LETTER}sign", letters.sign, "letter-sign", act="sign", thing=LETTER),
    act(f"{_LETTER}send", letters.send, "letter-send", act="send", thing=LETTER),
    act(f"{_LETTER}open", letters.open_letter, "letter-open", act="open", thing=LETTER),
    act(f"{_LETTER}serve", letters.serve, "letter-serve", act="serve", thing=LETTER),
    act(f"{_LETTER}rectify", following.rectify, "letter-rectify", act="rectify", thing=LETTER, asks=True, keeps=True),
    act(f"{_LETTER}recall", following.recall, "letter-recall", act="recall", thing=LETTER, asks=True, keeps=True),
    act(f"{_LETTER}give-up", following.give_up, "letter-give-up", act="give-up", thing=LETTER, asks=True),
    act(f"{_LETTER}appeal", following.appeal, "letter-appeal", act="appeal", thing=LETTER, asks=True, keeps=True),
    act(f"{_LETTER}ask-reasons", following.ask_reasons, "letter-ask-reasons", act="ask-reasons", thing=LETTER),
    page(f"{_LETTER}motifs/", following.reasons, "letter-reasons", thing=LETTER),
    page(_APPEAL, following.show_appeal, "appeal", thing="appeal"),
    act(f"{_APPEAL}uphold", following.answer_appeal, "appeal-uphold", act="uphold", thing="appeal", keeps=True),
    act(f"{_APPEAL}reject", following.answer_appeal, "appeal-reject", act="reject", thing="appeal", keeps=True),
    act(f"{_APPEAL}withdraw", following.take_back, "appeal-withdraw", act="withdraw", thing="appeal"),
    page(_RECALL, following.show_recall, "recall", thing="recall"),
    act(f"{_RECALL}answer", following.answer_recall, "recall-answer", act="answer", thing="recall", keeps=True),
    act(f"{_RECALL}decide", following.answer_recall, "recall-decide", act="decide", thing="recall", keeps=True),
    act(f"{_RECALL}drop", following.answer_recall, "recall-drop", act="drop", thing="recall", keeps=True),
    act(f"{_LETTER}cancel", letters.cancel, "letter-cancel", act="cancel", thing=LETTER),
]

urlpatterns = SITTINGS + SESSION + VOTES + LETTERS
