"""The URLs of evidence."""

from django.urls import path

from evidence.views import audit, document, engagements, files, guided, overview, packs, past, signing, workspace

urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("overview/path/", guided.guided_path, name="guided-path"),
    path("findings/", overview.findings, name="findings"),
    path("findings/export.<str:form>", overview.export, name="findings-export"),
    path("document/", document.document, name="document"),
    path("document/prepare/", document.prepare, name="version-prepare"),
    path("document/<int:pk>/", document.version, name="version"),
    path("document/<int:pk>/send/", signing.send, name="version-send"),
    path("document/<int:pk>/sign/", signing.sign, name="version-sign"),
    path("document/<int:pk>/refuse/", signing.refuse, name="version-refuse"),
    path("document/<int:pk>/recall/", signing.recall, name="version-recall"),
    path("document/<int:pk>/again/", signing.again, name="version-again"),
    path("document/<int:pk>/pdf", files.version_pdf, name="version-pdf"),
    path("document/<int:pk>/content.json", files.version_snapshot, name="version-snapshot"),
    path("verify/", files.verify_file, name="verify"),
    path("audit/", audit.audit, name="audit"),
    path("audit/checklist/", workspace.audit_checklist, name="audit-checklist"),
    path("audit/checklist/<slug:key>/", workspace.audit_item, name="audit-item"),
    path("audit/requests/<int:pk>/", workspace.audit_answer, name="audit-answer"),
    path("audit/past/", past.past_day, name="past"),
    path("audit/compare/", past.compare, name="compare"),
    path("audit/engagements/<int:pk>/packs/", packs.engagement_packs, name="engagement-packs"),
    path("audit/packs/<int:pk>/pack.zip", packs.pack_file, name="pack-file"),
    path("audit/interviews/", workspace.audit_interviews, name="audit-interviews"),
    path("audit/clauses/", workspace.clause_map, name="clause-map"),
    path("audit/engagements/", engagements.engagements, name="engagements"),
    path("audit/engagements/add/", engagements.add, name="engagement-add"),
    path("audit/engagements/<int:pk>/", engagements.engagement, name="engagement"),
    path("audit/engagements/<int:pk>/edit/", engagements.edit, name="engagement-edit"),
    path("audit/engagements/<int:pk>/end/", engagements.end, name="engagement-end"),
    path("audit/engagements/<int:pk>/auditors/", engagements.auditor, name="engagement-auditor"),
]
