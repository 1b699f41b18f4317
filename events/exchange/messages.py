"""What the codes of refusals and remarks mean, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .report import ImportReport
from .rows import FileRefused, Remark

FILE: dict[str, str | Promise] = {
    "too_big": gettext_lazy("The file is larger than %(limit)s MB."),
    "empty": gettext_lazy("The file is empty."),
    "no_rows": gettext_lazy("The file has no sessions in it."),
    "unknown_type": gettext_lazy("This is not a programme file. Use .xlsx, .csv, .txt, schedule.xml or schedule.json."),
    "unknown_encoding": gettext_lazy("The characters of this file cannot be read. Save it as .xlsx or as CSV UTF-8."),
    "old_office": gettext_lazy(
        "This is an old or password-protected Office file. Save it as .xlsx without a password."
    ),
    "encrypted": gettext_lazy("The workbook is protected by a password. Save it without one."),
    "not_a_workbook": gettext_lazy("This archive is not an Excel workbook. Save the table as .xlsx."),
    "broken_zip": gettext_lazy("The workbook is damaged. Open it in Excel and save it again."),
    "broken_xml": gettext_lazy("The XML in this file is not well-formed: %(detail)s."),
    "broken_json": gettext_lazy("The JSON in this file is not well-formed: %(detail)s."),
    "broken_text": gettext_lazy(
        "The text table cannot be read after line %(line)s: perhaps a quotation mark is never closed."
    ),
    "bad_shape": gettext_lazy("This is not a schedule.json: “%(where)s” does not have the expected form."),
    "no_conference": gettext_lazy("This file does not hold a conference in frab’s format."),
    "entities": gettext_lazy(
        "The file defines its own entities or document type. That is never needed and not accepted."
    ),
    "unpacks_too_large": gettext_lazy("The workbook unpacks to more than %(limit)s MB."),
    "too_many_rows": gettext_lazy("The file has more than %(limit)s rows."),
    "too_many_columns": gettext_lazy("The file has more than %(limit)s columns."),
    "too_many_sheets": gettext_lazy("The workbook has more than %(limit)s sheets."),
    "too_many_elements": gettext_lazy("The file has more than %(limit)s elements."),
    "too_many_people": gettext_lazy("One session has more than %(limit)s people."),
    "too_much_text": gettext_lazy("There is more text in this file than in any programme."),
    "too_deep": gettext_lazy("The file is nested more deeply than any programme."),
    "too_slow": gettext_lazy("Reading the file took too long, so it was stopped."),
    "too_much_memory": gettext_lazy("Reading the file took too much memory, so it was stopped."),
    "reader_failed": gettext_lazy("The file could not be read."),
    "no_header": gettext_lazy("No row with column names was found. A title and a day, for example, are needed."),
    "no_list": gettext_lazy("This is no list. Use .xlsx or .csv."),
    "no_list_header": gettext_lazy(
        "No row with column names was found. Download the template, fill it in, and choose it here."
    ),
    "no_list_rows": gettext_lazy("There is nobody in this list. Write one person a row, below the column names."),
    "no_table": gettext_lazy("Only the columns of a table can be matched; this file says by itself what is what."),
    "double_column": gettext_lazy("The column “%(column)s” is there twice. Keep one of them."),
    "no_event_title": gettext_lazy("The file has no title for the event. Give one with --title-tr or --title-en."),
}

ROW: dict[str, str | Promise] = {
    "end_before_start": gettext_lazy("the end is before the start"),
    "end_equals_start": gettext_lazy("the end is the same as the start"),
    "bad_date": gettext_lazy("not a date; write it like 2027-06-10 or 10.06.2027"),
    "bad_time": gettext_lazy("not a time; write it like 09:30"),
    "bad_duration": gettext_lazy("not a length of time; write it like 00:45"),
    "bad_number": gettext_lazy("not a whole number"),
    "far_from_day": gettext_lazy("days away from its programme day"),
    "too_long": gettext_lazy("too long"),
    "too_many_people": gettext_lazy("too many people"),
    "same_ref": gettext_lazy("another row with this reference says something else"),
    "cell_error": gettext_lazy("the cell holds an error"),
    "formula_without_value": gettext_lazy("the formula has no value; open the file in Excel and save it again"),
    "unknown_zone": gettext_lazy("not a time zone; write it like Europe/Istanbul"),
    "unknown_interpretation": gettext_lazy("unknown interpretation; use none, simultaneous or consecutive"),
    "unknown_audience": gettext_lazy("unknown audience; use public, participants or staff"),
    "unknown_kind": gettext_lazy("unknown kind; kept as “other”"),
    "unknown_status": gettext_lazy("unknown status; kept as a draft"),
    "unknown_language": gettext_lazy("unknown language; left out"),
    "several_people": gettext_lazy("several people have this name; a new one was made, choose the right one"),
    "odd_name": gettext_lazy(
        "read as one new person; write a semicolon between people and a dash before position and organisation"
    ),
    "duplicate_row": gettext_lazy("the same as row %(value)s"),
    "no_year": gettext_lazy("the year is missing; kept as a draft beside the row above"),
    "no_day": gettext_lazy("the day is missing"),
    "no_start": gettext_lazy("no start; kept untimed"),
    "no_end": gettext_lazy("no end; kept with its start only"),
    "no_title": gettext_lazy("no title; kept as a draft"),
    "no_title_tr": gettext_lazy("no Turkish title"),
    "no_title_en": gettext_lazy("no English title"),
}


def file_message(refusal: FileRefused) -> str:
    """Say why a file was refused as a whole, in one sentence."""
    return str(FILE.get(refusal.code, FILE["reader_failed"])) % refusal.detail


def reason(remark: Remark) -> str:
    """Say what is wrong with a cell, as part of a sentence."""
    return str(ROW[remark.reason]) % {"value": remark.value}


def row_message(remark: Remark) -> str:
    """Say where and what: ``Row 72 (line 78), G2-28, Bitiş “14:15”: the end is before the start``."""
    where = _("Row %(row)s") % {"row": remark.row}
    if remark.line is not None and remark.line != remark.row:
        where = _("Row %(row)s (line %(line)s)") % {"row": remark.row, "line": remark.line}
    cell = remark.column
    if remark.value and remark.reason != "duplicate_row":
        cell = _("%(column)s “%(value)s”") % {"column": remark.column, "value": remark.value}
    return f"{', '.join(part for part in (where, remark.ref, cell) if part)}: {reason(remark)}"


def missing_messages(remarks: Iterable[Remark]) -> list[str]:
    """Say what rows lack, one line for each thing, with the first rows concerned."""
    grouped: dict[str, list[int]] = {}
    for remark in remarks:
        grouped.setdefault(remark.reason, []).append(remark.row)
    lines = []
    for code, rows in grouped.items():
        named = ", ".join(map(str, rows[:10])) + (" …" if len(rows) > 10 else "")
        text = ngettext("%(reason)s in %(count)s row: %(rows)s", "%(reason)s in %(count)s rows: %(rows)s", len(rows))
        lines.append(text % {"reason": str(ROW[code]), "count": len(rows), "rows": named})
    return lines


def report_lines(report: ImportReport) -> list[str]:
    """The whole report in words, in the order in which an officer needs it."""
    lines = [_("Refused: %(what)s") % {"what": row_message(remark)} for remark in report.refused]
    lines += [_("Check: %(what)s") % {"what": row_message(remark)} for remark in report.reported]
    lines += [_("Left out as a copy: %(what)s") % {"what": row_message(remark)} for remark in report.duplicates]
    lines += [_("Missing: %(what)s") % {"what": text} for text in missing_messages(report.missing)]
    if report.ignored_columns:
        lines.append(_("Columns not read: %(names)s") % {"names": ", ".join(report.ignored_columns)})
    if report.not_released:
        lines.append(_("Nothing was released, because rows were refused."))
    if report.dry_run:
        lines.append(_("This was a trial: nothing was kept."))
    return lines
