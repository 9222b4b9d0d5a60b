"""The look as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "escale.ui"
    label = "ui"
    verbose_name = "Interface"
