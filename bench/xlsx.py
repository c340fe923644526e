"""Writes the cells of bench/xlsx.ts with xlsxwriter or openpyxl, styled alike, and prints the milliseconds, the peak memory and the bytes."""
import json
import os
import resource
import sys
import time
from datetime import date

kind, path, count, target = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
with open(path, encoding="utf8") as file:
    columns, pool = json.load(file)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()


def value(cell):
    """A cell as its kind and what it holds."""
    if isinstance(cell, dict):
        return ("date", date.fromisoformat(cell["date"])) if "date" in cell else ("bold", cell["text"])
    return ("blank", None) if cell is None else ("plain", cell)


if kind.startswith("xlsxwriter"):
    import xlsxwriter

    book = xlsxwriter.Workbook(target, {"constant_memory": kind.endswith("constant")})
    sheet = book.add_worksheet("Matrix")
    looks = {}
    for wrap in (False, True):
        for name, more in {"plain": {}, "bold": {"bold": True}, "date": {"num_format": "yyyy-mm-dd"}, "blank": {"bg_color": "#FFFAEA", "locked": False}}.items():
            looks[wrap, name] = book.add_format({"valign": "top", "bottom": 1, "bottom_color": "#DDE2E7", "text_wrap": wrap, "font_size": 10, **more})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column["width"])
    sheet.write_row(0, 0, [column["title"] for column in columns])
    for row in range(count):
        for at, cell in enumerate(pool[row % len(pool)]):
            name, held = value(cell)
            look = looks[columns[at]["wrap"], name]
            if name == "blank":
                sheet.write_blank(row + 1, at, None, look)
            elif name == "date":
                sheet.write_datetime(row + 1, at, held, look)
            elif isinstance(held, str):
                sheet.write_string(row + 1, at, held, look)
            else:
                sheet.write_number(row + 1, at, held, look)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    book.close()
else:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Matrix")
    looks = {}
    for wrap in (False, True):
        for name in ("plain", "bold", "date", "blank"):
            look = NamedStyle(name=f"{name}{wrap}")
            look.alignment = Alignment(vertical="top", wrap_text=wrap)
            look.border = Border(bottom=Side("thin", color="DDE2E7"))
            look.font = Font(size=10, bold=name == "bold")
            if name == "date":
                look.number_format = "yyyy-mm-dd"
            if name == "blank":
                look.fill = PatternFill("solid", fgColor="FFFAEA")
            book.add_named_style(look)
            looks[wrap, name] = look.name
    sheet.append([column["title"] for column in columns])
    for row in range(count):
        cells = []
        for at, cell in enumerate(pool[row % len(pool)]):
            name, held = value(cell)
            made = WriteOnlyCell(sheet, value=held)
            made.style = looks[columns[at]["wrap"], name]
            cells.append(made)
        sheet.append(cells)
    book.save(target)

spent = (time.perf_counter() - start) * 1000
print(f"{spent:.0f} {before * 1024} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024} {os.path.getsize(target)}")
