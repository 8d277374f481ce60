"""Who may do and see what. Default deny; lists, objects, buttons, actions and tests all ask here (design §5).

Apps register their rules in `policy.py`; nothing else decides."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ismsroles.core import scope
from ismsroles.core.errors import NotAllowed

Rule = Callable[[Any, Any], bool]
_rules: dict[str, Rule] = {}
_visible: dict[type[models.Model], Callable[[Any], models.QuerySet]] = {}
_readers: list[Callable[[Any], bool]] = []
_doormen: list[Callable[[Any], bool]] = []


def policy(*verbs: str) -> Callable[[Rule], Rule]:
    """The decorated function answers whether (user, object) may, for these verbs."""

    def register(rule: Rule) -> Rule:
        _rules.update(dict.fromkeys(verbs, rule))
        return rule

    return register


def visible(model: type[models.Model]):
    """The decorated function returns the rows of `model` that a user may see."""

    def register(rows: Callable[[Any], models.QuerySet]):
        _visible[model] = rows
        return rows

    return register


def reader(rule: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The decorated function says whether a user may at present read the whole register (an auditor, say)."""
    _readers.append(rule)
    return rule


def doorman(rule: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The decorated function says whether a signed-in user may still come in (rule 5: who has left may not)."""
    _doormen.append(rule)
    return rule


def may(user, verb: str, obj: Any = None) -> bool:
    """Whether `user` may do `verb` (to `obj`). An unknown verb is a fault in the program, not a no."""
    rule = _rules[verb]
    with scope.ensured():
        return bool(user is not None and user.is_authenticated and may_enter(user) and rule(user, obj))


def require(user, verb: str, obj: Any = None) -> None:
    """Raises NotAllowed unless `user` may."""
    if not may(user, verb, obj):
        raise NotAllowed(_("This is not among the things you may do here. Nothing was changed."))


def visible_to(user, model: type[models.Model]) -> models.QuerySet:
    """The rows of `model` that `user` may see; none for somebody who may not come in."""
    with scope.ensured():
        if not user.is_authenticated or not may_enter(user):
            return model._default_manager.none()
        return _visible[model](user)


def reads_everything(user) -> bool:
    """Whether some app says that this user may at present read the whole register."""
    return any(rule(user) for rule in _readers)


def may_enter(user) -> bool:
    """Whether this user may be here at all, at this moment."""
    return user.is_active and all(rule(user) for rule in _doormen)


def verbs() -> set[str]:
    """Every verb that has a rule."""
    return set(_rules)
