"""Shape of what is written about an area."""

from typing import Any

from ismsroles.core.forms import ChangeForm
from roles.models import Area


class AreaForm(ChangeForm):
    """Name, part of which area, in scope or not."""

    class Meta:
        model = Area
        fields = ["name", "parent", "in_scope"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["parent"].queryset = Area.objects.exclude(pk=self.instance.pk)
