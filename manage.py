#!/usr/bin/env python3
"""Django's command line for this portal; settings default to the local ones that script/server prepares."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuanjian.settings.local")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
