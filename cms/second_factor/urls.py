"""The door, before the admin asks who is there; and what lies behind it."""

from django.urls import path

from .views import door

app_name = "second_factor"
urlpatterns = [
    path("enter/", door.enter, name="enter"),
    path("set-up/", door.set_up, name="set_up"),
]
