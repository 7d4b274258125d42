"""What lies on a phone: read as somebody would who holds the phone and not the person's log-in."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

#: Every record of every store as text: bytes as Latin letters, keys by what can be taken out of them.
READ_ALL = """async () => {
  const waited = (asked) => new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const shown = async (value) => {
    if (value instanceof CryptoKey) {
      return `key that ${await crypto.subtle.exportKey("raw", value).then(() => "comes out", () => "stays in")}`;
    }
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer ?? value);
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    }
    if (value && typeof value === "object") {
      const parts = Object.entries(value).map(async ([name, one]) => `${name}=${await shown(one)}`);
      return (await Promise.all(parts)).join(";");
    }
    return String(value);
  };
  const found = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await waited(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const records = await waited(database.transaction(store).objectStore(store).getAll());
      found[store] = await Promise.all(records.map(shown));
    }
    database.close();
  }
  return found;
}"""


def stored(page: Page) -> dict[str, list[str]]:
    """Store -> its records, read through the browser by a script of the site."""
    return page.evaluate(READ_ALL)


def telling(records: dict[str, list[str]], words: list[str]) -> list[tuple[str, str]]:
    """(store, words) for whatever of the words can be read; UTF-8 as well as letters."""
    forms = {word: (word, word.encode().decode("latin-1")) for word in words}
    return [
        (store, word)
        for store, found in records.items()
        for word, written in forms.items()
        if any(form in record for record in found for form in written)
    ]


def on_the_disk(profile: Path, words: list[str]) -> list[tuple[str, str]]:
    """(file, words) for whatever of the words stands in the files of the browser's databases, in either encoding."""
    found = []
    for folder in ("IndexedDB", "Local Storage", "Session Storage", "Service Worker"):
        for path in sorted(profile.glob(f"Default/{folder}/**/*")):
            content = path.read_bytes() if path.is_file() else b""
            found += [
                (f"{folder}/{path.name}", word)
                for word in words
                if word.encode() in content or word.encode("utf-16-le") in content
            ]
    return found
