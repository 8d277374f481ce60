"""The overview, the document and its versions, engagements of auditors."""

from tests.access_walk import Row

# fmt: off
TABLE = [
    Row("verify", "200", "422", stranger="200 422"),
    Row("overview", "200 200 200 403 403 403 200 403", "405"),
    Row("findings", "200 200 200 403 403 403 200 403", "405"),
    Row("findings-export", "200 200 200 403 403 403 200 403", "405", lambda w: ["csv"]),
    Row("document", "200", "405"),
    Row("version", "200", "405", lambda w: [w.published.pk], what="in force"),
    Row("version", "200 200 200 404 404 404 200 404", "405", lambda w: [w.sent.pk], what="waiting for signatures"),
    Row("version-prepare", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("version-send", "403 200 403 404 404 404 403 404", "403 422 403 404 404 404 403 404", lambda w: [w.sent.pk]),
    Row("version-sign", "403 403 200 404 404 404 403 404", "403 403 200 404 404 404 403 404", lambda w: [w.sent.pk]),
    Row("version-refuse", "403 403 200 404 404 404 403 404", "403 403 422 404 404 404 403 404", lambda w: [w.sent.pk]),
    Row("version-recall", "403 200 403 404 404 404 403 404", "403 422 403 404 404 404 403 404", lambda w: [w.sent.pk]),
    Row("version-again", "405", "403 409 403 404 404 404 403 404", lambda w: [w.sent.pk]),
    Row("version-pdf", "200", "405", lambda w: [w.published.pk], what="in force"),
    Row("version-pdf", "200 200 200 404 404 404 200 404", "405", lambda w: [w.sent.pk], what="waiting for signatures"),
    Row("version-snapshot", "200", "405", lambda w: [w.published.pk], what="in force"),
    Row("version-snapshot", "200 200 200 404 404 404 200 404", "405", lambda w: [w.sent.pk], what="waiting for signatures"),
    Row("audit", "200 200 200 403 403 403 200 403", "405"),
    Row("audit-checklist", "200 200 200 403 403 403 200 403", "405"),
    Row("audit-item", "200 200 200 403 403 403 200 403", "403 403 403 403 403 403 422 403", lambda w: ["assignment"]),
    Row("audit-answer", "403 200 403 404 404 404 403 404", "403 422 403 404 404 404 403 404", lambda w: [w.audit_request.pk]),
    Row("audit-interviews", "200 200 200 403 403 403 200 403", "405"),
    Row("clause-map", "200 200 200 403 403 403 200 403", "405"),
    Row("engagements", "200 200 200 403 403 403 200 403", "405"),
    Row("engagement", "200 200 200 404 404 404 200 404", "405", lambda w: [w.engagement.pk]),
    Row("engagement", "200 200 200 404 404 404 404 404", "405", lambda w: [w.other_engagement.pk], what="another auditor’s"),
    Row("engagement-edit", "200 200 403 404 404 404 404 404", "422 422 403 404 404 404 404 404", lambda w: [w.other_engagement.pk], what="another auditor’s"),
    Row("engagement-end", "200 200 403 404 404 404 404 404", "302 302 403 404 404 404 404 404", lambda w: [w.other_engagement.pk], what="another auditor’s"),
    Row("engagement-auditor", "200 200 403 404 404 404 404 404", "422 422 403 404 404 404 404 404", lambda w: [w.other_engagement.pk], what="another auditor’s"),
    Row("version-sign", "403", "403", lambda w: [w.published.pk], what="nobody is asked"),
    Row("version-refuse", "403", "403", lambda w: [w.published.pk], what="nobody is asked"),
    Row("engagement-add", "200 200 403 403 403 403 403 403", "422 422 403 403 403 403 403 403"),
    Row("engagement-edit", "200 200 403 404 404 404 403 404", "422 422 403 404 404 404 403 404", lambda w: [w.engagement.pk]),
    Row("engagement-end", "200 200 403 404 404 404 403 404", "302 302 403 404 404 404 403 404", lambda w: [w.engagement.pk]),
    Row("engagement-auditor", "200 200 403 404 404 404 403 404", "422 422 403 404 404 404 403 404", lambda w: [w.engagement.pk]),
]
# fmt: on
