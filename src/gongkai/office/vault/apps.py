from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "gongkai.office.vault"
    label = "vault"
    verbose_name = "加密保存的个人信息和文件"
