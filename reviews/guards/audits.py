"""What the database refuses about audits of roles."""

from ismsroles.core import guards
from reviews.models import AuditQuestion, Corrective, RoleAudit, Sampled
from reviews.states import AUDIT, CORRECTIVE

guards.append_only(Sampled)
for model in (RoleAudit, AuditQuestion, Corrective):
    guards.undeletable(model)
    guards.append_only(model.history.model)
guards.frozen_columns(RoleAudit, ["kind", "auditor", "auditor_name", "seed", "population", "planned_by"])
guards.frozen_columns(AuditQuestion, ["audit", "key", "title", "text", "technique"])
guards.frozen_columns(Corrective, ["question", "what", "cause", "owner"])
guards.legal_moves(RoleAudit, {(a, b) for (a, _verb), b in AUDIT.moves.items() if a != b})
guards.legal_moves(Corrective, {(a, b) for (a, _verb), b in CORRECTIVE.moves.items() if a != b})
