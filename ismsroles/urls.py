"""The URLs of the product."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("", include("ismsroles.core.urls")),
    path("", include("roles.urls")),
    path("", include("evidence.urls")),
]
