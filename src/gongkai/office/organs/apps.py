from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "gongkai.office.organs"
    label = "organs"
    verbose_name = "机关、内设机构和人员"
