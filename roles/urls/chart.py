"""URLs of the organisation chart."""

from django.urls import path

from roles.views import chart

urlpatterns: list = [
    path("chart/", chart.chart, name="chart"),
    path("chart/picture.svg", chart.chart_picture, name="chart-picture"),
]
