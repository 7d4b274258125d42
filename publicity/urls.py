"""Addresses of this face."""

from django.urls import path, register_converter

from institutions.public_ids import ALPHABET
from listings.enums import ListKind

from . import (
    afterschool,
    answers,
    draw_views,
    ledger_views,
    letter_views,
    money,
    penalty_views,
    supervisors,
    tips,
    views,
)
from .api import urls as open_data
from .api.schema import schema, unknown


class PublicId:
    regex = f"[{ALPHABET.decode()}]{{12}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Kind(PublicId):
    regex = "|".join(ListKind.values)


class DrawNumber(PublicId):
    regex = r"SJ-\d{2,12}-\d{4}-\d{4,6}"


register_converter(PublicId, "public_id")
register_converter(Kind, "list_kind")
register_converter(DrawNumber, "draw_number")

app_name = "publicity"
urlpatterns = [
    path("", views.home, name="home"),
    path("institutions/", views.directory, name="directory"),
    path("institutions.csv", views.directory_csv, name="directory_csv"),
    path("institutions/<public_id:public_id>/", views.institution, name="institution"),
    path("institutions/<public_id:public_id>/poster.pdf", views.poster, name="poster"),
    path("lists/", views.lists, name="lists"),
    path("lists/<list_kind:kind>.csv", views.list_csv, name="list_csv"),
    path("lists/<list_kind:kind>/editions/", views.list_editions, name="editions"),
    path("lists/<list_kind:kind>/editions/<int:no>/", views.edition, name="edition"),
    path("lists/<list_kind:kind>/editions/<int:no>.csv", views.edition_csv, name="edition_csv"),
    path("draws.csv", draw_views.draws_csv, name="draws_csv"),
    path("draws/", draw_views.all_draws, name="draws"),
    path("draws/verify_draw.py", draw_views.script, name="draw_script"),
    path("draws/<draw_number:number>/", draw_views.draw, name="draw"),
    path("draws/<draw_number:number>/replay/", draw_views.replay, name="draw_replay"),
    path("draws/<draw_number:number>/pool.txt", draw_views.draw_pool, name="draw_pool"),
    path("draws/<draw_number:number>.json", draw_views.draw_json, name="draw_json"),
    path("ledger/roots/", ledger_views.roots, name="ledger_roots"),
    path("ledger/roots.json", ledger_views.roots_json, name="ledger_roots_json"),
    path("ledger/receipts/", ledger_views.receipt, name="ledger_receipt"),
    path("ledger/verify_receipt.py", ledger_views.receipt_script, name="ledger_script"),
    path("penalties/", penalty_views.decisions, name="penalties"),
    path("penalties.csv", penalty_views.decisions_csv, name="penalties_csv"),
    path("penalties/<public_id:public_id>/", penalty_views.decision, name="penalty"),
    path("annual-checks/", views.annual_checks, name="annual_checks"),
    path("afterschool.csv", afterschool.providers_csv, name="afterschool_csv"),
    path("afterschool/", afterschool.providers, name="afterschool"),
    path("afterschool/figures/", afterschool.figures, name="afterschool_figures"),
    path("letters/", letter_views.letter_list, name="letters"),
    path("letters/<int:pk>/", letter_views.letter_page, name="letter"),
    path("letter-receipt/<slug:code>/", letter_views.receipt, name="letter_receipt"),
    path("report/", views.report, name="report"),
    path("tips/", tips.tip, name="tip"),
    path("tips/receipt.png", tips.receipt_picture, name="tip_receipt"),
    path("tips/progress/", tips.progress, name="tip_progress"),
    path("answer/", answers.answer, name="answer"),
    path("money/", money.money, name="money"),
    path("supervisors/", supervisors.supervisors, name="supervisors"),
    path("supervisors/notices/<int:pk>/", supervisors.supervisor_notice, name="supervisor_notice"),
    path("supervisors/card/<str:code>/", supervisors.supervisor_card, name="supervisor_card"),
    path("objections/<int:pk>/", supervisors.supervisor_object, name="supervisor_object"),
    path("view/", views.choose_face, name="choose_face"),
    path("robots.txt", views.robots, name="robots"),
    path("open-data/", views.open_data, name="open_data"),
    *open_data.urlpatterns,
    path(f"{open_data.BASE}schema", schema, name="api_schema"),
    path("api/<path:rest>", unknown, name="api_unknown"),
]
