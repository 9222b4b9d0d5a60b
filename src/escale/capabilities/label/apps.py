"""The label as a Django application."""

from django.apps import AppConfig


class LabelConfig(AppConfig):
    """Referentials, labels granted, their watch."""

    name = "escale.capabilities.label"
    label = "label"
    verbose_name = "Label"
