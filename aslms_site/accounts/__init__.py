"""Accounts of the officials' side: login, second factor, invitations, and what happened to them (docs/accounts.md)."""
