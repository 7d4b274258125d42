"""Invented people, names and numbers that nobody can have: births in 1900, phones in an unassigned range."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from itertools import count

from PIL import Image, ImageDraw
from stdnum.cn import ric, uscc

SURNAMES = "陈林黄张李王吴蔡刘郑杨许曾郭谢洪苏邱叶庄"
GIVEN = ("志强", "晓明", "丽华", "雅婷", "建国", "美玲", "文斌", "秋月", "俊杰", "思琪", "海燕", "国栋", "小芳", "伟民")
BRANDS = (
    "启明",
    "海浪",
    "小白鹭",
    "凤凰花",
    "知行",
    "星辰",
    "木棉",
    "鹭岛",
    "蓝海",
    "朝阳",
    "云帆",
    "乐学",
    "青禾",
    "百川",
)
ARTS = (("舞蹈", "dance"), ("美术书法", "painting"), ("音乐", "music"), ("艺考", "art_exam"), ("戏剧", "drama"))
SPORTS = (("篮球", "ball_games"), ("游泳", "swimming"), ("武术", "martial_arts"))
SCIENCES = (("少儿编程", "coding"), ("机器人", "robotics"))
ROADS = ("湖滨南路", "厦禾路", "莲前西路", "嘉禾路", "文园路", "石村路", "盛光路", "杏东路", "八七路", "香江路")
BANKS = ("兴业银行", "厦门银行", "建设银行", "农业银行", "工商银行")


def person(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + dice.choice(GIVEN)


def credit_codes(county: str, *, series: str = "MJD", kind: str = "52") -> Iterator[str]:
    """Valid by check character, of an organisation number that runs on from MJD000001 (or that of another series).

    ``kind``: 52 registered by civil affairs, 92 a sole trader.
    """
    for number in count(1):
        body = f"{kind}{county}{series}{number:05d}X"
        yield body + uscc.calc_check_digit(body)


def id_numbers(county: str) -> Iterator[str]:
    """Valid by check digit, born in 1900."""
    for number in count(1):
        body = f"{county}19000101{number % 1000:03d}"
        yield body + ric.calc_check_digit(f"{body}0")


def phone(number: int) -> str:
    """Eleven digits that begin with 123, a range no operator has."""
    return f"123{number:08d}"


def portrait(number: int) -> bytes:
    """A JPEG of nobody: head and shoulders in plain shapes, another for each number."""
    backs, hairs = ("#7fb2e5", "#c9dcef", "#e8eef5"), ("#1f1a17", "#4a4a4f")
    coats = ("#2b3a55", "#5a2d35", "#2f5d50", "#3c3c46")
    picture = Image.new("RGB", (590, 826), backs[number % len(backs)])
    pen = ImageDraw.Draw(picture)
    pen.ellipse((40, 580, 550, 1200), fill=coats[number % len(coats)])
    pen.polygon([(235, 590), (355, 590), (295, 700)], fill="#ffffff")
    pen.rectangle((250, 500, 340, 620), fill="#e0b794")
    pen.ellipse((165, 150, 425, 560), fill=hairs[number % len(hairs)])
    pen.ellipse((185, 215, 405, 545), fill="#efc9a8")
    for x in (245, 345):
        pen.ellipse((x - 12, 360, x + 12, 384), fill="#1f1a17")
    pen.arc((250, 420, 340, 490), 20, 160, fill="#a4584f", width=6)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def corridor(number: int) -> bytes:
    """A JPEG of a corridor with boxes in the way, differently stacked each time."""
    picture = Image.new("RGB", (1200, 900), "#d9d4c7")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, 900), (420, 380), (780, 380), (1200, 900)], fill="#9c968a")
    pen.rectangle((520, 180, 680, 380), fill="#5f7a61", outline="#2c3a2d", width=6)
    for each in range(4 + number % 3):
        left, top = 90 + (each * 137 + number * 61) % 780, 560 + (each * 71) % 190
        pen.rectangle((left, top, left + 190, top + 130), fill="#b98a52", outline="#6b4a23", width=5)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def leaflet() -> bytes:
    """A JPEG of a leaflet on a board: a title bar, lines, a square where the code would be."""
    picture = Image.new("RGB", (900, 1200), "#8a6f4d")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((120, 100, 780, 1100), fill="#fffdf6")
    pen.rectangle((120, 100, 780, 260), fill="#174ea6")
    for number in range(9):
        pen.rectangle((180, 330 + number * 56, 720 - number % 3 * 90, 350 + number * 56), fill="#b8bfca")
    pen.rectangle((360, 880, 540, 1060), outline="#1f1a17", width=12)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def signed_page(number: int) -> bytes:
    """A JPEG of a signed page: lines of text, three seals, another for each number."""
    picture = Image.new("RGB", (900, 1200), "#fdfcf8")
    pen = ImageDraw.Draw(picture)
    for line in range(14):
        pen.rectangle((110, 160 + line * 48, 790 - (line * 97 + number * 31) % 260, 172 + line * 48), fill="#5b5f66")
    for seal in range(3):
        left = 110 + seal * 250
        pen.ellipse((left, 900, left + 170, 1070), outline="#c0392b", width=8)
    pen.rectangle((110, 100, 560 + number % 40, 118), fill="#2b2e33")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
