"""URLs of segregation of duties and of exceptions."""

from django.urls import path

from roles.views import separation, separation_exceptions

urlpatterns: list = [
    path("separation/", separation.separation, name="separation"),
    path("separation/matrix/", separation.matrix, name="separation-matrix"),
    path("separation/adopt/", separation.adopt, name="separation-adopt"),
    path("separation/rules/add/", separation.rule_add, name="separation-add"),
    path("separation/rules/<int:pk>/", separation.rule, name="separation-rule"),
    path("separation/rules/<int:pk>/edit/", separation.rule_edit, name="separation-edit"),
    path("separation/rules/<int:pk>/retire/", separation.rule_retire, name="separation-retire"),
    path("separation/rules/<int:pk>/back/", separation.rule_back, name="separation-back"),
    path("separation/duties/", separation.duties, name="duties"),
    path("separation/duties/add/", separation.duty_add, name="duty-add"),
    path("separation/duties/<int:pk>/", separation.duty, name="duty"),
    path("separation/duties/<int:pk>/edit/", separation.duty_edit, name="duty-edit"),
    path("separation/duties/<int:pk>/remove/", separation.duty_remove, name="duty-remove"),
    path("responsibilities/<int:pk>/duties/", separation.responsibility_mark, name="responsibility-mark"),
    path("separation/exceptions/", separation_exceptions.exceptions, name="separation-exceptions"),
    path("separation/exceptions/request/", separation_exceptions.request_one, name="separation-exception-request"),
    path("separation/exceptions/<int:pk>/", separation_exceptions.exception, name="separation-exception"),
    path("separation/exceptions/<int:pk>/decide/", separation_exceptions.decide, name="separation-exception-decide"),
    path(
        "separation/exceptions/<int:pk>/withdraw/", separation_exceptions.withdraw, name="separation-exception-withdraw"
    ),
    path("separation/exceptions/<int:pk>/end/", separation_exceptions.end, name="separation-exception-end"),
]
