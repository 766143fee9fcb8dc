"""Card lists as XLSX (ISO/IEC 29500, transitional), written row by row: flat memory and the same bytes for the same cards.

A workbook library stamps the present time into the file; here nothing depends on the clock. Texts are inline, amounts are numbers;
the heading stays in sight and has a filter.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from exporters.archives import Pipe, entry
from exporters.tables.columns import Cell, cells, heading
from service_catalog.published.card import Card

SCHEMA = "ISO/IEC 29500"
LONGEST_CELL = 32_767
"""Characters of one cell that spreadsheet programs accept."""

_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PLAIN = 'fontId="0" fillId="0" borderId="0"'
_PARTS = {
    "[Content_Types].xml": f'{_START}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'{_START}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_START}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<bookViews><workbookView/></bookViews><sheets><sheet name="Karty" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_START}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Two formats of cells: 0 for texts, 1 for amounts (numFmtId 4 is #,##0.00 in the standard).
    "xl/styles.xml": f'{_START}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" {_PLAIN}/></cellStyleXfs>'
    f'<cellXfs count="2"><xf numFmtId="0" {_PLAIN} xfId="0"/>'
    f'<xf numFmtId="4" {_PLAIN} xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_FROZEN_HEADING = (
    '<sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)


def card_list(cards: Iterable[Card]) -> Iterator[bytes]:
    """The workbook in pieces, one row per card in the order given."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(entry(name), text)
        with archive.open(entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write(f'{_START}<worksheet xmlns="{_MAIN}">{_FROZEN_HEADING}<sheetData>'.encode())
            sheet.write(_row(heading()))
            rows = 1
            for card in cards:
                rows += 1
                sheet.write(_row(cells(card)))
                yield pipe.taken()
            last = f"{_letters(len(heading()))}{rows}"
            sheet.write(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'.encode())
    yield pipe.taken()


def _row(values: Sequence[Cell]) -> bytes:
    return f"<row>{''.join(map(_cell, values))}</row>\n".encode()


def _cell(value: Cell) -> str:
    if isinstance(value, Decimal):
        return f'<c s="1"><v>{value:f}</v></c>'
    text = escape(_UNWRITABLE.sub("", value)[:LONGEST_CELL])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(column: int) -> str:
    """Name of a column by its number from 1: A to Z, then AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
