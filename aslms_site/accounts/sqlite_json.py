"""JSON columns on SQLite without the check that `trusted_schema=OFF` refuses.

Django lets SQLite call JSON_VALID in a CHECK of every JSON column. A database that does not trust its schema, as ours
does not, refuses that call, and with it every row of the library's second factors. What is written there is encoded by
Django itself, so the check would find nothing.
"""

from django.db.backends.sqlite3.base import DatabaseWrapper


def install() -> None:
    checks = DatabaseWrapper.data_type_check_constraints
    DatabaseWrapper.data_type_check_constraints = {
        name: check for name, check in checks.items() if "JSON_VALID" not in check
    }
