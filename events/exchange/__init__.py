"""Programmes in and out: spreadsheets, text tables, frab's schedule.xml and schedule.json.

Bytes from outside are read by a child process with limits (``child``), which knows neither Django nor
the database and answers with plain rows (``rows``). This package module stays empty, so that the child
starts in a few hundredths of a second. What others call:

- ``events.exchange.files.read_programme``  bytes to rows, or ``FileRefused``
- ``events.exchange.apply.import_programme``  rows into the working programme of an event
- ``events.exchange.export.export_programme``  the working programme as a spreadsheet
- ``events.exchange.schedule.schedule_xml``, ``schedule_json``  the released programme for conference apps
"""
