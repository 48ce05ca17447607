"""No message kills a worker: a wrong one is refused by the name of its field, and work goes on."""

from __future__ import annotations

import re

from tests.harness import looks, workers
from tests.harness.eventually import eventually
from tests.harness.studio import Studio, publish, ready, stats

COUNT = 2000
"""Messages to each worker."""

NAMES_FIELD = re.compile(r"^\w+: ((all of it|[\w.]+) is missing or wrong|it came before)$")
PURPLE = (120, 30, 160)

LISTEN = """() => {
  globalThis.errors = [];
  cyclorama.addEventListener('error', ({ detail }) =>
    errors.push([detail.id, String(detail.cause)]));
}"""

FLOOD = """async ([base, name, count]) => {
  const { generate } = await import(`${base}__test__/messages.js`);
  const worker = workers[`cyclorama ${name}`];
  let sent = 0;
  for (const message of generate(name, count)) {
    worker.postMessage(message);
    sent += 1;
  }
  return sent;
}"""

# A stage of the test's own, because nobody else gets at the port between the two workers.
STAGE = """async ([base, count]) => {
  const { generate } = await import(`${base}__test__/messages.js`);
  const worker = new Worker(`${base}worker/stage.js`, { type: 'module' });
  const heard = [];
  const shown = new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }) => {
      heard.push(data);
      if (data.picture === 'composite') resolve();
    };
  });
  const canvas = document.createElement('canvas').transferControlToOffscreen();
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ type: 'open', canvas, frames: null, send: false }, [canvas]);
  worker.postMessage({ type: 'connect', epoch: 7, port: port1 }, [port1]);
  for (const message of generate('port', count)) port2.postMessage(message);
  const pixels = { data: new Uint8ClampedArray(16), columns: 2, width: 2, height: 2 };
  port2.postMessage({ type: 'show', epoch: 7, pixels, moved: false });
  await shown;
  worker.terminate();
  return heard.flatMap(({ failure }) => (failure ? [[failure.id, failure.detail]] : []));
}"""


def test_thousands_of_wrong_messages_kill_no_worker(studio: Studio) -> None:
    studio.context.add_init_script(workers.KEEP)
    page = studio.embed()
    publish(page)
    ready(page)
    page.evaluate(LISTEN)
    for name in ("compositor", "segmenter", "stage"):
        page.evaluate(FLOOD, [studio.site.url, name, COUNT])
    page.evaluate("cyclorama.setBackground({ type: 'color', color: '#781ea0' })")
    before = stats(page)["frames"]
    eventually(page, lambda: stats(page)["frames"] > before + 30, "frames went on")

    expect_named(page.evaluate("errors"), 3 * COUNT)
    assert page.evaluate("cyclorama.state") == "live"
    looks.wait_for(page, studio.site, "track", looks.before(PURPLE))


def test_thousands_of_wrong_messages_between_workers(studio: Studio) -> None:
    page = studio.embed()
    expect_named(page.evaluate(STAGE, [studio.site.url, COUNT]), COUNT)


def expect_named(errors: list[tuple[str, str]], sent: int) -> None:
    """That most were refused, each by its field."""
    refused = [detail for error, detail in errors if error == "message-invalid"]
    assert len(refused) > sent / 2
    assert not [detail for detail in refused if not NAMES_FIELD.search(detail)]
    # What is right in kind and not in value, Python refuses.
    others = {error for error, _ in errors} - {"message-invalid"}
    assert others <= {"setting-invalid", "background-invalid"}
