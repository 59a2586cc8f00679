"""Each start is a process of its own, since settings are read once."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLIC_HOST = {
    "DEBUG": "false",
    "SECRET_KEY": "a-secret-of-a-public-host-of-more-than-fifty-characters",
    "ALLOWED_HOSTS": "aslms.example",
    "SITE_URL": "https://aslms.example",
    "SITE_NOW": "",
    "PROXY_SSL_HEADER": "",
    "DATABASE_URL": "sqlite:///:memory:",
    "CACHE_URL": "locmem://",
}
DEVELOPMENT_KEY = "development-only-and-refused-with-debug-off-0123456789"


def start(expression: str = "''", **changes: str) -> tuple[str, str]:
    """(value of the expression over `s`, the settings; last lines of the refusal)."""
    done = subprocess.run(
        [sys.executable, "-c", f"import aslms_site.settings as s, json; print(json.dumps({expression}))"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | PUBLIC_HOST | changes,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip(), done.stderr


def test_a_public_host_with_all_it_needs_starts_with_secure_cookies():
    value, refusal = start("[s.DEBUG, s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS]")
    assert refusal == ""
    assert json.loads(value) == [False, "__Host-sessionid", True, 63_072_000]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": DEVELOPMENT_KEY}, "SECRET_KEY: set a secret of at least 50 random characters."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY: set a secret of at least 50 random characters."),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS: set the host names"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS: set the host names"),
        ({"ALLOWED_HOSTS": "."}, "ALLOWED_HOSTS: set the host names"),
        ({"SITE_URL": ""}, "SITE_URL: set the public address"),
        ({"SITE_URL": "http://aslms.example"}, "SITE_URL: set the public address"),
        ({"SITE_URL": "https://"}, "SITE_URL: set the public address"),
        ({"SITE_URL": "https://aslms.example/site"}, "SITE_URL: set the public address"),
        ({"SITE_NOW": "2023-12-02T10:00:00+08:00"}, "SITE_NOW: unset it"),
        ({"SITE_NOW": "2023-12-02T10:00:00"}, "SITE_NOW: Write a moment with its offset"),
        ({"SITE_NOW": "tomorrow"}, "SITE_NOW: Write a moment with its offset"),
        ({"DEBUG": "ture"}, "DEBUG: Not a valid boolean."),
        ({"DATABASE_URL": "mysql://localhost/aslms"}, "DATABASE_URL: Only sqlite:// and postgres://"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL: Not a database address"),
        ({"CACHE_URL": "memcached://localhost"}, "CACHE_URL: Only locmem://, redis:// and rediss://"),
        ({"CONTACT": "desk@example.org"}, "CONTACT: Begin with mailto: or https://"),
        ({"SECOND_FACTOR": "false"}, "SECOND_FACTOR: unset it"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES: "),
        ({"EMAIL_HOST": "smtp.example.org"}, "EMAIL_HOST, MAIL_FROM: set both"),
        ({"MAIL_FROM": "desk@example.org"}, "EMAIL_HOST, MAIL_FROM: set both"),
        ({"EMAIL_HOST_USER": "desk"}, "EMAIL_HOST_USER, EMAIL_HOST_PASSWORD: set both"),
        ({"EMAIL_HOST_USER": "a", "EMAIL_HOST_PASSWORD": "b"}, "EMAIL_HOST_PASSWORD: set both, and EMAIL_HOST"),
        ({"EMAIL_SECURITY": "ssl"}, "EMAIL_SECURITY: "),
    ],
)
def test_an_unsafe_or_unreadable_value_is_refused_by_name(changes, named):
    value, refusal = start(**changes)
    assert value == ""
    assert named in refusal


def test_all_that_is_wrong_is_said_at_once():
    _, refusal = start(SECRET_KEY="", ALLOWED_HOSTS="", SITE_URL="", DATABASE_URL="nonsense")
    assert re.findall(r"^([A-Z_]+):", refusal, re.MULTILINE) == [
        "DATABASE_URL",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "SITE_URL",
    ]


def test_debug_needs_nothing_else_and_may_freeze_the_clock_in_utc():
    value, refusal = start(
        "s.SITE_NOW.isoformat()",
        DEBUG="true",
        SECRET_KEY=DEVELOPMENT_KEY,
        ALLOWED_HOSTS="",
        SITE_URL="",
        SITE_NOW="2023-12-02T10:00:00+08:00",
    )
    assert (value, refusal) == ('"2023-12-02T02:00:00+00:00"', "")


def test_a_site_on_this_machine_may_do_without_https():
    value, refusal = start("[s.SITE_URL, s.SESSION_COOKIE_SECURE]", SITE_URL="http://127.0.0.1:8000/")
    assert refusal == ""
    assert json.loads(value) == ["http://127.0.0.1:8000", False]


def test_plain_http_is_redirected_once_the_proxy_says_which_scheme_the_reader_used():
    expression = "[s.SECURE_SSL_REDIRECT, s.SECURE_PROXY_SSL_HEADER]"
    assert json.loads(start(expression)[0]) == [False, None]
    assert json.loads(start(expression, PROXY_SSL_HEADER="X-Forwarded-Proto")[0]) == [
        True,
        ["HTTP_X_FORWARDED_PROTO", "https"],
    ]


def test_options_in_the_database_address_win_over_the_defaults():
    value, _ = start("s.DATABASES['default']['OPTIONS']", DATABASE_URL="postgres://u@h/n?connect_timeout=9")
    options = json.loads(value)
    assert options["connect_timeout"] == 9
    assert options["pool"] == {"min_size": 1, "max_size": 8, "timeout": 3}
    assert "statement_timeout=5000" in options["options"]


def test_mail_goes_to_its_server_or_to_the_console_or_nowhere():
    expression = "[s.EMAIL_BACKEND.split('.')[-2], s.CAN_MAIL, s.EMAIL_USE_TLS, s.DEFAULT_FROM_EMAIL]"
    mail = {"EMAIL_HOST": "smtp.example.org", "MAIL_FROM": "desk@example.org"}
    assert json.loads(start(expression, **mail)[0]) == ["smtp", True, True, "desk@example.org"]
    assert json.loads(start(expression)[0])[:2] == ["dummy", False]
    assert json.loads(start(expression, DEBUG="true")[0])[:2] == ["console", True]


def test_a_demonstration_may_do_without_a_second_factor_and_nothing_else_may():
    assert start("s.SECOND_FACTOR", DEBUG="true", SECOND_FACTOR="false") == ("false", "")
    assert start("s.SECOND_FACTOR") == ("true", "")


def test_a_redis_cache_keeps_its_address():
    value, _ = start("s.CACHES['default']", CACHE_URL="redis://127.0.0.1:6379/1")
    assert json.loads(value) == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:6379/1",
    }


def test_the_example_lists_exactly_the_variables_that_the_settings_read():
    source = (ROOT / "aslms_site" / "settings.py").read_text()
    example = (ROOT / ".env.example").read_text()
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', source))
    listed = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)
    assert set(listed) == read
    assert len(listed) == len(read) >= 8


def test_a_copied_example_is_refused_until_it_is_filled_in(tmp_path):
    lines = re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    _, refusal = start(**dict(lines))
    assert re.findall(r"^([A-Z_]+):", refusal, re.MULTILINE) == ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"]
