"""URLs of levels, processes, policies, and of questions with their answers."""

from django.urls import path

from roles.views import ask, guidance

urlpatterns: list = [
    path("levels/", guidance.levels, name="levels"),
    path("levels/export/", guidance.levels_export, name="levels-export"),
    path("levels/starter/", ask.starter_levels, name="levels-starter"),
    *guidance.LEVELS.urls("levels/"),
    path("levels/<int:pk>/", guidance.level, name="level"),
    path("levels/<int:pk>/history/", guidance.level_history, name="level-history"),
    path("processes/", guidance.processes, name="processes"),
    path("processes/export/", guidance.processes_export, name="processes-export"),
    path("processes/starter/", ask.starter_processes, name="processes-starter"),
    *guidance.PROCESSES.urls("processes/"),
    path("processes/<int:pk>/", guidance.process, name="process"),
    path("processes/<int:pk>/history/", guidance.process_history, name="process-history"),
    path("policies/", guidance.policies, name="policies"),
    path("policies/export/", guidance.policies_export, name="policies-export"),
    *guidance.POLICIES.urls("policies/"),
    path("policies/<int:pk>/", guidance.policy, name="policy"),
    path("policies/<int:pk>/history/", guidance.policy_history, name="policy-history"),
    path("ask/", ask.ask, name="ask"),
    path("ask/unanswered/note/", ask.note, name="ask-note"),
    path("ask/unanswered/", ask.unanswered, name="unanswered"),
    path("ask/unanswered/<int:pk>/close/", ask.close, name="unanswered-close"),
    path("ask/questions/", ask.questions, name="questions"),
    path("ask/questions/export/", ask.questions_export, name="questions-export"),
    path("ask/questions/starter/", ask.starter_questions, name="questions-starter"),
    *ask.QUESTIONS.urls("ask/questions/"),
    path("ask/questions/<int:pk>/move/", ask.move, name="question-move"),
    path("ask/questions/<int:pk>/history/", ask.history_page, name="question-history"),
]
