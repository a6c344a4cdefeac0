"""Every message between `cutover migrate` and `cutover practice`, held against published schemas and typed fixtures.

`CUTOVER_SCHEMAS` names the folder with `ews/` and `graph-subset.yaml`. Where it is not set, the script says that this check was
left out; where it is set, its absence is a failure.
"""

import os
from collections import Counter
from pathlib import Path

from autodiscover_schema import AutodiscoverSchema
from ews_schema import EwsSchema
from graph_schema import Beside, GraphSchema
from practice import check, practice, said
from proxy import Exchange
from rearrange import User, require_followed
import wrong_messages


class Judge:
    """All schemas; knows which one a call belongs to."""

    def __init__(self, folder):
        folder = Path(folder)
        check((folder / "ews").is_dir() and (folder / "graph-subset.yaml").is_file(), f"no schemas in {folder}")
        self.ews, self.graph = EwsSchema(folder / "ews"), GraphSchema(folder)
        self.autodiscover, self.beside = AutodiscoverSchema(), Beside()

    def judged(self, call):
        """The family of a call and what is wrong with it; the family is None if no schema knows its address."""
        path = call.path.lower()
        if path == "/ews/exchange.asmx":
            return "EWS", self.xml_problems(self.ews, call)
        if path in ("/autodiscover/autodiscover.svc", "/autodiscover/autodiscover.xml"):
            return "Autodiscover", self.xml_problems(self.autodiscover, call)
        if path.startswith("/v1.0/"):
            return "Graph", self.graph.problems(call)
        return "beside Graph", self.beside.problems(call)

    @staticmethod
    def xml_problems(schema, call):
        """Judges request and answer of one call; answers without a message are judged by their status."""
        found = [f"request: {p}" for p in schema.problems(call.request, True)] if call.method == "POST" else []
        if call.status in (200, 500):
            kind = next((v for k, v in call.headers.items() if k.lower() == "content-type"), "")
            if kind.replace(" ", "").lower() != "text/xml;charset=utf-8":
                found.append(f"answer: content type {kind!r}")
            return found + [f"answer: {p}" for p in schema.problems(call.body, False)]
        return found if call.status in (301, 302, 401, 404, 405, 503) else [*found, f"status {call.status}"]

    def report(self, calls):
        """Counts per family, and every distinct problem once with an example."""
        counts, unknown, problems = Counter(), Counter(), {}
        for call in calls:
            family, found = self.judged(call)
            if found is None:
                unknown[str(call)] += 1
                continue
            counts[family] += 1
            for problem in found:
                problems.setdefault(f"{family} {problem}", call)
        return counts, unknown, problems


def require_clean(judge, calls, families):
    """Ends the script with every problem if there is one, or if a family did not occur at all."""
    counts, unknown, problems = judge.report(calls)
    said(f"schemas: {dict(counts)}; described nowhere: {dict(unknown)}")
    listing = "\n".join(f"{problem}\n    in {call}" for problem, call in sorted(problems.items(), key=str))
    check(not problems, f"{len(problems)} kinds of problem:\n{listing}")
    check(set(families) <= set(counts), f"only {dict(counts)} was seen")


def answers_are_valid(world, client):
    """Every recorded answer to a stranger's client fits the schemas; its requests are not ours to judge."""
    folder = os.environ.get("CUTOVER_SCHEMAS")
    if not folder:
        said(f"CUTOVER_SCHEMAS is not set: the schema check of the answers to {client} was left out")
        return
    counts, _, problems = Judge(folder).report(world.proxy.records)
    wrong = [f"{problem}\n    in {call}" for problem, call in problems.items() if " answer" in problem]
    check(not wrong, "answers that do not fit:\n" + "\n".join(wrong))
    said(f"schemas: answers to {client}: {dict(counts)}")


def prove_that_it_can_fail(judge):
    """A right message of each family passes, and the same message with one fault does not."""
    for name, call, wrong in wrong_messages.pairs():
        check(judge.judged(Exchange(**call))[1] == [], name, "right message:", judge.judged(Exchange(**call))[1])
        for change in wrong:
            check(judge.judged(Exchange(**(call | change)))[1], name, "was not refused:", change)


def main():
    """Proves the schemas, then judges a whole migration."""
    folder = os.environ.get("CUTOVER_SCHEMAS")
    if not folder:
        said("CUTOVER_SCHEMAS is not set: the schema check of EWS and Graph messages was left out")
        return
    judge = Judge(folder)
    prove_that_it_can_fail(judge)
    for profile in ("2016", "2007sp3"):
        with practice(
            "--mailboxes", "3", "--messages", "40", "--speed", "200", "--profile", profile, recorded=True
        ) as world:
            user, may_skip, families = User(world), profile == "2007sp3", ("EWS", "Autodiscover", "Graph", "beside Graph")
            for change in (user.make_folders, user.rearrange):
                change()
                # The stranger's own requests are not ours to judge.
                world.proxy.records.clear()
                last, _ = world.migrate(may_skip=may_skip)
                said(f"schemas: {profile}: {last}")
                require_clean(judge, world.proxy.records, families)
            require_followed(world.proxy.records)


if __name__ == "__main__":
    main()
