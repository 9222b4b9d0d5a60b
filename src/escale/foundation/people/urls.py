"""Addresses of sign-in and of the account."""

from django.urls import URLPattern

from escale.foundation.people.views import account, entering, personal
from escale.ui.routes import act, page

urlpatterns: list[URLPattern] = [
    page("connexion/", entering.sign_in, "sign-in", who="public"),
    act("connexion/send-code", entering.send_code, "send-code", act="send-code", who="public"),
    page("connexion/code/", entering.code, "sign-in-code", who="public"),
    act("connexion/code/enter", entering.enter_code, "enter-code", act="enter", who="public"),
    page("connexion/mot-de-passe/", entering.password, "sign-in-password", who="public"),
    act(
        "connexion/mot-de-passe/sign-in",
        entering.sign_in_by_password,
        "sign-in-by-password",
        act="sign-in",
        who="public",
    ),
    page("connexion/lien/<str:token>/", entering.link, "sign-in-link", who="token"),
    act(
        "connexion/lien/<str:token>/sign-in",
        entering.sign_in_by_link,
        "sign-in-by-link",
        act="sign-in",
        who="token",
    ),
    act("connexion/sign-out", entering.sign_out, "sign-out", act="sign-out", who="public"),
    page("compte/", account.account, "account", who="signed-in"),
    act("compte/update", account.update, "update-account", act="update", who="signed-in"),
    act("compte/set-password", account.set_password, "set-password", act="set-password", who="signed-in"),
    act("compte/change-email", account.change_email, "change-email", act="change-email", who="signed-in"),
    page("compte/adresse/<str:token>/", account.new_email, "new-email", who="signed-in"),
    act(
        "compte/adresse/<str:token>/confirm",
        account.confirm_email,
        "confirm-email",
        act="confirm",
        who="signed-in",
    ),
    page("compte/donnees/", personal.data, "my-data", who="signed-in"),
    act("compte/donnees/download", personal.download, "my-data-download", act="download", who="signed-in"),
    act("compte/close", personal.close, "close-account", act="close", who="signed-in", asks=True),
    page("compte/appareils/", account.devices, "sessions", who="signed-in"),
    act("compte/appareils/<uuid:reference>/revoke", account.revoke, "revoke-session", act="revoke", who="signed-in"),
    act(
        "compte/appareils/revoke-others",
        account.revoke_others,
        "revoke-other-sessions",
        act="revoke-others",
        who="signed-in",
    ),
]
