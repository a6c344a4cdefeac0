"""Validates Autodiscover, SOAP and plain XML, against fixtures typed from the protocol reference."""

from lxml import etree

from ews_schema import FIXTURES, SOAP

NAMESPACE = "http://schemas.microsoft.com/exchange/2010/Autodiscover"


def schema(name):
    """A schema of our own."""
    return etree.XMLSchema(etree.parse(str(FIXTURES / name)))


class AutodiscoverSchema:
    """Both kinds of Autodiscover."""

    def __init__(self):
        self.soap = schema("autodiscover.xsd")
        self.pox = schema("pox-request.xsd"), schema("pox-response.xsd")

    def problems(self, body, request):
        """What is wrong with a message, as a list of sentences."""
        try:
            root = etree.fromstring(body)
        except etree.XMLSyntaxError as error:
            return [f"not well-formed: {error}"]
        if root.tag != f"{{{SOAP}}}Envelope":
            return judged(self.pox[0] if request else self.pox[1], root)
        content = root.find(f"{{{SOAP}}}Body")
        if content is None or len(content) != 1:
            return ["the body does not hold exactly one element"]
        parts = [content[0], *root.iterfind(f"{{{SOAP}}}Header/{{{NAMESPACE}}}*")]
        version = "RequestedServerVersion" if request else "ServerVersionInfo"
        found = [] if f"{{{NAMESPACE}}}{version}" in [part.tag for part in parts] else [f"no {version} in the header"]
        return found + [problem for part in parts for problem in judged(self.soap, part)]


def judged(judge, element):
    """What a schema says of one element."""
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    if judge.validate(alone):
        return []
    return [f"{etree.QName(element).localname}, line {e.line}: {e.message}" for e in list(judge.error_log)[:5]]
