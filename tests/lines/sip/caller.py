"""A process of its own that calls a line so often a second, and says again what was lost."""

import heapq
import select
import socket
import sys
import time
from contextlib import suppress

AGAIN_S, LONGEST_S = 0.5, 4.0  # T1 and T2 of RFC 3261, 17.1.1.1
HELD_S = 1.0
PATIENCE_S = 45.0

BODY = (
    b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    b"m=audio 4000 RTP/AVP 0\r\n"
)
TEXT = (
    "{method} {contact} SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bKload{number};rport\r\n"
    'From: "Customer" <sip:{number}@127.0.0.1>;tag=t{number}\r\n'
    "To: <sip:202@127.0.0.1>\r\nCall-ID: load{number}@127.0.0.1\r\nCSeq: 1 {method}\r\n"
    "Max-Forwards: 70\r\nContact: <sip:pbx@127.0.0.1:{port}>\r\n"
    "P-Asserted-Identity: <sip:{number}@127.0.0.1>\r\nContent-Length: {length}\r\n\r\n"
)


class Load:
    """Calls on their way."""

    def __init__(self, port: int, contact: str) -> None:
        self.to = ("127.0.0.1", port)
        self.contact = contact
        self.wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.wire.bind(("127.0.0.1", 0))
        self.wire.setblocking(False)
        self.own = self.wire.getsockname()[1]
        self.due: list[tuple[float, str, int, float]] = []
        self.heard: set[tuple[str, int]] = set()
        self.over = 0
        self.again = 0

    def send(self, method: str, number: int) -> None:
        body = BODY if method == "INVITE" else b""
        told = {"method": method, "number": number, "length": len(body)}
        text = TEXT.format(contact=self.contact, port=self.own, **told)
        self.wire.sendto(text.encode() + body, self.to)

    def act(self, method: str, number: int, wait: float) -> None:
        """Say it, and again later: more often would drown who is late already.

        A CANCEL waits until the INVITE was answered, or it would be of nothing (RFC 3261, 9.1).
        """
        if (method, number) in self.heard:
            return
        if method == "INVITE" or ("INVITE", number) in self.heard:
            self.again += wait > AGAIN_S
            self.send(method, number)
            self.later(wait, method, number, min(2 * wait, LONGEST_S))
        else:
            self.later(AGAIN_S, method, number, wait)

    def later(self, seconds: float, method: str, number: int, wait: float) -> None:
        heapq.heappush(self.due, (time.monotonic() + seconds, method, number, wait))

    def take_all(self) -> None:
        with suppress(BlockingIOError):
            while True:
                self.take(self.wire.recv(65_536))

    def take(self, data: bytes) -> None:
        number = int(data.partition(b"branch=z9hG4bKload")[2].partition(b";")[0])
        method = data.partition(b"CSeq: 1 ")[2].partition(b"\r\n")[0].decode()
        self.heard.add((method, number))
        if data.startswith(b"SIP/2.0 487"):
            self.send("ACK", number)
            if ("over", number) not in self.heard:
                self.heard.add(("over", number))
                self.over += 1

    def run(self, first: int, calls: int, rate: float) -> None:
        began = time.monotonic()
        for number in range(calls):
            at = began + number / rate
            heapq.heappush(self.due, (at, "INVITE", first + number, AGAIN_S))
            heapq.heappush(self.due, (at + HELD_S, "CANCEL", first + number, AGAIN_S))
        until = began + calls / rate + PATIENCE_S
        while self.over < calls and (now := time.monotonic()) < until:
            while self.due and self.due[0][0] <= now:
                self.act(*heapq.heappop(self.due)[1:])
            wait = max(0.0, self.due[0][0] - time.monotonic()) if self.due else 0.1
            select.select([self.wire], [], [], min(wait, 0.1))
            self.take_all()  # before anything is said again to which the answer is here
        sys.stdout.write(f"{self.over} {self.again}\n")


if __name__ == "__main__":
    port, contact, first, calls, rate = sys.argv[1:]
    Load(int(port), contact).run(int(first), int(calls), float(rate))
