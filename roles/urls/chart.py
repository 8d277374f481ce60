"""URLs of the organisation chart."""

from django.urls import path

from roles.views import chart, keeping

urlpatterns: list = [
    path("chart/", chart.chart, name="chart"),
    path("chart/picture.svg", chart.chart_picture, name="chart-picture"),
    path("chart/keeper/", keeping.keeper, name="chart-keeper"),
    path("chart/confirm/", keeping.confirm, name="chart-confirm"),
    path("chart/confirmations/<int:pk>/", keeping.confirmation, name="chart-confirmation"),
    path("chart/restructures/", keeping.restructures, name="restructures"),
    path("chart/restructures/add/", keeping.restructure_add, name="restructure-add"),
    path("chart/restructures/<int:pk>/withdraw/", keeping.restructure_withdraw, name="restructure-withdraw"),
]
