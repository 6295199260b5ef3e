"""Small pictures as bytes: JPEG of flat squares of eight by eight pixels, PNG of few colours. The same bytes everywhere: no
library packs them, whose versions would differ."""

import struct
import zlib

# ITU-T T.81, table K.3: how many codes of each length, for the categories 0 to 11
DC_LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]


class _Bits:
    """Bits into bytes; JPEG fills a byte from the top, deflate from the bottom."""

    def __init__(self):
        self.bits = []

    def add(self, value, count):
        self.bits += [value >> i & 1 for i in range(count - 1, -1, -1)]

    def add_low_first(self, value, count):
        self.bits += [value >> i & 1 for i in range(count)]

    def packed(self, fill, low_first):
        while len(self.bits) % 8:
            self.bits.append(fill)
        out = bytearray()
        for at in range(0, len(self.bits), 8):
            byte = self.bits[at:at + 8]
            out.append(sum(bit << (i if low_first else 7 - i) for i, bit in enumerate(byte)))
        return bytes(out)


def _dc_codes():
    codes, code, category = [], 0, 0
    for length, count in enumerate(DC_LENGTHS, 1):
        for _ in range(count):
            codes.append((code, length))
            code, category = code + 1, category + 1
        code <<= 1
    return codes


def _segment(marker, body):
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(rows):
    """rows of colours (red, green, blue); each becomes a square. Nothing but the mean of each square is written, so that
    it is as small as it can be."""
    codes, bits, before = _dc_codes(), _Bits(), [0, 0, 0]
    for row in rows:
        for red, green, blue in row:
            light = (299 * red + 587 * green + 114 * blue) // 1000
            levels = (light - 128, (blue - light) * 564 // 1000, (red - light) * 713 // 1000)
            for i, level in enumerate(levels):
                change, before[i] = level - before[i], level
                category = abs(change).bit_length()
                bits.add(*codes[category])
                bits.add(change if change >= 0 else change + (1 << category) - 1, category)
                bits.add(0, 1)      # and no more of this square
    height, width = len(rows) * 8, len(rows[0]) * 8
    scan = bits.packed(1, False).replace(b"\xff", b"\xff\x00")
    return b"".join([
        b"\xff\xd8",
        _segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        _segment(0xDB, b"\0" + bytes([8] * 64)),
        _segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x11\0\x02\x11\0\x03\x11\0"),
        _segment(0xC4, b"\0" + bytes(DC_LENGTHS) + bytes(range(sum(DC_LENGTHS)))),
        _segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\0"),
        _segment(0xDA, b"\x03\x01\0\x02\0\x03\0\0\x3f\0"),
        scan, b"\xff\xd9"])


def _literal(bits, byte):
    if byte < 144:
        bits.add(0x30 + byte, 8)
    else:
        bits.add(0x190 + byte - 144, 9)


def _repeat(bits, count):
    """The byte before, 3 to 10 times more (RFC 1951, section 3.2.5): a code of its own for each number, distance 1."""
    bits.add(257 + count - 3 - 256, 7)
    bits.add(0, 5)


def _deflated(data):
    bits, at = _Bits(), 0
    bits.add_low_first(0b011, 3)        # the last block, with the fixed codes
    while at < len(data):
        run = 1
        while at + run < len(data) and data[at + run] == data[at]:
            run += 1
        _literal(bits, data[at])
        at, run = at + run, run - 1
        while run >= 3:
            some = min(run, 10)
            _repeat(bits, some)
            run -= some
        for _ in range(run):
            _literal(bits, data[at - 1])
    bits.add(0, 7)
    return b"\x78\x01" + bits.packed(0, True) + struct.pack(">I", zlib.adler32(data))


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(rows, palette, scale):
    """rows of numbers of the palette's colours, the first of which is transparent; each becomes a square of scale pixels."""
    lines = bytearray()
    for row in rows:
        line = bytes(number for number in row for _ in range(scale))
        if len(line) % 4:
            raise ValueError("a line wants a whole number of bytes")
        packed = bytes(line[i] << 6 | line[i + 1] << 4 | line[i + 2] << 2 | line[i + 3] for i in range(0, len(line), 4))
        lines += (b"\0" + packed) * scale
    head = struct.pack(">IIBBBBB", len(rows[0]) * scale, len(rows) * scale, 2, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"PLTE", bytes(sum(palette, ()))) + \
        _chunk(b"tRNS", b"\0") + _chunk(b"IDAT", _deflated(bytes(lines))) + _chunk(b"IEND", b"")
