"""The door of an event, in the admin's prefix; the worker's address says what it may serve."""

from django.urls import path

from events.views.admin.registration.door import newcomer, page, script, walk_in

_DOOR = "events/<int:pk>/door/"

urlpatterns = [
    path("doors/", page.doors, name="doors"),
    path(_DOOR, page.door, name="door"),
    path(f"{_DOOR}list/", script.door_list, name="door_list"),
    path(f"{_DOOR}marks/", script.door_marks, name="door_marks"),
    path(f"{_DOOR}newcomer/", newcomer.door_newcomer, name="door_newcomer"),
    path(f"{_DOOR}worker.js", script.door_worker, name="door_worker"),
    path(f"{_DOOR}walk-in/", walk_in.walk_in, name="door_walk_in"),
]
