"""Starts `cutover practice` and runs `cutover migrate`, as two processes, with everything in a temporary folder."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from proxy import Proxy

# Seconds after which a process counts as hung; only a guard.
HUNG = 300
# The program runs in the environment that this script was started in, not in the one made for the clients' libraries.
ENVIRONMENT = dict(os.environ)


@dataclass
class Practice:
    """A running practice organisation; every address leads through the proxy where there is one."""

    folder: Path
    facts: dict
    settings: Path
    ca: Path
    proxy: Proxy | None

    @property
    def mailboxes(self):
        """The addresses that a default run moves."""
        return [mailbox["email"] for mailbox in self.facts["mailboxes"]]

    def migrate(self, may_skip=False):
        """Runs a migration with these settings; returns the last JSON line and all of them."""
        reports = self.folder / "reports"
        reports.mkdir(exist_ok=True)
        environment = ENVIRONMENT | {
            "CUTOVER_SOURCE_PASSWORD": self.facts["exchange"]["password"],
            "CUTOVER_TARGET_SECRET": self.facts["microsoft365"]["client_secret"],
            "XDG_DATA_HOME": str(self.folder / "data"),
        }
        command = [binary(), "migrate", "--settings", str(self.settings), "--reports", str(reports), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=HUNG, check=False)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode or not lines:
            raise AssertionError(f"migrate ended with {done.returncode}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
        last = lines[-1]
        assert last["event"] == "ended", last
        assert last["found"] == last["moved"] + last["already_there"] + last["skipped"] + last["failed"], last
        assert last["failed"] == 0 and (may_skip or last["skipped"] == 0), last
        assert last["verified"] == last["moved"] + last["already_there"], last
        return last, lines


def binary():
    """The program under test."""
    return ENVIRONMENT["CUTOVER_BINARY"]


@contextlib.contextmanager
def practice(*options, recorded=False):
    """A practice organisation for the length of a `with` block."""
    with tempfile.TemporaryDirectory(prefix="cutover-peers-") as folder, contextlib.ExitStack() as stack:
        folder = Path(folder)
        process = subprocess.Popen(
            [binary(), "practice", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT | {"XDG_DATA_HOME": str(folder / "data"), "TMPDIR": str(folder)},
        )
        stack.callback(end, process)
        line = process.stdout.readline()
        assert line, "practice ended without its line of facts"
        facts = json.loads(line)
        ca, settings, proxy = Path(facts["ca_certificate"]), Path(facts["settings"]), None
        if recorded:
            urls = [facts["exchange"]["autodiscover_url"], facts["exchange"]["ews_url"]]
            urls += [facts["microsoft365"][key] for key in ("authority", "graph_url", "exchange_admin_url")]
            proxy = stack.enter_context(Proxy([urlsplit(url).netloc for url in urls], ca, folder))
            text = proxy.outward(settings.read_text()).replace(str(ca), str(proxy.ca_file))
            ca, settings = proxy.ca_file, folder / "settings.toml"
            settings.write_text(text)
            facts = json.loads(proxy.outward(line))
        # The clients' libraries let this variable win over everything else, so it must name the private CA.
        os.environ["REQUESTS_CA_BUNDLE"] = os.environ["SSL_CERT_FILE"] = str(ca)
        yield Practice(folder, facts, settings, ca, proxy)


def end(process):
    """Ends a practice organisation the way the interface says: by the end of its input."""
    process.stdin.close()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise AssertionError("practice did not end with its input") from None
    finally:
        process.stdout.close()


def check(condition, *facts):
    """Ends the script with what was found instead."""
    if not condition:
        raise AssertionError(" ".join(str(fact) for fact in facts))


def same(found, expected, what):
    """Ends the script if two values differ, and says which."""
    check(found == expected, f"{what}: {found!r} instead of {expected!r}")


def said(text):
    """A line of progress for whoever reads the test's output."""
    print(text, file=sys.stderr, flush=True)
