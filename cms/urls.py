"""Every address of the site. Those of events never move: see docs/architecture.md."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from cms import views
from cms.addresses import MANIFESTS, SEARCHES
from cms.approving import ApprovingView
from cms.entering import closed
from cms.entering import views as entering
from cms.translating.views import SetPrivacyView

urlpatterns = [
    # First, because programs ask for calendars day and night.
    path("", include("events.urls")),
    path("", views.root, name="root"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    *(path(where[1:], views.search_page, {"language": each}) for each, where in SEARCHES.items()),
    *(path(where[1:], views.manifest, {"language": each}) for each, where in MANIFESTS.items()),
    # Wagtail's own: the first is answered for both languages, the second says more.
    path("admin/pages/<int:page_id>/privacy/", require_admin_access(never_cache(SetPrivacyView.as_view()))),
    path(
        "admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        require_admin_access(never_cache(ApprovingView.as_view())),
    ),
    # Wagtail's own, with a brake on guessing and without a flood of letters.
    path("admin/login/", entering.LoginView.as_view()),
    path("admin/password_reset/", entering.ForgottenView.as_view()),
    path("admin/password_reset/confirm/<uidb64>/<token>/", entering.NewPasswordView.as_view()),
    # Outside what the admin guards: who is here has typed the password and nothing more.
    path("admin/second-factor/", include("cms.second_factor.urls")),
    path("admin/", include(wagtailadmin_urls)),
    # Wagtail's own pattern takes any digits, and its view cannot read so many.
    re_path(r"^files/\d{19,}/", views.no_such_file),
    path("files/authenticate_with_password/<int:restriction_id>/", closed.files_password),
    # Not under /documents/: that is where programmes as PDF are.
    path("files/", include(wagtaildocs_urls)),
    # Pictures only. Files are served by Wagtail, which asks whether the reader may.
    re_path(r"^media/(?P<path>images/.+)$", views.picture),
    # Last, because pages may have any address that nothing above has.
    *i18n_patterns(
        path("_util/login/", entering.ReaderLoginView.as_view()),
        path("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", closed.page_password),
        path("", include(wagtail_urls)),
    ),
]

handler400 = "cms.views.bad_request"
handler403 = "cms.views.forbidden"
handler404 = "cms.views.not_found"
handler500 = "cms.views.server_error"
