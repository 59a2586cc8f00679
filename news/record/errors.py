from championship.record.errors import RecordError


class NewsRecordError(RecordError):
    """The files are no news; `problems` holds all that was found."""

    of = "the newsroom"
