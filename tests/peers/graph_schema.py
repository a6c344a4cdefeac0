"""Validates Graph requests and answers against `CUTOVER_SCHEMAS/graph-subset.yaml`, and what lies beside Graph against fixtures.

The subset is an OpenAPI 3.0 document: `nullable` and `allOf` are turned into plain JSON Schema, and every object is closed, so
that an unknown property is reported (OData annotations apart). Documented differences of the snapshot are in `LATER`.
"""

import base64
import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import jsonschema
import yaml

FIXTURES = Path(__file__).parent / "fixtures"
# On the documentation pages, not yet in the snapshot that the subset was made from.
LATER = {"mailboxFolder": {"wellKnownName": {"type": "string", "nullable": True}}}
# Statuses that any operation may end in, from the list in the documentation of Graph's errors.
ERRORS = {400, 401, 403, 404, 405, 406, 409, 410, 411, 412, 413, 415, 416, 422, 423, 429, 500, 501, 503, 504, 507, 509}
# Opaque parts of a nextLink or deltaLink, and what scripts send besides the listed options.
OPAQUE_OPTIONS = {"$skip", "$skiptoken", "$deltatoken", "includeHiddenFolders"}
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time")
def _date_time(value):
    pattern = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)"
    return not isinstance(value, str) or re.fullmatch(pattern, value) is not None


@FORMATS.checks("uuid")
def _uuid(value):
    return (
        not isinstance(value, str)
        or re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value) is not None
    )


@FORMATS.checks("base64", raises=ValueError)
def _base64(value):
    return not isinstance(value, str) or base64.b64decode(value, validate=True) is not None


class GraphSchema:
    """The subset, ready to judge single calls."""

    def __init__(self, folder):
        document = yaml.safe_load((Path(folder) / "graph-subset.yaml").read_text(encoding="utf-8"))
        self.components = document["components"]["schemas"]
        self.derived = {}
        for name, schema in self.components.items():
            for part in schema.get("allOf", []):
                if "$ref" in part:
                    self.derived.setdefault(part["$ref"].rsplit("/", 1)[-1], []).append(name)
        self.paths = [(pattern(path), path, item) for path, item in document["paths"].items()]
        # Literal paths before templates: /mailFolders/inbox before /mailFolders/{id}.
        self.paths.sort(key=lambda entry: entry[1].count("{"))
        self.definitions = {name: self.component(name) for name in self.components}
        self.actions = json.loads((FIXTURES / "graph-actions.json").read_text(encoding="utf-8"))

    def properties(self, name):
        """All properties of a component, inherited ones too, and whether others are allowed."""
        found, is_open = dict(LATER.get(name, {})), False
        schema = self.components[name]
        for part in schema.get("allOf", [schema]):
            if "$ref" in part:
                inherited, below = self.properties(part["$ref"].rsplit("/", 1)[-1])
                found, is_open = found | inherited, is_open or below
            else:
                found |= part.get("properties", {})
                is_open = is_open or part.get("additionalProperties") is True
        return found, is_open

    def component(self, name):
        """A component as JSON Schema, with its derived types chosen by `@odata.type`."""
        schema = self.components[name]
        if schema.get("type", "object") != "object":
            return converted(schema)
        properties, is_open = self.properties(name)
        own = converted({"type": "object", "properties": properties})
        if is_open:
            own.pop("additionalProperties", None)
        for heir in self.derived.get(name, []):
            is_heir = {
                "properties": {"@odata.type": {"const": f"#microsoft.graph.{heir}"}},
                "required": ["@odata.type"],
            }
            own = {"if": is_heir, "then": {"$ref": f"#/$defs/{heir}"}, "else": own}
        return own

    def find(self, path):
        """The template and the description of a path, or nothing."""
        for expression, template, item in self.paths:
            if expression.fullmatch(path):
                return template, item
        return None

    def validate(self, value, schema):
        """What is wrong with a JSON value."""
        whole = {"$defs": self.definitions, **schema}
        errors = jsonschema.Draft202012Validator(whole, format_checker=FORMATS).iter_errors(value)
        return [f"{'/'.join(map(str, e.absolute_path)) or 'body'}: {e.message[:300]}" for e in errors][:5]

    def problems(self, call):
        """What is wrong with a call under `/v1.0`; None if the subset does not have its path."""
        url = urlsplit(call.target)
        found = self.find(unquote_parts(url.path.removeprefix("/v1.0")))
        if found is None:
            return None
        template, item = found
        operation = item.get(call.method.lower())
        if operation is None:
            return [f"{template} has no {call.method}"]
        known = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query"} | OPAQUE_OPTIONS
        problems = [f"{template} has no option {name}" for name in parse_qs(url.query) if name not in known]
        problems += [f"request {text}" for text in self.request_problems(call, template, operation)]
        return problems + [f"answer {text}" for text in self.answer_problems(call, operation)]

    def request_problems(self, call, template, operation):
        """Judges the request's body."""
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        schema = converted(schema) if schema else self.actions.get(f"{call.method} {template}")
        if not call.request:
            return (
                ["lacks its body"] if schema and call.method in ("POST", "PATCH") and "required" in str(schema) else []
            )
        if schema is None:
            return [] if call.request in (b"", b"{}") else ["has a body that nothing describes"]
        return json_problems(call.request_headers, call.request, lambda value: self.validate(value, schema))

    def answer_problems(self, call, operation):
        """Judges status and body of the answer."""
        described = operation["responses"].get(str(call.status))
        if described is None and call.status not in ERRORS:
            return [f"has the status {call.status}, which is not listed"]
        if call.status >= 400:
            schema = {"$ref": "#/components/schemas/error"}
        else:
            schema = described.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return ["has a body although none is described"] if call.body else []
        return json_problems(call.headers, call.body, lambda value: self.validate(value, converted(schema)))


