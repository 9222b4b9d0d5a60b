"""Addresses of the demonstration."""

from django.urls import URLPattern

from escale.demo import views
from escale.ui.routes import act, page

urlpatterns: list[URLPattern] = [
    page("<slug:key>/", views.door, "demo-door", who="public"),
    act("<slug:key>/sign-in", views.enter, "demo-enter", act="sign-in", who="public"),
]
