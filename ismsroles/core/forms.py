"""From a form to an action and back: what the action refuses stands beside the answer it is about."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm

from ismsroles.core.errors import Invalid


def attempt(form: BaseForm, action: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """Call the action. Invalid becomes an error of the form (at its field, if the form has it) and the answer is None.

    An action that returns nothing answers True. Other refusals have pages of their own and go on to the middleware."""
    try:
        done = action(*args, **values)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None
    return True if done is None else done
