"""The rows as a PDF by ReportLab: `python3 reportlab.py ROWS.json OUT.pdf FONTS`. It cannot tag."""

import json
import resource
import sys
from os.path import join

# The folder of this file comes first on the path, and this file has the name of the library.
sys.path.pop(0)

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

_, source, output, fonts = sys.argv
with open(source, encoding="utf8") as file:
    data = json.load(file)
pdfmetrics.registerFont(TTFont("Plex", join(fonts, "IBMPlexSans-Regular.ttf")))
pdfmetrics.registerFont(TTFont("PlexBold", join(fonts, "IBMPlexSans-SemiBold.ttf")))
cell = ParagraphStyle("cell", fontName="Plex", fontSize=8.2, leading=11.4)
head = ParagraphStyle("head", fontName="PlexBold", fontSize=7.8, leading=10.4)
total = sum(column["share"] for column in data["columns"])
room = landscape(A4)[0] - 2 * 46
body = [[Paragraph(column["title"], head) for column in data["columns"]]]
body += [[Paragraph(text, cell) for text in row] for row in data["rows"]]
table = LongTable(body, colWidths=[column["share"] / total * room for column in data["columns"]], repeatRows=1)
table.setStyle(
    TableStyle(
        [
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.lightgrey),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 4.2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.2),
        ]
    )
)


def foot(canvas, document):
    canvas.setFont("Plex", 7.5)
    canvas.drawCentredString(landscape(A4)[0] / 2, 30, str(canvas.getPageNumber()))


document = SimpleDocTemplate(
    output, pagesize=landscape(A4), leftMargin=46, rightMargin=46, topMargin=70, bottomMargin=54, title=data["title"], pageCompression=1
)
document.build([table], onFirstPage=foot, onLaterPages=foot)
sys.stderr.write(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}\n")
