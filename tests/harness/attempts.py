"""What a script that got into a page or a worker would try: to run more, and to call elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tools.server import Handler, serve

RUNS = """
  const run = {
    eval: () => eval("ran.push('eval')"),
    function: () => new Function("ran.push('function')")(),
    timer: () => setTimeout("ran.push('timer')"),
  };"""
"""Also in a worker."""

CALLS = """
  const call = {
    fetch: () => fetch(elsewhere + 'fetch', { mode: 'no-cors' }),
    import: () => import(elsewhere + 'import'),
    socket: () => new WebSocket(elsewhere.replace('http', 'ws') + 'socket'),
    events: () => new EventSource(elsewhere + 'events'),
  };"""
"""Also in a worker."""

PAGE_ONLY = """
  const put = (name, properties) =>
    document.body.append(Object.assign(document.createElement(name), properties));
  const code = (name) => new Blob([`ran.push('${name}')`], { type: 'text/javascript' });
  Object.assign(run, {
    inline: () => put('script', { textContent: "ran.push('inline')" }),
    data: () => put('script', { src: "data:text/javascript,ran.push('data')" }),
    blob: () => put('script', { src: URL.createObjectURL(code('blob')) }),
    handler: () => put('div', { innerHTML: '<img src="data:," onerror="ran.push(`handler`)">' }),
    link: () => Object.assign(document.createElement('a'), {
      href: "javascript:void ran.push('link')" }).click(),
    frame: () => put('iframe', { src: "javascript:void parent.ran.push('frame')" }),
  });
  Object.assign(call, {
    script: () => put('script', { src: elsewhere + 'script' }),
    picture: () => put('img', { src: elsewhere + 'picture' }),
    style: () => put('link', { rel: 'stylesheet', href: elsewhere + 'style' }),
    page: () => put('iframe', { src: elsewhere + 'page' }),
    object: () => put('object', { data: elsewhere + 'object' }),
    sound: () => put('audio', { src: elsewhere + 'sound' }),
    beacon: () => navigator.sendBeacon(elsewhere + 'beacon'),
    form: () => {
      put('iframe', { name: 'answer' });
      const form = document.createElement('form');
      document.body.append(form);
      Object.assign(form, { action: elsewhere + 'form', target: 'answer' }).submit();
    },
  });"""

TRY = """
  globalThis.ran = [];
  const violated = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    violated.push(`${effectiveDirective} ${blockedURI}`));
  // While the debugger's own call lasts, it lets `eval` through.
  await new Promise((resolve) => setTimeout(resolve));
  for (const attempt of Object.values({ ...run, ...call })) {
    try { void Promise.resolve(attempt()).catch(() => {}); } catch {}
  }
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return { ran, violated };"""

IN_WORKER = f"async (elsewhere) => {{ {RUNS} {CALLS} {TRY} }}"
"""Given the URL of another origin, the names of what ran and the violations that were told."""

IN_PAGE = f"async (elsewhere) => {{ {RUNS} {CALLS} {PAGE_ONLY} {TRY} }}"

RUNNING = {"eval", "function", "timer"}
RUNNING_IN_PAGE = RUNNING | {"inline", "data", "blob", "handler", "link", "frame"}
CALLING = {"fetch", "import", "socket", "events"}
CALLING_IN_PAGE = CALLING | {
    "script", "picture", "style", "page", "object", "sound", "beacon", "form"
}  # fmt: skip


@dataclass
class Elsewhere:
    """A server of another origin.

    Attributes:
        url: with a slash at its end.
        called: names of the attempts that reached it.
    """

    url: str
    called: set[str] = field(default_factory=set)


@contextmanager
def elsewhere(folder: Path) -> Iterator[Elsewhere]:
    """Serve nothing, and note who asks, until the context ends."""
    called: set[str] = set()

    def note(name: str, _query: str, _body: bytes) -> bytes:
        called.add(name)
        return b""

    handlers: dict[str, Handler] = {name: partial(note, name) for name in CALLING_IN_PAGE}
    with serve(folder, handlers=handlers) as url:
        yield Elsewhere(url, called)
