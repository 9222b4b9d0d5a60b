"""Instruction as a Django app."""

from django.apps import AppConfig


class InstructionConfig(AppConfig):
    name = "escale.capabilities.calls.instruction"
    label = "instruction"
    verbose_name = "Instruction"
