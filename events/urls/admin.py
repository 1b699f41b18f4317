"""An event's own home in the admin and what is done there."""

from django.urls import path

from events.urls import door_admin, registration_admin
from events.views.admin import (
    cloning,
    comparing,
    erasing,
    exchanging,
    holding,
    home,
    planning,
    previewing,
    releasing,
    restoring,
    sharing,
    templates,
    verbs,
    warnings,
)
from events.views.admin.building import acts, page, session
from events.views.admin.importing import columns, trial, upload
from events.views.admin.texts import page as texts

app_name = "event_admin"

urlpatterns = [
    path("events/<int:pk>/", home.EventHome.as_view(), name="home"),
    path("events/<int:pk>/programme/", page.ProgrammePage.as_view(), name="programme"),
    path("events/<int:pk>/programme/state/", acts.StatePage.as_view(), name="state"),
    path("events/<int:pk>/programme/move/<int:session>/", acts.MovePage.as_view(), name="move"),
    path("events/<int:pk>/programme/session/<int:session>/", session.SessionPage.as_view(), name="session"),
    path("events/<int:pk>/programme/here/", session.HerePage.as_view(), name="here"),
    path("events/<int:pk>/programme/people/", session.PeoplePage.as_view(), name="people"),
    path("events/<int:pk>/programme/new/", acts.NewSessionPage.as_view(), name="new"),
    path("events/<int:pk>/programme/shift/", acts.ShiftPage.as_view(), name="shift"),
    path("events/<int:pk>/programme/copy-day/", acts.CopyDayPage.as_view(), name="copy_day"),
    path("events/<int:pk>/programme/undo/", acts.UndoPage.as_view(), name="undo"),
    path("events/<int:pk>/programme/redo/", acts.RedoPage.as_view(), name="redo"),
    path("events/<int:pk>/warnings/accept/", warnings.AcceptPage.as_view(), name="accept_warning"),
    path("events/<int:pk>/warnings/reopen/", warnings.ReopenPage.as_view(), name="reopen_warning"),
    path("events/<int:pk>/texts/", texts.TextsPage.as_view(), name="texts"),
    path("events/<int:pk>/texts/save/", texts.SaveTextsPage.as_view(), name="save_texts"),
    path("events/<int:pk>/release/", releasing.ReleasePage.as_view(), name="release"),
    path("events/<int:pk>/release/unschedule/", planning.UnschedulePage.as_view(), name="unschedule"),
    path("events/<int:pk>/releases/<int:number>/restore/<slug:key>/", restoring.RestorePage.as_view(), name="restore"),
    path("events/<int:pk>/releases/compare/", comparing.ReleasesCompared.as_view(), name="compare"),
    path("events/<int:pk>/releases/<int:number>/", releasing.ReleasedPage.as_view(), name="released"),
    path("events/<int:pk>/preview/<str:language>/", previewing.preview, name="preview"),
    path("events/<int:pk>/import/", upload.ImportPage.as_view(), name="import"),
    path("events/<int:pk>/import/<int:upload>/columns/", columns.ColumnsPage.as_view(), name="import_columns"),
    path("events/<int:pk>/import/<int:upload>/trial/", trial.TrialPage.as_view(), name="import_trial"),
    path("events/<int:pk>/import/<int:upload>/state/", trial.StatePage.as_view(), name="import_state"),
    path("events/<int:pk>/import/<int:upload>/done/", trial.DonePage.as_view(), name="import_done"),
    path("events/<int:pk>/export/<str:form>/", exchanging.export, name="export"),
    path("events/<int:pk>/cancel/", verbs.CancelPage.as_view(), name="cancel"),
    path("events/<int:pk>/withdraw/", verbs.WithdrawPage.as_view(), name="withdraw"),
    path("events/<int:pk>/reinstate/", verbs.ReinstatePage.as_view(), name="reinstate"),
    path("events/<int:pk>/clone/", cloning.ClonePage.as_view(), name="clone"),
    path("events/<int:pk>/keep-template/", cloning.KeepTemplatePage.as_view(), name="keep_template"),
    path("event-templates/", templates.TemplateList.as_view(), name="templates"),
    path("event-templates/<slug:template>/new/", templates.NewFromTemplatePage.as_view(), name="from_template"),
    path("event-templates/<int:pk>/drop/", templates.DropTemplatePage.as_view(), name="drop_template"),
    path("events/<int:pk>/share/", sharing.SharePage.as_view(), name="share"),
    path("events/<int:pk>/share/<int:share>/end/", sharing.RevokePage.as_view(), name="revoke_share"),
    path("events/<int:pk>/comments/<int:comment>/done/", sharing.FinishPage.as_view(), name="finish_comment"),
    path("events/<int:pk>/comments/<int:comment>/open/", sharing.ReopenPage.as_view(), name="reopen_comment"),
    path("people/<int:pk>/registrations/", holding.TookPartPage.as_view(), name="took_part"),
    path("people/<int:pk>/data.json", holding.held, name="person_held"),
    path("people/<int:pk>/erase/", erasing.ErasePage.as_view(), name="erase"),
    *registration_admin.urlpatterns,
    *door_admin.urlpatterns,
]
