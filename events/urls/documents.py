"""Addresses of the documents; events/addresses.py writes the same ones."""

from django.urls import re_path

from events.views import documents

urlpatterns = [
    re_path(
        r"^documents/(?P<language>tr|en|tr-en)/(?P<slug>[a-z0-9-]{1,80})/programme\.pdf\Z",
        documents.programme_pdf,
        name="programme_pdf",
    ),
]
