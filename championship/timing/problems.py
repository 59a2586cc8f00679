"""Collecting what is wrong in a file, so that all of it is told at once."""

from typing import NoReturn

from championship.timing.limits import MOST_PROBLEMS
from championship.timing.tables import TimingFileError, TimingProblem

_LONGEST_SHOWN = 60
USE_THE_ORIGINAL = "Use the file as the provider wrote it."


def shown(text: str) -> str:
    """What was found, in quotes, short enough for a line, and with signs that cannot be seen written as codes.

    >>> shown("1:42.1"), shown("a\\x00"), shown("")
    ('“1:42.1”', '“a\\\\x00”', 'nothing')
    """
    if not text:
        return "nothing"
    visible = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text[:200])
    return f"“{visible[:_LONGEST_SHOWN]}…”" if len(visible) > _LONGEST_SHOWN else f"“{visible}”"


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name).strip()


class Problems:
    """All that was found in one file, in the order in which it was found."""

    def __init__(self, file_name: str) -> None:
        self.file = _printable(file_name[:100]) or "The file"
        self.found: list[TimingProblem] = []

    def report(self, line: int, column: str, message: str, mend: str) -> None:
        """Note one problem; `line` 0 is the file as a whole, `column` "" the whole line."""
        column = _printable(column[:_LONGEST_SHOWN])
        self.found.append(TimingProblem(file=self.file, line=line, column=column, message=message, mend=mend))

    def refuse(self, line: int, column: str, message: str, mend: str) -> NoReturn:
        """Note a problem after which nothing more can be read."""
        self.report(line, column, message, mend)
        raise self.error()

    def error(self) -> TimingFileError:
        """All that was found, in the order of the file, or the first of very many and how many more there are."""
        problems = sorted(self.found, key=lambda problem: problem.line)
        rest = len(problems) - MOST_PROBLEMS
        if rest > 0:
            problems = problems[:MOST_PROBLEMS]
            problems.append(
                TimingProblem(
                    file=self.file,
                    line=0,
                    column="",
                    message=f"{rest} more {'problem was' if rest == 1 else 'problems were'} found.",
                    mend="Mend these first.",
                )
            )
        return TimingFileError(tuple(problems))
