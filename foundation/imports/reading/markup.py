"""XML and HTML as streams of tags: nothing is fetched, no entity is expanded, what was read is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from .cells import broken

_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Stream:
    """Events of the tags asked for. ``html`` is forgiving; XML must be well-formed and have no DTD."""

    def __init__(self, chunks: Iterable[bytes], tags: Iterable[str], *, html: bool = False) -> None:
        self._chunks, self._tags, self._html = chunks, tuple(tags), html

    def events(self) -> Iterator[tuple[str, etree._Element]]:
        """("start" or "end", element). Raises FileRefused (corrupt)."""
        parser = self._parser()
        try:
            for number, chunk in enumerate(self._chunks):
                if not self._html and (number == 0 or b"<!" in chunk) and _FORBIDDEN.search(chunk):
                    raise broken("表格文件里有不该有的内容(DTD)，无法读取")
                for start in range(0, len(chunk), 65536):
                    parser.feed(chunk[start : start + 65536])
                    yield from parser.read_events()
            parser.close()
            yield from parser.read_events()
        except (etree.XMLSyntaxError, AssertionError, ValueError) as error:
            raise broken() from error

    def _parser(self):
        if self._html:
            return etree.HTMLPullParser(
                ("start", "end"),
                tag=self._tags,
                encoding="utf-8",
                no_network=True,
                remove_comments=True,
                remove_pis=True,
            )
        return etree.XMLPullParser(
            ("start", "end"),
            tag=self._tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )


def local(element: etree._Element) -> str:
    """The tag without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def forget(element: etree._Element) -> None:
    """Free an element that was read, and those before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
