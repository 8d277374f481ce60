"""Appointment letters and their words."""

from django.urls import path

from roles.views import letter_texts, letters

urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/letter.pdf", letters.letter_pdf, name="letter-pdf"),
    path("letters/<int:pk>/paper/", letters.letter_file, name="letter-file"),
    path("letters/<int:pk>/record/", letters.letter_record, name="letter-record"),
    path("letters/texts/", letter_texts.letter_texts, name="letter-texts"),
    path("letters/texts/<str:kind>/", letter_texts.letter_text, name="letter-text"),
    path("letters/texts/<str:kind>/default/", letter_texts.letter_text_default, name="letter-text-default"),
    path("assignments/<int:pk>/letter/", letters.letter_ask, name="letter-ask"),
]
