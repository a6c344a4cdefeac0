"""Reads exported items: the record container, and the fast transfer stream in it. Written from the format's description alone.

An item becomes a dictionary of its properties (by id, or by set and name), with `recipients` and `attachments` as lists.
"""

import struct
import uuid

# Bytes of the types that have a fixed size.
FIXED = {0x2: 2, 0x3: 4, 0x4: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0xA: 4, 0xB: 2, 0x14: 8, 0x40: 8, 0x48: 16}
NEW_ATTACHMENT, END_ATTACHMENT = 0x40000003, 0x400E0003
START_EMBEDDED, END_EMBEDDED = 0x40010003, 0x40020003
START_RECIPIENT, END_RECIPIENT = 0x40030003, 0x40040003
MARKERS = {NEW_ATTACHMENT, END_ATTACHMENT, START_EMBEDDED, END_EMBEDDED, START_RECIPIENT, END_RECIPIENT}
# Properties of the transfer itself.
OF_THE_TRANSFER = {0x4008, 0x400F, 0x4016}


def item_of(container):
    """An item from the bytes of ExportItems, exportItems or an import."""
    stream, at = b"", 0
    while at < len(container):
        operation, length = struct.unpack_from("<II", container, at)
        data = container[at + 8 : at + 8 + length]
        assert len(data) == length, "the container is cut off"
        assert operation in (1, 2, 3, 4), f"unknown record {operation}"
        if operation == 2:
            stream += data
        at += 8 + length
    return Reader(stream).item()


class Reader:
    """Goes through a stream."""

    def __init__(self, stream):
        self.stream, self.at = stream, 0

    def item(self):
        """A whole item; nothing may be left over."""
        found = self.content()
        assert self.at == len(self.stream), f"something unexpected at {self.at}"
        return found

    def take(self, size):
        """The next bytes."""
        assert size <= len(self.stream) - self.at, "the stream is cut off"
        self.at += size
        return self.stream[self.at - size : self.at]

    def number(self):
        """An unsigned number of 32 bits."""
        return struct.unpack("<I", self.take(4))[0]

    def marker(self, expected):
        """Takes a marker if it comes next."""
        if self.stream[self.at : self.at + 4] != struct.pack("<I", expected):
            return False
        self.at += 4
        return True

    def content(self):
        """Properties, recipients and attachments."""
        found = self.properties() | {"recipients": [], "attachments": []}
        while True:
            if self.marker(START_RECIPIENT):
                found["recipients"].append(self.properties())
                assert self.marker(END_RECIPIENT), f"no end of a recipient at {self.at}"
            elif self.marker(NEW_ATTACHMENT):
                found["attachments"].append(self.attachment())
            elif self.at < len(self.stream) and self.next_is_property():
                found |= self.properties()
            else:
                return found

    def attachment(self):
        """An attachment, with the item that it may be."""
        found = self.properties()
        if self.marker(START_EMBEDDED):
            found["embedded"] = self.content()
            assert self.marker(END_EMBEDDED), f"no end of an embedded item at {self.at}"
        found |= self.properties()
        assert self.marker(END_ATTACHMENT), f"no end of an attachment at {self.at}"
        return found

    def next_is_property(self):
        """Whether no marker comes next."""
        return struct.unpack_from("<I", self.stream, self.at)[0] not in MARKERS

    def properties(self):
        """Properties up to a marker or the end."""
        found = {}
        while self.at < len(self.stream) and self.next_is_property():
            kind, number = struct.unpack("<HH", self.take(4))
            name = self.name() if number >= 0x8000 else number
            value = self.value(kind)
            if number not in OF_THE_TRANSFER:
                found[name] = value
        return found

    def name(self):
        """The name of a named property."""
        group = str(uuid.UUID(bytes_le=self.take(16)))
        if self.take(1) == b"\0":
            return group, self.number()
        start = self.at
        while self.take(2) != b"\0\0":
            pass
        return group, self.stream[start : self.at - 2].decode("utf-16-le")

    def value(self, kind):
        """One value, or a list."""
        if 0x1000 <= kind < 0x2000:
            return [self.value(kind & 0xFFF) for _ in range(self.number())]
        if kind in FIXED:
            data = self.take(FIXED[kind])
            if kind in (0x2, 0x3, 0x6, 0x14, 0x40):
                return int.from_bytes(data, "little", signed=True)
            return bool(data[0]) if kind == 0xB else data
        data = self.take(self.number())
        if kind in (0x102, 0xD, 0xFB):
            return data
        if kind in (0x1F, 0x84B0):
            return data.decode("utf-16-le", "surrogatepass").removesuffix("\0")
        assert kind == 0x1E or kind & 0x8000, f"unknown type {kind:04x}"
        return data.removesuffix(b"\0").decode("cp1252", "replace")
