"""Users and groups as Wagtail shows them, but for the names of groups."""

from copy import copy
from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import groups, users
from wagtail.users.views.bulk_actions.assign_role import AssignRoleBulkAction, RoleForm

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

    def get_success_message(self) -> str:
        return str(self.success_message % {"object": group_name(self.object)})


class GroupDeleteView(groups.DeleteView):
    def get_page_subtitle(self) -> str:
        return group_name(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"group": _told(self.object)}

    def get_success_message(self) -> str:
        return str(self.success_message % {"object": group_name(self.object)})


class GroupViewSet(groups.GroupViewSet):
    index_view_class = GroupIndexView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView


class AssignForm(RoleForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].label = _("Role")
        self.fields["role"].label_from_instance = group_name


class AssignRole(AssignRoleBulkAction):
    """In the place of Wagtail's, which has the same type."""

    form_class = AssignForm

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        self.cleaned_form.cleaned_data["role"] = _told(self.cleaned_form.cleaned_data["role"])
        return str(super().get_success_message(num_parent_objects, num_child_objects))


def _told(group: Group) -> Group:
    """The group under the name that is told, to be shown and never saved."""
    shown = copy(group)
    shown.name = group_name(group)
    return shown
