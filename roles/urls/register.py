"""Areas, people, roles, starter library, search and log."""

from django.urls import path

from roles.views import areas, exports, log, options, people, register, search, starter, wording

urlpatterns: list = [
    path("areas/", areas.areas, name="areas"),
    path("areas/add/", areas.area_add, name="area-add"),
    path("areas/<int:pk>/", areas.area, name="area"),
    path("areas/<int:pk>/edit/", areas.area_edit, name="area-edit"),
    path("areas/<int:pk>/remove/", areas.area_remove, name="area-remove"),
    path("areas/<int:pk>/history/", log.area_history, name="area-history"),
    path("people/", people.people, name="people"),
    path("people/options/", options.people_options, name="people-options"),
    path("people/export/", exports.people_export, name="people-export"),
    path("people/add/", people.person_add, name="person-add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("people/<int:pk>/leave/", people.person_leave, name="person-leave"),
    path("people/<int:pk>/stay/", people.person_stay, name="person-stay"),
    path("people/<int:pk>/login/", people.person_login, name="person-login"),
    path("people/<int:pk>/represent/", people.person_represent, name="person-represent"),
    path("people/<int:pk>/history/", log.person_history, name="person-history"),
    path("roles/", register.roles, name="roles"),
    path("roles/export/", exports.roles_export, name="roles-export"),
    path("roles/add/", register.role_add, name="role-add"),
    path("roles/<int:pk>/", register.role, name="role"),
    path("roles/<int:pk>/edit/", register.role_edit, name="role-edit"),
    path("roles/<int:pk>/activate/", register.role_activate, name="role-activate"),
    path("roles/<int:pk>/retire/", register.role_retire, name="role-retire"),
    path("roles/<int:pk>/back/", register.role_back, name="role-back"),
    path("roles/<int:pk>/history/", log.role_history, name="role-history"),
    path("roles/<int:pk>/responsibilities/add/", wording.responsibility_add, name="responsibility-add"),
    path("roles/<int:pk>/authorities/add/", wording.authority_add, name="authority-add"),
    path("responsibilities/<int:pk>/edit/", wording.responsibility_edit, name="responsibility-edit"),
    path("responsibilities/<int:pk>/move/", wording.responsibility_move, name="responsibility-move"),
    path("responsibilities/<int:pk>/remove/", wording.responsibility_remove, name="responsibility-remove"),
    path("authorities/<int:pk>/edit/", wording.authority_edit, name="authority-edit"),
    path("authorities/<int:pk>/remove/", wording.authority_remove, name="authority-remove"),
    path("starter/", starter.starter, name="starter"),
    path("search/", search.search, name="search"),
    path("log/", log.log, name="log"),
]