class Beside:
    """What is not Graph: token endpoint, importUrl, InvokeCommand; held against `fixtures/beside-graph.json`."""

    def __init__(self):
        self.schemas = json.loads((FIXTURES / "beside-graph.json").read_text(encoding="utf-8"))

    def problems(self, call):
        """What is wrong with a call; None if it is none of these."""
        family = next((f for f in self.schemas["families"] if re.search(f["path"], call.target)), None)
        if family is None:
            return None
        found = []
        if "request" in family:
            found += [f"request {text}" for text in self.request_problems(call, family)]
        schema = family.get("answers", {}).get(str(call.status))
        if schema is None and call.status not in ERRORS:
            return found + [f"answer has the status {call.status}, which is not described"]
        if schema is None:
            schema = family["error"]
            if call.status in family.get("plain_errors", []) and "json" not in header(call.headers, "content-type"):
                return found
        if schema == {}:
            return found
        return found + [
            f"answer {t}" for t in json_problems(call.headers, call.body, lambda v: self.validate(v, schema))
        ]

    def request_problems(self, call, family):
        """Judges body and headers of the request."""
        wanted = family.get("headers", {})
        found = [
            f"lacks {name}: {rule}"
            for name, rule in wanted.items()
            if not re.search(rule, header(call.request_headers, name))
        ]
        found += [
            f"must not send {name}" for name in family.get("no_headers", []) if header(call.request_headers, name)
        ]
        if family["request"].get("form"):
            form = {k: v[0] for k, v in parse_qs(call.request.decode(), strict_parsing=True).items()}
            return found + self.validate(form, family["request"]["form"])
        return found + json_problems(
            call.request_headers, call.request, lambda v: self.validate(v, family["request"]["json"])
        )

    def validate(self, value, schema):
        """What is wrong with a value."""
        whole = {"$defs": self.schemas["$defs"], **schema}
        errors = jsonschema.Draft202012Validator(whole, format_checker=FORMATS).iter_errors(value)
        return [f"{'/'.join(map(str, e.absolute_path)) or 'body'}: {e.message[:300]}" for e in errors][:5]


def json_problems(headers, body, judge):
    """Judges a JSON body with its content type."""
    kind = header(headers, "content-type")
    if not kind.lower().startswith("application/json"):
        return [f"has the content type {kind!r}"]
    try:
        return judge(json.loads(body))
    except ValueError as error:
        return [f"is not JSON: {error}"]


def header(headers, name):
    """A header by name, whatever its case; empty if it is not there."""
    return next((value for key, value in headers.items() if key.lower() == name.lower()), "")


@cache
def pattern(template):
    """The expression of a path template; names after the slash compare without case, as in OData."""
    parts = re.split(r"\{[^}]+\}", template)
    return re.compile("[^/]+".join(re.escape(part) for part in parts), re.IGNORECASE)


def unquote_parts(path):
    """A path with `%24` and its like read, but without new slashes."""
    return "/".join(unquote(part).replace("/", "_") for part in path.split("/"))


def converted(schema):
    """OpenAPI 3.0 to JSON Schema: references moved, null allowed where `nullable`, objects closed."""
    if isinstance(schema, list):
        return [converted(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": "#/$defs/" + schema["$ref"].rsplit("/", 1)[-1]}
    plain = {k: v for k, v in schema.items() if k not in ("nullable", "properties") and not k.startswith("x-")}
    plain = {k: v if k in ("enum", "required") else converted(v) for k, v in plain.items()}
    if "properties" in schema:
        plain["properties"] = {name: converted(value) for name, value in schema["properties"].items()}
        plain["patternProperties"] = {"@": True}
        plain.setdefault("additionalProperties", False)
    return {"anyOf": [{"type": "null"}, plain]} if schema.get("nullable") else plain
