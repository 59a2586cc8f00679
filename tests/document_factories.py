"""Documents of a notice board for tests, beside the small objects of tests/factories.py."""

from typing import Any

from championship.models import Document, Event
from championship.services.document_uploads import Upload, add_upload
from championship.services.documents import publish_upload


def make_pdf(text: str = "Bulletin") -> bytes:
    """A whole PDF of one page that says `text` (ASCII)."""
    stream = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return content + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def make_upload(event: Event, title: str = "Bulletin 1", *, kind: str = "bulletin", **values: Any) -> Document:
    """A draft on the event's board, whose file says its title."""
    upload = Upload(name=f"{title}.pdf", content=make_pdf(f"{title} {event.slug}"))
    return add_upload(event, values={"kind": kind, "title": title, **values}, upload=upload)


def publish_file(event: Event, title: str = "Bulletin 1", **values: Any) -> Document:
    """The same as the next document of the board, published by nobody."""
    return publish_upload(make_upload(event, title, **values), by=None)
