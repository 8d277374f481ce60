"""Competence: skills, requirements of roles, assessments of people, gaps, training and performance."""

from django.apps import AppConfig


class CompetenceConfig(AppConfig):
    name = "competence"
