from django.apps import AppConfig


class InterchangeConfig(AppConfig):
    name = "gongkai.office.interchange"
    label = "interchange"
    verbose_name = "台账的导入和导出"
