"""Lets runs of edgediff talk with the services, one request after the other.

Only one process works at a time, and a schedule says which of two goes on. So
what happens follows from the schedule and the faults alone.
"""
import re
import select
import socket

LENGTH = re.compile(rb'\r\ncontent-length: *(\d+)', re.I)
PATIENCE = 60  # seconds a process may work without a word


class Port:
    """Where one slot's run calls; waiting is the request that it waits for."""

    def __init__(self, slot):
        self.slot = slot
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.number = self.listener.getsockname()[1]
        self.connections = {}  # and what was received so far
        self.waiting = None  # (connection, request)
        self.run = None

    def accept(self):
        connection, _ = self.listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connections[connection] = b''

    def receive(self, connection):
        try:
            piece = connection.recv(1 << 16)
        except ConnectionResetError:
            piece = b''
        if not piece:
            self.drop(connection)
            return
        text = self.connections[connection] + piece
        head, found, _ = text.partition(b'\r\n\r\n')
        match = LENGTH.search(head)
        whole = len(head) + 4 + (int(match[1]) if match else 0)
        self.connections[connection] = text
        if found and len(text) >= whole:
            self.waiting = connection, text
            self.connections[connection] = b''

    def drop(self, connection):
        del self.connections[connection]
        connection.close()
        if self.waiting and self.waiting[0] is connection:
            self.waiting = None

    def wait(self):
        """Until the run waits for an answer, or has ended."""
        while self.run.status is None and not self.waiting:
            ready, _, _ = select.select(
                [self.slot, self.listener, *self.connections], [], [],
                PATIENCE)
            if not ready:
                self.run.kill()
            for one in ready:
                if one is self.listener:
                    self.accept()
                elif one is not self.slot:
                    self.receive(one)
            if self.slot in ready and self.run.status is None:
                self.slot.finish(self.run)
        if self.run.status is not None:
            self.clear()

    def end(self):
        """Kill its run, if there is one that hasn't ended."""
        if self.run and self.run.status is None:
            self.waiting = None
            self.run.kill()
            self.wait()

    def clear(self):
        self.waiting = None
        for connection in [*self.connections]:
            self.drop(connection)

    def answer(self, text, closed):
        connection, _ = self.waiting
        self.waiting = None
        try:
            connection.sendall(text)
        except (BrokenPipeError, ConnectionResetError):
            closed = True
        if closed and connection in self.connections:
            self.drop(connection)


def converse(ports, respond, clock, schedule):
    """Until the runs of all ports have ended.

    respond(run, request) gives the answer, and whether the connection is
    closed then; None if it has killed the run. schedule(count) chooses among
    so many runs that wait.
    """
    for port in ports:
        port.wait()
    while True:
        waiting = [port for port in ports if port.run.status is None]
        if not waiting:
            return
        port = waiting[schedule(len(waiting)) if len(waiting) > 1 else 0]
        _, request = port.waiting
        if request.startswith(b'WAIT '):
            clock.advance(max(1, int(request.split()[1])))
            port.answer(b'.', True)
        else:
            clock.advance(1)
            answer = respond(port.run, request)
            if answer is None:
                port.waiting = None
            else:
                port.answer(*answer)
        port.wait()
