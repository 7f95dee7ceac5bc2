"""Papers: 200 badges and 200 certificates, beside raw reportlab putting one thing of each kind on as many pages."""

import io
import time
from collections.abc import Callable

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from data.queries.papers import Badge, Certificate, Letterhead
from data.rules import identity
from printing import badges, certificates, fonts, qr
from tests.benchmarks.report import Row, against

COUNT = 200
HEAD = Letterhead("高安市2023年急诊急救为主的临床技能大比武", "高安市卫生健康委员会", date="2023-11-18")


def run() -> list[Row]:
    """Seconds for each paper; the fonts are loaded before, as in an app that runs already."""
    fonts.runs("王", fonts.REGULAR), fonts.runs("王", fonts.BOLD), fonts.runs("王", fonts.KAI)
    codes = [identity.badge_code("GA23", identity.new_token(number.to_bytes(8))) for number in range(COUNT)]
    people = [
        Badge(number, f"1H-{number:03d}", "阿卜杜热合曼·麦提尼亚孜", "市中医院", "一类·护理组", code)
        for number, code in enumerate(codes)
    ]
    awards = [
        Certificate(number, "王契", "市中医院", "一类·护理组", "一等奖", f"GA23-1H-{number:04d}", HEAD.date)
        for number in range(COUNT)
    ]
    return [
        against(
            f"{COUNT} badges as PDF",
            _seconds(lambda file: badges.draw(file, HEAD, people)),
            "s",
            _seconds(lambda file: _raw_badges(file, people)),
        ),
        against(
            f"{COUNT} certificates as PDF",
            _seconds(lambda file: certificates.draw(file, HEAD, awards)),
            "s",
            _seconds(lambda file: _raw_certificates(file, awards)),
        ),
    ]


def _seconds(draw: Callable[[io.BytesIO], object]) -> float:
    """The better of two runs, each with no code drawn before."""
    found = []
    for _run in range(2):
        qr.dark_runs.cache_clear()
        started = time.perf_counter()
        draw(io.BytesIO())
        found.append(time.perf_counter() - started)
    return min(found)


def _raw_badges(file: io.BytesIO, people: list[Badge]) -> None:
    canvas = Canvas(file, pagesize=A4)
    for index, badge in enumerate(people):
        canvas.setFont(fonts.BOLD, 20)
        canvas.drawString(100, 500, badge.name)
        side, runs = qr.dark_runs(badge.code)
        path = canvas.beginPath()
        for row, column, length in runs:
            path.rect(100 + column * 4, 300 + (side - row) * 4, length * 4, 4)
        canvas.drawPath(path, stroke=0, fill=1)
        if index % 4 == 3:
            canvas.showPage()
    canvas.save()


def _raw_certificates(file: io.BytesIO, awards: list[Certificate]) -> None:
    canvas = Canvas(file, pagesize=landscape(A4))
    for award in awards:
        canvas.setFont(fonts.KAI, 20)
        canvas.drawString(100, 300, award.name)
        canvas.showPage()
    canvas.save()
