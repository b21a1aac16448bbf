"""The app's name."""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "gongkai.office.filings"
    verbose_name = "年度报告"
