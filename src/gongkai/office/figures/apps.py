from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "gongkai.office.figures"
    label = "figures"
    verbose_name = "统计"
