"""``python -m gongkai.office COMMAND``: Django's commands for this site."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.settings.development")
    execute_from_command_line(["gongkai.office", *sys.argv[1:]])
