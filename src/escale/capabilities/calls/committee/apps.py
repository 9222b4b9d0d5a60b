"""Committee as a Django app."""

from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "escale.capabilities.calls.committee"
    label = "committee"
    verbose_name = "Committee"
