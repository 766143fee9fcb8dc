"""Entry of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Both need the apps, which the line above loads. Done here, no first visitor waits for them and all processes share the memory.
import config.urls  # noqa: E402, F401
from search.warming import warm_up  # noqa: E402

warm_up()

# Processes are forked from here. What is loaded by now stays for good: left out of garbage collection, its pages are never written
# to and stay shared; otherwise the first full collection would copy them all into every process.
gc.collect()
gc.freeze()
