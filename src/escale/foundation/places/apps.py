"""Places as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "escale.foundation.places"
    label = "places"
    verbose_name = "Lieux"
