"""The clock as a Django app."""

from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "escale.foundation.clock"
    label = "clock"
    verbose_name = "Horloge"
