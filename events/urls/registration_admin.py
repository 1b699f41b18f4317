"""Registrations of an event in the admin; part of the event's own addresses."""

from django.urls import path

from events.views.admin.registration import (
    exporting,
    files,
    group_letters,
    kept,
    letters,
    listing,
    one,
    outbox,
    papers,
    person,
    report,
    requests,
    setup,
    trying,
)

_EVENT = "events/<int:pk>/"

urlpatterns = [
    path(f"{_EVENT}registrations/", listing.RegistrationsPage.as_view(), name="registrations"),
    path(f"{_EVENT}registrations/add/", one.AddPage.as_view(), name="add_registration"),
    path(f"{_EVENT}registrations/requests/", requests.RequestsPage.as_view(), name="change_requests"),
    path(f"{_EVENT}registrations/export/<str:form>/", exporting.export, name="export_registrations"),
    path(f"{_EVENT}registrations/papers/", papers.PapersPage.as_view(), name="papers"),
    path(f"{_EVENT}registrations/papers/<int:paper>/", papers.paper_file, name="paper"),
    path(f"{_EVENT}registrations/<int:registration>/", one.RegistrationPage.as_view(), name="registration"),
    path(
        f"{_EVENT}registrations/<int:registration>/file/<slug:name>/",
        files.FilePage.as_view(),
        name="registration_file",
    ),
    path(f"{_EVENT}registrations/<int:registration>/edit/", one.EditPage.as_view(), name="edit_registration"),
    path(f"{_EVENT}registrations/<int:registration>/person/", person.PersonPage.as_view(), name="registration_person"),
    path(
        f"{_EVENT}registrations/<int:registration>/erase/",
        person.EraseRegistrationPage.as_view(),
        name="erase_registration",
    ),
    path(f"{_EVENT}registrations/<int:registration>/data.json", person.held, name="registration_held"),
    path("registration-reports/", report.ReportsPage.as_view(), name="registration_reports"),
    path(f"{_EVENT}registration/report/", report.ReportPage.as_view(), name="registration_report"),
    path(f"{_EVENT}registration/report/<str:form>/", report.export_report, name="export_registration_report"),
    path("registration-deletions/", kept.DeletionsPage.as_view(), name="registration_deletions"),
    path(f"{_EVENT}registration/opened/", kept.OpenedPage.as_view(), name="opened_answers"),
    path(f"{_EVENT}registration/", setup.SettingsPage.as_view(), name="registration_settings"),
    path(f"{_EVENT}registration/try/<str:language>/", trying.trial, name="try_registration"),
    path(f"{_EVENT}registration/questions/", setup.QuestionsPage.as_view(), name="questions"),
    path(f"{_EVENT}registration/questions/new/", setup.QuestionPage.as_view(), name="new_question"),
    path(f"{_EVENT}registration/questions/<int:question>/", setup.QuestionPage.as_view(), name="question"),
    path(f"{_EVENT}registration/wordings/", setup.WordingsPage.as_view(), name="wordings"),
    path(f"{_EVENT}registration/wordings/new/", setup.WordingPage.as_view(), name="new_wording"),
    path(f"{_EVENT}registration/wordings/<int:wording>/", setup.WordingPage.as_view(), name="wording"),
    path(f"{_EVENT}registrations/write/", group_letters.WritePage.as_view(), name="write_group"),
    path(
        f"{_EVENT}registrations/written/<int:group_letter>/",
        group_letters.GroupLetterPage.as_view(),
        name="group_letter",
    ),
    path(f"{_EVENT}outbox/", outbox.OutboxPage.as_view(), name="outbox"),
    path(f"{_EVENT}outbox/<int:message>/", outbox.OutboxLetterPage.as_view(), name="outbox_letter"),
    path(f"{_EVENT}registration/letters/", letters.LettersPage.as_view(), name="letters"),
    path(f"{_EVENT}registration/letters/<slug:letter>/", letters.LetterPage.as_view(), name="letter"),
    path(f"{_EVENT}registration/sessions/", setup.SessionPlacesPage.as_view(), name="session_places"),
]
