"""Addresses of this face."""

from django.urls import include, path

from . import clue_views, duty, views

app_name = "phone"
urlpatterns = [
    path("", views.today, name="today"),
    path("forms/", views.forms, name="forms"),
    path("forms/unlicensed/", views.report, name="report"),
    path("forms/clue/", clue_views.report_clue, name="clue"),
    path("forms/advert/", clue_views.report_advert, name="advert"),
    path("forms/clue/mine/", clue_views.my_clues, name="my_clues"),
    path("messages/<int:pk>/read/", views.read, name="read"),
    path("me/", views.me, name="me"),
    path("duty/", duty.month, name="duty"),
    path("duty/visits/", duty.visits, name="duty_visits"),
    path("duty/own/", duty.own, name="duty_own"),
    path("duty/feedback/", duty.feedback, name="duty_feedback"),
    path("duty/publicity/", duty.activity, name="duty_activity"),
    path("duty/proposal/", duty.proposal, name="duty_proposal"),
    path("duty/library/", duty.library, name="duty_library"),
    path("duty/library/<int:pk>/", duty.item, name="duty_item"),
    path("duty/sections/<int:pk>/", duty.section, name="duty_section"),
    path("duty/quizzes/<int:pk>/", duty.quiz, name="duty_quiz"),
    path("duty/tasks/", duty.tasks, name="duty_tasks"),
    path("duty/tasks/<int:pk>/", duty.task, name="duty_task"),
    path("duty/card/", duty.card, name="duty_card"),
    path("visit/", views.visit, name="visit"),
    path("sw.js", views.worker, name="worker"),
    path("api/", include("phone.api.urls")),
]
