#!/usr/bin/env python3
"""Builds, serves, tests, checks and measures Cyclorama. Needs Python 3.11 and npm, nothing else."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Callable

from tools import check, dist, npm, server, steps, venv
from tools.browsers import CHROMIUM, FIREFOX
from tools.paths import DIST
from tools.problem import Problem

Command = Callable[[argparse.Namespace, list[str]], int]

LIVE = "tests/live"
"""The tests that need an account and a network."""

PHASES = {
    # Most tests wait for a browser most of the time. Those of one file share one.
    "tests side by side": ["-n", "2", "--dist", "loadfile", "-m", "not alone"],
    "tests alone": ["-m", "alone"],
}
"""All tests but those."""


def main() -> int:
    """Run one subcommand and return the exit code."""
    arguments = sys.argv[1:]
    split = arguments.index("--") if "--" in arguments else len(arguments)
    parser = _parser()
    options, others = parser.parse_known_args(arguments[:split])
    forwarded = [*others, *arguments[split + 1 :]]
    if forwarded and not options.forwards:
        parser.error(f"unrecognized arguments: {' '.join(forwarded)}")
    try:
        return int(options.run(options, forwarded))
    except Problem as problem:
        print(f"build.py: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _build(options: argparse.Namespace, _forwarded: list[str]) -> int:
    dist.build(_order(options))
    return 0


def _serve(options: argparse.Namespace, _forwarded: list[str]) -> int:
    dist.ensure(_order(options))
    with server.serve(DIST, options.host, options.port) as url:
        print(f"Cyclorama is served at {url} (Ctrl-C ends it)", flush=True)
        threading.Event().wait()
    return 0


def _test(options: argparse.Namespace, forwarded: list[str]) -> int:
    # Who asks for certain tests wants these and nothing else.
    if options.live or forwarded:
        which = LIVE if options.live else f"--ignore={LIVE}"
        return _outcome(_in_venv("tests", ["pytest", which, *forwarded], options))
    failed = check.check()
    for name, chosen in PHASES.items():
        failed += _in_venv(name, ["pytest", f"--ignore={LIVE}", *chosen], options)
    return _outcome(failed)


def _check(_options: argparse.Namespace, _forwarded: list[str]) -> int:
    return _outcome(check.check())


def _bench(options: argparse.Namespace, forwarded: list[str]) -> int:
    if "--matte" not in forwarded or "--live" in forwarded:
        return _outcome(_in_venv("bench", ["tests.bench", *forwarded], options))
    # Otherwise the matte is measured natively and under Node: no browser and no dist/.
    python = venv.ensure()
    npm.install()
    env = {"CYCLORAMA_MODELS": options.models} if options.models else {}
    done = steps.run("bench", [str(python), "-m", "tests.bench", *forwarded], env)
    return _outcome([] if done else ["bench"])


def _in_venv(name: str, module: list[str], options: argparse.Namespace) -> list[str]:
    """Run a Python module that needs the product and a browser; return its name if it failed."""
    python = venv.ensure()
    browser = CHROMIUM.ensure()
    dist.ensure(_order(options))
    env = {
        "CYCLORAMA_CHROMIUM": browser,
        "CYCLORAMA_FIREFOX": _firefox(),
        "CYCLORAMA_DIST": str(DIST),
    }
    return [] if steps.run(name, [str(python), "-m", *module], env) else [name]


def _firefox() -> str:
    """The program of Firefox; empty where there is none, and what needs it is left out."""
    try:
        return FIREFOX.ensure()
    except Problem as problem:
        print(f"Without Firefox: {problem}", flush=True)
        return ""


def _outcome(failed: list[str]) -> int:
    if failed:
        raise Problem(f"These failed: {', '.join(failed)}; see above.")
    return 0


def _order(options: argparse.Namespace) -> dist.Order:
    return dist.Order(tuple(options.segmenters), options.models)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, run: Command, summary: str, epilog: str = "") -> argparse.ArgumentParser:
        command = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=epilog,
            allow_abbrev=False,
        )
        command.set_defaults(run=run, forwards=bool(epilog))
        return command

    build = add("build", _build, "build dist/, the whole product as static files")
    serve = add("serve", _serve, "build dist/ where anything changed, and serve it")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument(
        "--port", type=int, default=8000, help="port to listen on, 0 for any free one (%(default)s)"
    )
    test = add(
        "test",
        _test,
        "install what the tests need, run the checks and all tests",
        "Other arguments go to pytest, and the checks are left out: build.py test -k hidden",
    )
    test.add_argument(
        "--live",
        action="store_true",
        help="only the call of two browsers in a real session: set VONAGE_APPLICATION_ID, "
        "VONAGE_SESSION_ID and VONAGE_TOKEN",
    )
    add("check", _check, "check lint, format and types, and audit what it all depends on")
    bench = add(
        "bench",
        _bench,
        "measure the product",
        "Other arguments go to tests.bench; build.py bench -- --help lists them.",
    )
    for command in (build, serve, test, bench):
        _add_build_options(command)
    return parser


def _add_build_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--models",
        metavar="DIR_OR_URL",
        default=os.environ.get("CYCLORAMA_MODELS"),
        help="mirror of the official BodyPix host, asked before it ($CYCLORAMA_MODELS)",
    )
    command.add_argument(
        "--segmenters",
        metavar="LIST",
        type=lambda text: [name for name in text.split(",") if name],
        default=[],
        help=(
            "ship these beside the default, by comma: bodypix-mobilenet-050-quant2 (the default) "
            "and its kin with 050, 075 or 100 and quant1, quant2 or quant4, "
            "bodypix-resnet50-quant1, -quant2 or -quant4, selfie"
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
