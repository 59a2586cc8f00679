"""The real clock. SITE_NOW freezes the site's, but a login must end and a guess must wait all the same."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
