"""Addresses of an organisation's standing documents and delegations of signature."""

from django.urls import URLPattern

from escale.foundation.documents import views
from escale.ui.routes import act, page

_ONE = "organisations/<int:pk>/documents/"
_THING = "organisation"

urlpatterns: list[URLPattern] = [
    page(_ONE, views.documents, "organisation-documents", thing=_THING, act="read-documents"),
    page(f"{_ONE}<int:row>", views.open_file, "organisation-document", thing=_THING, act="read-documents"),
    act(f"{_ONE}add-document", views.add, "organisation-add-document", act="add-document", thing=_THING),
    act(
        f"{_ONE}<int:row>/remove-document", views.remove, "organisation-remove-document", act="remove-document",
        thing=_THING,
    ),
    act("organisations/<int:pk>/delegate", views.delegate, "organisation-delegate", act="delegate", thing=_THING, asks=True),
    page(
        "organisations/<int:pk>/delegations/<int:row>", views.open_delegation, "delegation", thing=_THING,
        act="read-documents",
    ),
    act(
        "organisations/<int:pk>/delegations/<int:row>/end-delegation", views.end_delegation, "delegation-end",
        act="end-delegation", thing=_THING,
    ),
]  # fmt: skip
