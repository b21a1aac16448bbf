"""The app's name."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "gongkai.office.registers"
    verbose_name = "登记簿"
