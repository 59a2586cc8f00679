"""The record: reading and writing the files of `data/<season>/`. Pure Python, no Django."""

from championship.record.errors import RecordError, RecordProblem
from championship.record.order import in_order
from championship.record.read import read_folder, read_season
from championship.record.schema import SeasonRecord
from championship.record.write import write_season

__all__ = [
    "RecordError",
    "RecordProblem",
    "SeasonRecord",
    "in_order",
    "read_folder",
    "read_season",
    "write_season",
]
