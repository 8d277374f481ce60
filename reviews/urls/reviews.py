"""The URLs of reviews, of changes that are declared, and of anomalies."""

from django.urls import path

from reviews.views import changes, reviews, year

urlpatterns: list = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/mine/", reviews.mine, name="my-reviews"),
    path("reviews/calendar/", year.calendar, name="review-calendar"),
    path("reviews/calendar/spread/", year.spread, name="review-spread"),
    path("reviews/settings/", year.settings, name="review-settings"),
    path("reviews/settings/<slug:key>/", year.setting, name="review-setting"),
    path("reviews/changes/", changes.changes, name="changes-declared"),
    path("reviews/changes/declare/", changes.change_declare, name="change-declare"),
    path("reviews/changes/<int:pk>/", changes.change, name="change-declared"),
    path("reviews/follow-ups/<int:pk>/close/", reviews.follow_up_close, name="follow-up-close"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/start/", reviews.review_start, name="review-start"),
    path("reviews/<int:pk>/comment/", reviews.review_comment, name="review-comment"),
    path("reviews/<int:pk>/hand-over/", reviews.review_hand_over, name="review-hand-over"),
    path("reviews/<int:pk>/record/", reviews.review_record, name="review-record"),
    path("anomalies/", changes.anomalies, name="anomalies"),
    path("anomalies/report/", changes.anomaly_report, name="anomaly-report"),
    path("anomalies/<int:pk>/", changes.anomaly, name="anomaly"),
]
