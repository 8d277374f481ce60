"""The URLs of the product."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("ismsroles.core.account_urls")),
    path("", include("ismsroles.core.urls")),
    path("", include("ismsroles.notices.urls")),
    path("", include("roles.urls")),
    path("", include("raci.urls")),
    path("", include("competence.urls")),
    path("", include("reviews.urls")),
    path("", include("evidence.urls")),
]
