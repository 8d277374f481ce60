"""The URLs of audits of roles."""

from django.urls import path

from reviews.views import audits

urlpatterns: list = [
    path("role-audits/", audits.audits, name="role-audits"),
    path("role-audits/plan/", audits.audit_plan, name="role-audit-plan"),
    path("role-audits/<int:pk>/", audits.audit, name="role-audit"),
    path("role-audits/<int:pk>/close/", audits.audit_close, name="role-audit-close"),
    path("role-audits/<int:pk>/cancel/", audits.audit_cancel, name="role-audit-cancel"),
    path("role-audits/questions/<int:pk>/", audits.audit_answer, name="role-audit-answer"),
    path("role-audits/actions/<int:pk>/done/", audits.corrective_done, name="corrective-done"),
    path("role-audits/actions/<int:pk>/verify/", audits.corrective_verify, name="corrective-verify"),
]
