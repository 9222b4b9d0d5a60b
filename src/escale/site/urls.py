"""All addresses: each service's own, then the site's."""

from django.urls import URLPattern, URLResolver

from escale.site import answers, views
from escale.ui.routes import page

urlpatterns: list[URLPattern | URLResolver] = [
    page("", views.home, "home", who="public"),
]

handler404 = answers.unknown
handler500 = answers.failed
