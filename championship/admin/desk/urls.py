"""The addresses of the desk, under /admin/desk/. The admin site adds them, each behind its own login check."""

from collections.abc import Callable

from django.urls import URLPattern, path

from championship.admin.desk import decisions, documents, drafts, grid, importing, publish, recall, sessions, signing

EVENT = "desk/<season:season>/<event:event>/"
SESSION = "desk/<season:season>/<event:event>/<slug:session>/"


def patterns(guarded: Callable[..., Callable[..., object]]) -> list[URLPattern]:
    """All patterns; `guarded` is the admin site's `admin_view`."""
    views = [
        ("desk/", sessions.desk_index_page, "desk_index"),
        (f"{EVENT}entries/import/", importing.upload_entries, "desk_entries_import"),
        (f"{EVENT}entries/import/<uuid:pk>/", importing.review_entries, "desk_entries_import_review"),
        (f"{EVENT}documents/", documents.desk_documents, "desk_documents"),
        (f"{EVENT}documents/add/", documents.desk_document_add, "desk_document_add"),
        (f"{EVENT}documents/<int:document>/", documents.desk_document, "desk_document"),
        (SESSION, sessions.desk, "desk"),
        (f"{SESSION}grid/", grid.desk_grid, "desk_grid"),
        (f"{SESSION}decisions/add/", decisions.desk_decision_add, "desk_decision_add"),
        (f"{SESSION}decisions/<slug:slug>/", decisions.desk_decision, "desk_decision"),
        (f"{SESSION}decisions/<slug:slug>/publish/", decisions.desk_decision_publish, "desk_decision_publish"),
        (f"{SESSION}publish/", publish.desk_publish, "desk_publish"),
        (f"{SESSION}check/", signing.desk_check, "desk_check"),
        (f"{SESSION}retype/", signing.desk_retype, "desk_retype"),
        (f"{SESSION}countersign/", signing.desk_countersign, "desk_countersign"),
        (f"{SESSION}recall/", recall.desk_recall, "desk_recall"),
        (f"{SESSION}revise/", drafts.desk_revise, "desk_revise"),
        (f"{SESSION}pending/", drafts.desk_pending, "desk_pending"),
        (f"{SESSION}draft/cause/", drafts.draft_cause, "desk_draft_cause"),
        (f"{SESSION}draft/delete/", drafts.draft_delete, "desk_draft_delete"),
        (f"{SESSION}draft/return/", drafts.draft_return, "desk_draft_return"),
        (f"{SESSION}import/", importing.upload, "desk_import"),
        (f"{SESSION}import/<uuid:pk>/", importing.review, "desk_import_review"),
    ]
    return [path(route, guarded(view), name=name) for route, view, name in views]
