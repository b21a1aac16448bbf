"""The app's name."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "gongkai.office.intake"
    verbose_name = "外来报告"
