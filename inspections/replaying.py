"""The draw itself, and what differs between a published draw and its replay. Pure: no database, no clock, no chance.

These functions are the draw (``operations.random_draw``), its public replay, ``manage.py verify_draw`` and, copied word
by word, ``docs/verify_draw.py``; so they keep to Python 3.8 and its standard library.
"""

import hashlib
import re
from itertools import combinations

# -- the copy in docs/verify_draw.py begins here
OBJECT, EXCLUDED, OFFICER, RECENT = "对象", "排除", "人员", "同组"
RATIO = re.compile(r"([^；=]+)=(\d+)%")


def sha256(text):
    """SHA-256 of the text in UTF-8, as 64 hexadecimal digits in small letters."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def pool_hash(lines):
    """The hash of the pool file, byte for byte: each line ends with a line feed."""
    return sha256("".join(line + "\n" for line in lines))


def draw_objects(number, rule, public_number, lines):
    """(seed, [(code, stratum, rank, (officer, officer) or ())]) of a draw: its number, rule, public number and pool.

    The place of an object hangs on the seed and its own code alone, so one more object never moves the others. Of a
    stratum of n objects with a ratio of p %, n x p / 100 are drawn, rounded up. An object's officers are the first two
    in the order (objects given so far, hash) without interest in it and not responsible for its area; a pair of an
    earlier draw only where there is no other. Without two such officers the pair is empty.
    """
    seed = sha256("\n".join([number, rule, public_number]))
    strata = {name: [] for name, _ in RATIO.findall(rule)}
    officers, recent = [], set()
    for line in lines:
        kind, code, *more = line.split("\t")
        if kind == OBJECT:
            strata[more[0]].append("\t".join([sha256(seed + ":" + code), code, more[1]]))
        elif kind == OFFICER:
            officers.append((code, set(more[0].split(",")), set(more[1].split(","))))
        elif kind == RECENT:
            recent.add(frozenset([code, more[0]]))
    given = dict.fromkeys((officer for officer, _, _ in officers), 0)
    drawn = []
    for name, percent in RATIO.findall(rule):
        ranked = sorted(strata[name])
        for rank, row in enumerate(ranked[: -(-len(ranked) * int(percent) // 100)], 1):
            _, code, area = row.split("\t")
            free = [officer for officer, areas, interests in officers if area not in areas and code not in interests]
            free.sort(key=lambda officer: (given[officer], sha256(seed + ":" + code + ":" + officer)))
            fresh = (pair for pair in combinations(free, 2) if frozenset(pair) not in recent)
            pair = next(fresh, tuple(free[:2]) if len(free) > 1 else ())
            for officer in pair:
                given[officer] += 1
            drawn.append((code, name, rank, pair))
    return seed, drawn


def differences(published, earlier=None):
    """What is not as it ought to be in a published draw, in sentences; none when all is right.

    ``published`` is the draw's JSON; ``earlier`` are the lines of the pool file as somebody kept it before the draw.
    """
    lines, found = published["pool"], []
    now = pool_hash(lines)
    if now != published["pool_sha256"]:
        found.append(f"名册：校验值为 {now}，与抽取前公布的 {published['pool_sha256']} 不一致，名册被改动过")
    broken = broken_lines(lines, published["rule"])
    found += _against_earlier(lines, earlier) + broken + _twice(lines) + _exclusions(published)
    return found + _drawn(published) if published["public_number"] and not broken else found


def broken_lines(lines, rule):
    """Lines that no draw can be made of: an unknown kind, missing columns, a stratum that the rule does not name."""
    known, columns = {name for name, _ in RATIO.findall(rule)}, {OBJECT: 5, EXCLUDED: 3, OFFICER: 4, RECENT: 3}
    found = []
    for place, line in enumerate(lines, 1):
        row = line.split("\t")
        if columns.get(row[0]) != len(row) or (row[0] == OBJECT and row[2] not in known):
            found.append(f"名册第{place}行：格式有误，不能据以抽取")
    return found


def _against_earlier(lines, earlier):
    """Which lines are new against the file that was kept, and which are gone."""
    if earlier is None or earlier == lines:
        return []
    now, before = set(lines), set(earlier)
    found = [f"名册第{place}行：原名册没有“{line}”" for place, line in enumerate(lines, 1) if line not in before]
    found += [f"原名册第{place}行：现名册没有“{line}”" for place, line in enumerate(earlier, 1) if line not in now]
    return found or ["名册：行的次序或重复与原名册不同"]


def _twice(lines):
    """Codes and officers that stand in the pool more than once: whoever stands there twice is drawn more often."""
    found, seen = [], set()
    for place, line in enumerate(lines, 1):
        row = line.split("\t")
        key = (row[0] == OFFICER, row[1] if len(row) > 1 else "")
        if row[0] != RECENT:
            found += [f"名册第{place}行：编号 {key[1]} 重复"] if key in seen else []
            seen.add(key)
    return found


def _exclusions(published):
    """Exclusions are those of the frozen pool, with their reasons."""
    frozen = {tuple(line.split("\t")[1:3]) for line in published["pool"] if line.startswith(EXCLUDED + "\t")}
    shown = {tuple(pair) for pair in published["exclusions"]}
    found = [f"排除：{'，'.join(pair)}：已公布，但不在冻结的名册中" for pair in sorted(shown - frozen)]
    return found + [f"排除：{'，'.join(pair)}：在冻结的名册中，没有公布" for pair in sorted(frozen - shown)]


def _drawn(published):
    """Seed, objects, their places and pairs against the replay."""
    seed, replayed = draw_objects(published["number"], published["rule"], published["public_number"], published["pool"])
    found = [] if seed == published["seed"] else [f"种子：应为 {seed}，公布的是 {published['seed']}"]
    wanted = {code: (f"{name}第{rank}位", "、".join(pair) or "无") for code, name, rank, pair in replayed}
    shown = {
        row["code"]: (f"{row['stratum']}第{row['rank']}位", "、".join(row["officers"]) or "无")
        for row in published["drawn"]
    }
    if len(shown) != len(published["drawn"]):
        found.append("对象：同一编号公布了多次")
    for code, (place, pair) in wanted.items():
        if code not in shown:
            found.append(f"对象：{code} 应被抽中({place})，没有公布")
            continue
        if shown[code][0] != place:
            found.append(f"位次：{code} 应为{place}，公布的是{shown[code][0]}")
        if shown[code][1] != pair:
            found.append(f"检查人员：{code} 应为 {pair}，公布的是 {shown[code][1]}")
    return found + [f"对象：{code} 没有被抽中，却公布为{shown[code][0]}" for code in sorted(set(shown) - set(wanted))]


# -- the copy in docs/verify_draw.py ends here
