"""Reports as files: CSV as Polish spreadsheet programs open it, and XLSX. No cell can be taken for a formula."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import Any

from cms.spreadsheet_cells import neutralised
from governance.reporting.tables import Table, Value, shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Characters of one cell that spreadsheet programs accept (ISO/IEC 29500)."""
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_csv(table: Table) -> bytes:
    """Semicolons, CRLF and a byte order mark; numbers with a comma; the totals are the last line."""
    buffer = io.StringIO(newline="")
    buffer.write("\ufeff")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutralised(column.label) for column in table.columns])
    for values in (*(row.values for row in table.rows), table.totals):
        writer.writerow([neutralised(shown(value)) if isinstance(value, str) else shown(value) for value in values])
    return buffer.getvalue().encode()


def as_xlsx(table: Table, *, title: str) -> bytes:
    """One sheet; numbers and days as such, texts as texts; the totals are the last row."""
    from openpyxl import Workbook  # every process imports the hooks; only this needs the library

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=title[:31])
    sheet.append([_cell(sheet, column.label) for column in table.columns])
    for values in (*(row.values for row in table.rows), table.totals):
        sheet.append([_cell(sheet, value) for value in values])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(sheet: Any, value: Value) -> Any:
    """A cell. A text stays a text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, datetime.datetime):
        value = shown(value)
    if not isinstance(value, str):
        kept: Any = value  # days are written as days, though the stubs know moments only
        return WriteOnlyCell(sheet, kept)
    cell = WriteOnlyCell(sheet, neutralised(_UNWRITABLE.sub("", value))[:LONGEST_CELL])
    cell.data_type = "s"
    return cell
