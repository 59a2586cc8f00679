"""The ASGI callable that an application server loads."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aslms_site.settings")

application = get_asgi_application()
