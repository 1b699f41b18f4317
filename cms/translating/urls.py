"""Addresses of the admin about translations. All but the first three are wagtail-localize's own, answered by us."""

from django.urls import include, path

from cms.translating import views
from cms.translating.waiting import LaggingView

_own = [
    path("ask/<int:pk>/", views.ask, name="ask"),
    path("lagging/", LaggingView.as_view(), name="lagging"),
    path("lagging/results/", LaggingView.as_view(results_only=True), name="lagging_results"),
]

urlpatterns = [
    path("translations/", include((_own, "cms_translating"))),
    path("localize/translate/<int:translation_id>/machine_translate/", views.machine_translate),
    path("localize/translate/<int:translation_id>/pofile/upload/", views.upload_pofile),
    path("localize/submit/page/<int:page_id>/", views.SubmitPageView.as_view()),
    path("localize/page/<int:page_id>/convert_to_alias/", views.convert_to_alias),
    path("localize/update/<int:translation_source_id>/", views.UpdateTranslationsView.as_view()),
    path("localize/reports/translations/", views.TranslationsReportView.as_view()),
    path("localize/reports/translations/results/", views.TranslationsReportView.as_view(results_only=True)),
]
