"""Lines of a few series over time as SVG: zero base, direct labels, each point a link to its rows. No script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 480, 200
LEFT, RIGHT, TOP, BOTTOM = 8, 92, 18, 24
LABELS = 4  # about so many names under the axis


@dataclass(frozen=True)
class Series:
    """One line: its name, a number for each of the chart's points, and each number in words."""

    label: str
    values: Sequence[int]
    texts: Sequence[str]


SHADES = 5


def shade(value: int, highest: int) -> int:
    """0 for nothing, 1 to ``SHADES`` in equal steps up to the highest value."""
    return -(-SHADES * value // highest) if value else 0


def line_chart(title: str, points: Sequence[tuple[str, str]], series: Sequence[Series]) -> SafeString:
    """``points`` are (name, address of the rows behind it). Nothing for fewer than two points."""
    if len(points) < 2:
        return SafeString("")
    highest = max((value for each in series for value in each.values), default=0) or 1
    names = format_html_join("", "{}", ((_name(number, name, points),) for number, (name, _) in enumerate(points)))
    lines = format_html_join("", "{}", ((_line(place, each, points, highest),) for place, each in enumerate(series, 1)))
    return format_html(
        '<svg class="line-chart" viewBox="0 0 {} {}" role="group" aria-label="{}">'
        '<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>{}{}{}</svg>',
        *(WIDTH, HEIGHT, title, LEFT, WIDTH - RIGHT, _y(0, highest), _y(0, highest), names, lines),
        _labels(series, highest),
    )


def _x(number: int, points: Sequence) -> str:
    return f"{LEFT + number * (WIDTH - LEFT - RIGHT) / (len(points) - 1):.1f}"


def _y(value: int, highest: int) -> str:
    return f"{HEIGHT - BOTTOM - max(value, 0) / highest * (HEIGHT - TOP - BOTTOM):.1f}"


def _name(number: int, name: str, points: Sequence) -> SafeString:
    every = -(-len(points) // LABELS)
    if (len(points) - 1 - number) % every:
        return SafeString("")
    anchor = "start" if number == 0 else "middle"
    return format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', _x(number, points), HEIGHT - 6, anchor, name)


def _line(place: int, each: Series, points: Sequence[tuple[str, str]], highest: int) -> SafeString:
    at = [(_x(number, points), _y(value, highest)) for number, value in enumerate(each.values)]
    dots = format_html_join(
        "",
        '<a href="{}" aria-label="{}"><circle cx="{}" cy="{}" r="4"/><title>{}</title></a>',
        (
            (url, f"{name} {each.label} {text}", x, y, f"{name} {each.label} {text}")
            for (name, url), text, (x, y) in zip(points, each.texts, at, strict=True)
        ),
    )
    path = " ".join(f"{x},{y}" for x, y in at)
    return format_html('<g class="line-{}"><polyline points="{}" fill="none"/>{}</g>', place, path, dots)


def _labels(series: Sequence[Series], highest: int) -> SafeString:
    """The name and last number of each line at its end, moved apart where they would lie over each other."""
    ends = sorted(((float(_y(each.values[-1], highest)), place) for place, each in enumerate(series, 1)))
    shown, below = [], 0.0
    for y, place in ends:
        below = max(y, below + 36 if shown else y)
        each = series[place - 1]
        shown.append((place, WIDTH - RIGHT + 10, min(below, HEIGHT - 40), each.label, each.texts[-1]))
    return format_html_join(
        "",
        '<text class="line-{0}" x="{1}" y="{2}">{3}<tspan x="{1}" dy="1.15em">{4}</tspan></text>',
        shown,
    )
