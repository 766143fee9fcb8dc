#!/usr/bin/env python
"""Command line of Okienko. `manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    """Run one management command."""
    from config.programs import settings_module

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module(sys.argv))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
