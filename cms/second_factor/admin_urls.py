"""Behind the door: part of the admin's own addresses."""

from django.urls import path

from .views import own, staff

app_name = "second_factor_admin"
urlpatterns = [
    path("second-factor/", own.OwnPage.as_view(), name="own"),
    path("second-factor/staff/", staff.StaffPage.as_view(), name="staff"),
    path("second-factor/staff/<int:user>/reset/", staff.ResetPage.as_view(), name="reset"),
]
