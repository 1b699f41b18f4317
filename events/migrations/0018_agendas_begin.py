from django.db import migrations


def begin(apps, schema_editor):
    """Who has seats already has had them since registering, and knows the release that counts today."""
    Registration, Chosen, Seated, Public = (
        apps.get_model("events", name) for name in ("Registration", "ChosenSession", "SeatedSession", "PublicEvent")
    )
    held = Chosen.objects.filter(seat=True).values_list("registration", "places__session__key", "registration__registered_at")
    Seated.objects.bulk_create(Seated(registration_id=row, key=key, since=since) for row, key, since in held)
    for event, number in Public.objects.values_list("event", "release__number"):
        Registration.objects.filter(event=event, state="confirmed").update(told_release=number)


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0017_agendas"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
