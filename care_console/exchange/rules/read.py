"""Reading a text file whose encoding nobody named, line by line and with little memory."""

import codecs
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from care_console.base.errors import CareError
from care_console.base.words import N_

LONGEST = 1_000_000  # characters of one line; what is beyond them is never kept
CHUNK = 1 << 16

BYTE_ORDER_MARKS = (  # UTF-32 first: its mark begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # .xlsx, .ods, .numbers; .xls
OTHERS = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"%PDF-",
    b"SQLite format 3",
    b"\x1f\x8b",
    b"\x7fELF",
)

# Windows gives five bytes of its code page 1252 no character; as controls they stay apart
WINDOWS = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
BYTES = {ord(letter): byte for byte, letter in enumerate(WINDOWS)}
LIKE_WINDOWS = "care-console.cp1252"
LENIENT = ("cp1252", "utf-8", "utf-8-sig")


class CannotRead(CareError):
    """The file is not one that can be taken in; the sentence says what to do about it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file and the encoding in which it can be read to its end without a stop."""

    path: Path
    encoding: str

    def lines(self) -> Iterator[str]:
        """Yield the lines without their ends, which may be those of any system, and without NUL.

        A line of more than LONGEST characters is cut, and is then still longer than LONGEST.
        Raises CannotRead, between two lines too, if the disk gives out.
        """
        return _split(self._chunks())

    def head(self) -> str:
        """Return the first CHUNK characters. Raises CannotRead."""
        return next(self._chunks(), "")

    def raw(self, text: str) -> bytes | None:
        """Return the bytes that were read as ``text``, or None where they surely were right.

        Only a file that is no Unicode may hold text of yet another encoding, and say so.
        """
        if self.encoding != "cp1252":
            return None
        return bytes(BYTES.get(ord(letter), 63) for letter in text)

    def _chunks(self) -> Iterator[str]:
        errors = LIKE_WINDOWS if self.encoding in LENIENT else "replace"
        with (
            _told(self.path),
            self.path.open(encoding=self.encoding, errors=errors) as file,
        ):
            while chunk := file.read(CHUNK):
                yield chunk.replace("\0", "")


def open_text(path: Path, encoding: str = "") -> Text:
    """Look through the whole file once and tell how it is to be read, unless ``encoding`` says it.

    A mark at its beginning decides, then NULs at every other byte (UTF-16), then whether its
    letters are mostly sound UTF-8; all else is read as Windows' code page 1252. Raises CannotRead.
    """
    _be_a_file(path)
    with _told(path), path.open("rb") as file:
        start = file.read(CHUNK)
        _be_text(path, start)
        file.seek(0)
        encoding = encoding or _marked(start) or _sixteen_bits(start) or _eight_bits(file.read)
    return Text(path, encoding)


def _be_a_file(path: Path) -> None:
    with _told(path):
        path.stat()  # tells best what is the matter
        if path.is_dir():
            raise CannotRead(
                N_("{file} is a folder. Name the files in it one by one."), file=shown(path)
            )
        if not path.is_file():
            raise CannotRead(N_("{file} is a device, not a file."), file=shown(path))


def _be_text(path: Path, start: bytes) -> None:
    if start.startswith(WORKBOOKS):
        raise CannotRead(
            N_(
                "{file} is a workbook or an archive. Open it in the program that made it and save"
                " it as CSV, then import that file."
            ),
            file=shown(path),
        )
    if start.startswith(OTHERS):
        raise not_text(path)


def not_text(path: Path) -> CannotRead:
    """Return what to raise for a picture, a program and the like."""
    return CannotRead(
        N_("{file} is not a text file. Save the addresses as CSV or vCard and import that file."),
        file=shown(path),
    )


def shown(path: Path) -> str:
    """Return ``path`` as it can be written anywhere, even where its name is no sound text."""
    return str(path).encode("utf-8", "replace").decode()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as trouble:
        raise CannotRead(N_("{file} is not there."), file=shown(path)) from trouble
    except PermissionError as trouble:
        raise CannotRead(
            N_("{file} may not be read by you. Ask its owner, or copy it to a folder of yours."),
            file=shown(path),
        ) from trouble
    except (OSError, ValueError) as trouble:  # ValueError: a NUL in the name
        why = getattr(trouble, "strerror", None) or trouble
        raise CannotRead(
            N_("{file} cannot be read: {why}."), file=shown(path), why=why
        ) from trouble


def _marked(start: bytes) -> str | None:
    marks = (encoding for mark, encoding in BYTE_ORDER_MARKS if start.startswith(mark))
    return next(marks, None)


def _sixteen_bits(start: bytes) -> str | None:
    """Letters of Latin script have a NUL as one half, always the same half."""
    half = max(len(start) // 2, 1)
    upper, lower = start[1::2].count(0) / half, start[::2].count(0) / half
    if upper > 0.4 > 0.04 > lower:
        return "utf-16-le"
    return "utf-16-be" if lower > 0.4 > 0.04 > upper else None


def _eight_bits(read: Callable[[int], bytes]) -> str:
    """UTF-8 if more letters are sound in it than broken; pure ASCII is UTF-8 too."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    sound = broken = 0
    while chunk := read(CHUNK):
        if chunk.isascii() and not decoder.getstate()[0]:
            continue
        text = decoder.decode(chunk)
        whole = text.encode("utf-8", "ignore").decode()
        broken += len(text) - len(whole)
        sound += len(whole) - len(whole.encode("ascii", "ignore"))
    broken += len(decoder.decode(b"", final=True))
    return "utf-8" if sound > broken or not broken else "cp1252"


def _split(chunks: Iterator[str]) -> Iterator[str]:
    rest, dropping = "", False
    for chunk in chunks:
        *whole, rest = (rest + chunk).split("\n")
        if dropping and whole:  # the end of the line that was yielded already
            del whole[0]
            dropping = False
        yield from whole
        if dropping:
            rest = ""
        elif len(rest) > LONGEST:
            yield rest
            rest, dropping = "", True
    if rest:
        yield rest


def _like_windows(trouble: UnicodeError) -> tuple[str, int]:
    assert isinstance(trouble, UnicodeDecodeError)
    lost = trouble.object[trouble.start : trouble.end]
    return "".join(WINDOWS[byte] for byte in lost), trouble.end


codecs.register_error(LIKE_WINDOWS, _like_windows)
