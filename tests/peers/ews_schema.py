"""Validates EWS messages against the published MIT-licensed schema set (`CUTOVER_SCHEMAS/ews`).

The set is modular: many files for two namespaces, importing and including each other. libxml2 reads only the first import of a
namespace, so the files are merged in memory into one schema per namespace. Two known defects are mended on the way: the
`fixed="Exchange2016"` of RequestServerVersion, and an import of a file that does not exist (all imports are replaced).
What the set does not describe (out of office) comes from `fixtures/oof-*.xsd`, typed from the reference.
"""

import copy
import re
from pathlib import Path

from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
ERRORS = "http://schemas.microsoft.com/exchange/services/2006/errors"
XS = "http://www.w3.org/2001/XMLSchema"
FIXTURES = Path(__file__).parent / "fixtures"
FORBIDDEN = re.compile(rb"&#(x(0*[1-8bcefBCEF]|0*1[0-9a-fA-F]|[fF]{3}[eEfF])|0*([1-8]|1[124-9]|2[0-9]|3[01]));")
# What the 2016-level set cannot know, or the wire has besides it.
LEFT_OUT_OF_HEADERS = {f"{{{TYPES}}}{name}" for name in ("TimeZoneContext", "DateTimePrecision")}


def merged(folder, files, namespace, extra=()):
    """One schema document holding every distinct declaration of `files`."""
    whole = etree.Element(
        f"{{{XS}}}schema",
        nsmap={"xs": XS, "t": TYPES, "m": MESSAGES, "tns": namespace},
        targetNamespace=namespace,
        elementFormDefault="qualified",
    )
    if namespace == MESSAGES:
        etree.SubElement(whole, f"{{{XS}}}import", namespace=TYPES, schemaLocation="types.xsd")
    etree.SubElement(
        whole, f"{{{XS}}}import", namespace="http://www.w3.org/XML/1998/namespace", schemaLocation="xml.xsd"
    )
    etree.SubElement(whole, f"{{{XS}}}import", namespace=SOAP, schemaLocation="soap.xsd")
    seen = set()
    for name in files:
        for child in etree.parse(str(folder / name)).getroot():
            kind = etree.QName(child).localname if isinstance(child.tag, str) else ""
            key = (kind, child.get("name"))
            if kind in ("", "import", "include", "annotation") or key in seen:
                continue
            seen.add(key)
            whole.append(copy.deepcopy(child))
    for declaration in extra:
        if (etree.QName(declaration).localname, declaration.get("name")) not in seen:
            whole.append(declaration)
    return whole


def fixture(name):
    """The declarations of a schema of our own."""
    return list(etree.parse(str(FIXTURES / name)).getroot())


class Local(etree.Resolver):
    """Serves the merged documents; nothing is read from anywhere else."""

    def __init__(self, documents):
        super().__init__()
        self.documents = documents

    def resolve(self, url, public_id, context):
        return self.resolve_string(self.documents[url.rsplit("/", 1)[-1]], context)


class EwsSchema:
    """The schema set, ready to judge whole envelopes."""

    def __init__(self, folder):
        folder = Path(folder)
        names = sorted(path.name for path in folder.glob("*.xsd"))
        if not names:
            raise SystemExit(f"{folder} holds no EWS schemas")
        types = merged(folder, [n for n in names if "-types" in n], TYPES, extra=fixture("oof-types.xsd"))
        for element in types.iter(f"{{{XS}}}element"):
            if element.get("name") == "RequestServerVersion":
                del element.find(f".//{{{XS}}}attribute[@name='Version']").attrib["fixed"]
        messages = merged(folder, [n for n in names if "-message" in n], MESSAGES, extra=fixture("oof-messages.xsd"))
        parser = etree.XMLParser()
        parser.resolvers.add(
            Local(
                {
                    "types.xsd": etree.tostring(types),
                    "xml.xsd": (FIXTURES / "xml.xsd").read_bytes(),
                    "soap.xsd": (FIXTURES / "soap.xsd").read_bytes(),
                }
            )
        )
        self.schema = etree.XMLSchema(etree.fromstring(etree.tostring(messages), parser))

    def problems(self, body, request):
        """What is wrong with an envelope, as a list of sentences."""
        try:
            # A real server answers with references to characters that XML forbids; they are known, not judged.
            envelope = etree.fromstring(body if request else FORBIDDEN.sub(b"", body), etree.XMLParser(huge_tree=True))
        except etree.XMLSyntaxError as error:
            return [f"not well-formed: {error}"]
        if envelope.tag != f"{{{SOAP}}}Envelope":
            return ["not a SOAP 1.1 envelope"]
        tags = [child.tag for child in envelope if isinstance(child.tag, str)]
        if tags not in ([f"{{{SOAP}}}Body"], [f"{{{SOAP}}}Header", f"{{{SOAP}}}Body"]):
            return [f"envelope holds {tags}"]
        body = envelope[-1]
        if len(body) != 1:
            return [f"the body holds {len(body)} elements instead of one"]
        parts = [body[0]]
        if len(envelope) == 2:
            parts += [part for part in envelope[0] if part.tag not in LEFT_OUT_OF_HEADERS]
        needed = "RequestServerVersion" if request else "ServerVersionInfo"
        found = []
        if body[0].tag == f"{{{SOAP}}}Fault":
            parts, found = parts[1:], fault_problems(body[0])
        elif f"{{{TYPES}}}{needed}" not in [part.tag for part in parts]:
            found.append(f"no {needed} in the header")
        for part in parts:
            found += self.part_problems(part)
        return found

    def part_problems(self, part):
        """Judges one element as a document of its own."""
        alone = etree.fromstring(etree.tostring(part, with_tail=False), etree.XMLParser(huge_tree=True))
        if self.schema.validate(alone):
            return []
        return [f"{etree.QName(part).localname}, line {e.line}: {e.message}" for e in list(self.schema.error_log)[:5]]


def fault_problems(fault):
    """The layout of a fault as the reference describes it."""
    found = []
    if [child.tag for child in fault][:2] != ["faultcode", "faultstring"]:
        found.append("a fault begins with faultcode and faultstring, without namespace")
    detail = fault.find("detail")
    if detail is not None and detail.find(f"{{{ERRORS}}}ResponseCode") is None:
        found.append("a fault's detail names no ResponseCode")
    return found
