"""From a form to an action and back: what the action refuses stands beside the answer it is about."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, CharField, HiddenInput, ModelForm, ModelMultipleChoiceField

from ismsroles.core.errors import Invalid
from ismsroles.core.shown import state_of

DIGITS = 18  # every number of so many digits fits into a column


def attempt(form: BaseForm, action: Callable[..., Any], /, *args: Any, **values: Any) -> Any:
    """Call the action. Invalid becomes an error of the form (at its field, if the form has it) and the answer is None.

    An action that returns nothing answers True. Other refusals have pages of their own and go on to the middleware."""
    try:
        done = action(*args, **values)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None
    return True if done is None else done


class ChangeForm(ModelForm):
    """A form for a row that is there: it carries how the row was when it was shown, so that two people do not overwrite each
    other unseen (security case 29). The action gets it as `seen`."""

    seen = CharField(required=False, widget=HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = state_of(self.instance)
        else:
            del self.fields["seen"]


class RowsField(ModelMultipleChoiceField):
    """Several rows of a table. A number that no table can hold is a wrong choice, not a fault of the database driver."""

    def _check_values(self, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else []:
            if len(str(one)) > DIGITS:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": one}
                )
        return super()._check_values(value)
