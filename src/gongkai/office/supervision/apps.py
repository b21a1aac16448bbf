"""The app's name."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "gongkai.office.supervision"
    verbose_name = "监督"
