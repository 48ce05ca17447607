"""What a browser keeps of a site."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

KEPT = """async () => {
  const open = (name) => new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = (store) => new Promise((resolve) => {
    store.getAll().onsuccess = ({ target }) => resolve(target.result);
  });
  const records = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await open(name);
    for (const store of database.objectStoreNames) {
      records.push(...(await all(database.transaction(store).objectStore(store))));
    }
    database.close();
  }
  const files = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) files.push(url);
  }
  return {
    values: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map(({ name }) => name),
    records: records.map((record) => Object.fromEntries(Object.entries(record).map(
      ([name, value]) => [name, value instanceof Blob ? value.type : value]))),
    files,
  };
}"""


def kept(page: Page) -> dict[str, Any]:
    """All that the browser keeps for the page's origin.

    Returns:
        `values` and `session`, the two storages; `databases`, names; `records` in them, with the
        type in place of each Blob; `files`, URLs in caches; `cookies`.
    """
    found: dict[str, Any] = page.evaluate(KEPT)
    return {**found, "cookies": page.context.cookies()}
