"""Find the Chromium or Chrome that the browser tests drive, and get one where there is none.

python -m tools.browser            prints its path; exit code 1 when there is none
python -m tools.browser --install  tries to get one first
"""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
DEBIAN_PACKAGES = ("chromium", "fonts-liberation")

# What Chromium needs to run as root in a container, and to call nobody while it runs.
LAUNCH_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@functools.cache
def find() -> str | None:
    """Path of the first browser that starts, in the order CHROME_PATH, installed ones, playwright's own."""
    return next((path for path in _candidates() if _starts(path)), None)


def install() -> str | None:
    """Path of a browser, got by apt (as root) or by playwright's download where none was there."""
    if find() is None:
        for attempt in (_install_with_apt, _install_with_playwright):
            attempt()
            find.cache_clear()
            if find() is not None:
                break
    return find()


def _candidates() -> Iterator[str]:
    if chosen := os.environ.get("CHROME_PATH"):
        yield chosen
    for command in COMMANDS:
        if path := shutil.which(command):
            yield path
    yield from (path for path in MACOS_APPLICATIONS if Path(path).exists())
    yield from _playwrights_own()


def _playwrights_own() -> Iterator[str]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).exists():
        yield path


def _starts(path: str) -> bool:
    # Ubuntu's "chromium-browser" may be a stub that only asks for a snap.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install_with_apt() -> None:
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES])


def _install_with_playwright() -> None:
    _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _run(command: list[str]) -> None:
    print("+", " ".join(command), file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)


def main() -> int:
    path = install() if "--install" in sys.argv[1:] else find()
    print(path or "No Chromium or Chrome found: the browser tests will be left out. Set CHROME_PATH to one.")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
