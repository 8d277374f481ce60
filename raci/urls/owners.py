"""Assets and risks."""

from django.urls import path

from raci.views import assets, coverage, risks

urlpatterns = [
    path("coverage/", coverage.coverage, name="coverage"),
    path("assets/", assets.assets, name="assets"),
    path("assets/export/", assets.assets_export, name="assets-export"),
    path("assets/add/", assets.asset_add, name="asset-add"),
    path("assets/<int:pk>/", assets.asset, name="asset"),
    path("assets/<int:pk>/edit/", assets.asset_edit, name="asset-edit"),
    path("assets/<int:pk>/retire/", assets.asset_retire, name="asset-retire"),
    path("assets/<int:pk>/back/", assets.asset_back, name="asset-back"),
    path("assets/<int:pk>/history/", assets.asset_history, name="asset-history"),
    path("risks/", risks.risks, name="risks"),
    path("risks/export/", risks.risks_export, name="risks-export"),
    path("risks/add/", risks.risk_add, name="risk-add"),
    path("risks/levels/", risks.risk_scale, name="risk-scale"),
    path("risks/<int:pk>/", risks.risk, name="risk"),
    path("risks/<int:pk>/edit/", risks.risk_edit, name="risk-edit"),
    path("risks/<int:pk>/close/", risks.risk_close, name="risk-close"),
    path("risks/<int:pk>/open/", risks.risk_back, name="risk-back"),
    path("risks/<int:pk>/accept/", risks.acceptance_add, name="acceptance-add"),
    path("risks/<int:pk>/history/", risks.risk_history, name="risk-history"),
    path("risks/acceptances/<int:pk>/withdraw/", risks.acceptance_withdraw, name="acceptance-withdraw"),
]
