from wagtail.users.apps import WagtailUsersAppConfig


class StaffConfig(WagtailUsersAppConfig):
    """Wagtail's own app with our screens."""

    group_viewset = "cms.staff.viewsets.GroupViewSet"
    user_viewset = "cms.staff.viewsets.UserViewSet"
