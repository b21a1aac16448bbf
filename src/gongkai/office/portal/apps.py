from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongkai.office.portal"
    label = "portal"
    verbose_name = "面向公众的页面"
