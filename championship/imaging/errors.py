"""The one error of this package: a file that the person can mend, or replace by another."""


class PictureRefusedError(Exception):
    """The file cannot be taken. The text says what is wrong and how to mend it."""
