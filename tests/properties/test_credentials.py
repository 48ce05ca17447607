"""Links and session files, thousands of them: each is credentials or a sentence about a field."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.module import evaluate

MODULE = "web/call/credentials.js"
NAMES = ("application", "session", "token")
GOOD = {"application": "12345678", "session": "1_MX4xMjM0NTY3OH5-fg", "token": "T1==a+b=/.~-_"}
VALUE = re.compile(r"[A-Za-z0-9_.~=+/-]{1,8192}", re.ASCII)
REFUSED = re.compile(rf"the ({'|'.join(NAMES)}) is missing or malformed")

COUNT = 50
"""At a time: a Node process takes longer to start than to read them all."""

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
FIELDS = st.one_of(
    TEXTS, st.sampled_from([*GOOD.values(), "", "a" * 8192, "a" * 8193, "a b", "%", "ı"])
)
LINKS = st.one_of(
    TEXTS,
    st.integers(0, 200).map(
        lambda length: "&".join(f"{name}={quote(value)}" for name, value in GOOD.items())[:length]
    ),
    st.dictionaries(st.sampled_from([*NAMES, "__proto__", "room"]), FIELDS).map(
        lambda fields: "&".join(f"{name}={value}" for name, value in fields.items())
    ),
)

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), FIELDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*NAMES, "__proto__", "toString"]), inner),
    ),
    max_leaves=4,
)
FILES = st.one_of(
    TEXTS,
    JSON.map(json.dumps),
    st.fixed_dictionaries(dict.fromkeys(NAMES, FIELDS)).map(json.dumps),
    st.integers(0, 120).map(lambda length: json.dumps(GOOD)[:length]),
)

OUTCOME = """
  const outcome = async (get) => {
    try {
      return { gave: await get() };
    } catch (error) {
      const { name, id, action, cause, message } = error;
      return { name, id, action, cause: String(cause?.message ?? cause), message };
    }
  };"""

FROM_LINKS = f"""{OUTCOME}
  const all = [];
  for (const hash of given) {{
    let replaced = false;
    globalThis.location = {{ hash: `#${{hash}}`, pathname: '/', search: '' }};
    globalThis.history = {{ state: null, replaceState: () => (replaced = true) }};
    all.push({{ ...await outcome(module.takeFromAddress), replaced }});
  }}
  return all;"""

FROM_FILES = f"""{OUTCOME}
  globalThis.document = {{ baseURI: 'https://example.com/' }};
  const all = [];
  for (const file of given) {{
    globalThis.fetch = async () => new Response(file);
    all.push(await outcome(module.fetchProvided));
  }}
  return all;"""


def expect_answer(answer: dict[str, Any], error: str) -> None:
    """Credentials that can be right, or an error of the table and nothing else."""
    if "gave" in answer:
        credentials = answer["gave"]
        assert credentials.keys() == set(NAMES)
        assert all(VALUE.fullmatch(value) for value in credentials.values())
        return
    assert (answer["name"], answer["id"]) == ("CycloramaError", error)
    assert answer["action"]
    assert answer["message"].endswith(".")


@settings(max_examples=30)
@given(links=st.lists(LINKS, min_size=COUNT, max_size=COUNT))
def test_a_link_is_an_invitation_or_says_what_it_lacks(links: list[str]) -> None:
    for answer in evaluate(MODULE, FROM_LINKS, links):
        # Of a link about something else nothing is said, and it is left as it is.
        if answer.get("gave", answer) is None:
            assert not answer["replaced"]
            continue
        assert answer["replaced"]
        expect_answer(answer, "link-invalid")
        assert "gave" in answer or REFUSED.search(answer["cause"])


@settings(max_examples=30)
@given(files=st.lists(FILES, min_size=COUNT, max_size=COUNT))
def test_a_session_file_is_one_or_says_what_it_lacks(files: list[str]) -> None:
    for file, answer in zip(files, evaluate(MODULE, FROM_FILES, files), strict=True):
        expect_answer(answer, "session-missing")
        if "gave" not in answer and is_json(file):
            assert REFUSED.search(answer["cause"])


def is_json(text: str) -> bool:
    try:
        json.loads(text, parse_constant=lambda _: 1 / 0)
    except (ValueError, ZeroDivisionError, RecursionError):
        return False
    return True
