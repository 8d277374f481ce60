"""The matrix, its activities and processes."""

from django.urls import path

from raci.views import activities, matrix, processes

urlpatterns: list = [
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/list/", matrix.matrix_list, name="matrix-list"),
    path("matrix/strip/", matrix.matrix_strip, name="matrix-strip"),
    path("matrix/cells/", matrix.matrix_cells, name="matrix-cells"),
    path("matrix/order/", matrix.matrix_order, name="matrix-order"),
    path("matrix/balance/", matrix.matrix_balance, name="matrix-balance"),
    path("matrix/limits/", matrix.matrix_limits, name="matrix-limits"),
    path("matrix/publish/", processes.matrix_publish, name="matrix-publish"),
    path("matrix/starter/", processes.matrix_starter, name="matrix-starter"),
    path("matrix/columns/", processes.columns, name="columns"),
    path("matrix/columns/<int:pk>/move/", processes.column_move, name="column-move"),
    path("matrix/processes/", processes.groups, name="groups"),
    path("matrix/processes/add/", processes.group_add, name="group-add"),
    path("matrix/processes/<int:pk>/edit/", processes.group_edit, name="group-edit"),
    path("matrix/processes/<int:pk>/retire/", processes.group_retire, name="group-retire"),
    path("matrix/processes/<int:pk>/move/", processes.group_move, name="group-move"),
    path("matrix/activities/add/", activities.activity_add, name="activity-add"),
    path("matrix/activities/<int:pk>/", activities.activity, name="activity"),
    path("matrix/activities/<int:pk>/edit/", activities.activity_edit, name="activity-edit"),
    path("matrix/activities/<int:pk>/letters/", activities.activity_letters, name="activity-letters"),
    path("matrix/activities/<int:pk>/move/", activities.activity_move, name="activity-move"),
    path("matrix/activities/<int:pk>/retire/", activities.activity_retire, name="activity-retire"),
    path("matrix/activities/<int:pk>/back/", activities.activity_back, name="activity-back"),
    path("matrix/activities/<int:pk>/history/", activities.activity_history, name="activity-history"),
]
