"""Users and groups as Wagtail shows them, but for the names of groups."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import groups, users

from cms.groups import group_name


class CreationForm(UserCreationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].label_from_instance = group_name


class EditForm(UserEditForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].label_from_instance = group_name


class UserFilters(users.UserFilterSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["group"].field.label_from_instance = group_name


class UserViewSet(users.UserViewSet):
    filterset_class = UserFilters

    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm | UserEditForm]:
        return EditForm if for_update else CreationForm


class GroupIndexView(groups.IndexView):
    columns = [
        TitleColumn("name", accessor=group_name, label=_("Name"), sort_key="name", url_name="wagtailusers_groups:edit")
    ]


class GroupEditView(groups.EditView):
    def get_page_subtitle(self) -> str:
        return group_name(self.object)


class GroupViewSet(groups.GroupViewSet):
    index_view_class = GroupIndexView
    edit_view_class = GroupEditView
