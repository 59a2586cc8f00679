"""What officials type on the pages of the desk."""

from django import forms

from championship.models import Classification
from championship.services import signatures

SHORT = forms.TextInput(attrs={"autocomplete": "off"})


class SeenForm(forms.Form):
    """A page that shows first what it does: `seen` identifies what was shown, so that exactly that is done."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class PublishForm(SeenForm):
    """`shown_order` and `shown_text` are what the page showed, to say afterwards what is another now."""

    document = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)
    foreseen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    shown_order = forms.CharField(widget=forms.HiddenInput, max_length=600, required=False)
    shown_text = forms.CharField(widget=forms.HiddenInput, max_length=600, required=False)
    warnings_reason = forms.CharField(
        label="Why it goes out all the same",
        required=False,
        max_length=300,
        widget=SHORT,
        help_text="It is kept with the version, for your colleagues.",
    )
    single_signed_reason = forms.CharField(
        label="Why you sign alone",
        required=False,
        max_length=200,
        widget=SHORT,
        help_text="Readers see it beside the list until somebody countersigns.",
    )


class VersionForm(forms.Form):
    """A page about a row that somebody else may save meanwhile."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class RetypeForm(VersionForm):
    order = forms.CharField(
        label="Car numbers in finishing order",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false", "inputmode": "text"}),
        help_text="From the paper, with spaces or line ends between: 4 99 22 007.",
    )


class RecallForm(SeenForm):
    reason = forms.CharField(
        label="Why it is recalled",
        max_length=300,
        widget=SHORT,
        help_text="Readers of the version’s page see it for good.",
    )


class ReviseForm(forms.Form):
    cause = forms.CharField(
        label="Why there is another version",
        max_length=300,
        widget=SHORT,
        help_text="Readers see it with the version: Decision 31, car 24. Made official.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)
    to = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)


class CauseForm(VersionForm):
    cause = forms.CharField(label="Why there is another version", max_length=300, widget=SHORT)


class DeleteDraftForm(VersionForm):
    reason = forms.CharField(label="Reason, for your colleagues", max_length=100, required=False, widget=SHORT)


class FlagsForm(VersionForm):
    """What is pending about the version that stands."""

    is_under_investigation = forms.BooleanField(label="Under investigation", required=False)
    is_protested = forms.BooleanField(label="Protest open", required=False)
    is_subject_to_appeal = forms.BooleanField(label="Subject to appeal", required=False)
    reason = forms.CharField(
        label="Reason", max_length=100, widget=SHORT, help_text="It stands in the history beside your name."
    )

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in signatures.FLAGS]


STATUS_OF = {"provisional": Classification.Status.PROVISIONAL, "official": Classification.Status.OFFICIAL}
