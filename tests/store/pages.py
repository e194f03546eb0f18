"""The pages of a ciphered file in the clear, and which rows of a table lie on which of them."""

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVE, IV = 4096, 48, 16  # SQLCipher with an HMAC of SHA-256
LEAF, INTERIOR = 0x0D, 0x05  # of a table: https://www.sqlite.org/fileformat2.html, 1.6


def clear(page, key):
    """Return what a page holds, which is not the first."""
    body, iv = page[: PAGE - RESERVE], page[PAGE - RESERVE : PAGE - RESERVE + IV]
    return Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor().update(body)


def varint(page, at):
    """Return a number of SQLite's, and where the next one begins."""
    value = 0
    for step in range(9):
        byte = page[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value, at + 9


def cells(page, head):
    count = int.from_bytes(page[3:5], "big")
    return [int.from_bytes(page[head + 2 * n : head + 2 * n + 2], "big") for n in range(count)]


def rows_of(file, key, number):
    """Return the numbers of the rows that are lost with a page, which is not the first."""
    with open(file, "rb") as there:
        there.seek(number * PAGE)
        page = clear(there.read(PAGE), key)
    if page[0] == LEAF:
        return {varint(page, varint(page, at)[1])[0] for at in cells(page, 8)}
    if page[0] == INTERIOR:
        below = [int.from_bytes(page[at : at + 4], "big") for at in cells(page, 12)]
        below.append(int.from_bytes(page[8:12], "big"))
        return set().union(*(rows_of(file, key, each - 1) for each in below))
    return set()
