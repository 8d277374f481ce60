"""Campaigns."""

from django.urls import path

from reviews.views import campaigns

urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/add/", campaigns.campaign_add, name="campaign-add"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/export/<str:form>/", campaigns.campaign_export, name="campaign-export"),
    path("campaigns/<int:pk>/close/", campaigns.campaign_close, name="campaign-close"),
    path("campaigns/<int:pk>/record/", campaigns.campaign_record, name="campaign-record"),
    path("campaigns/sheets/<int:pk>/", campaigns.campaign_sheet, name="campaign-sheet"),
    path("campaigns/<int:pk>/read/", campaigns.campaign_read, name="campaign-read"),
]
