"""A mail server of forty lines on loopback: what it is handed is what a real one would be handed."""

import socketserver
import threading
from email import message_from_bytes, policy


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 ready")
        self.envelope = {"recipients": []}
        for line in self.rfile:
            word = line.split(b":")[0].strip().upper()
            if word == b"DATA":
                self.say("354 go on")
                self.take()
            elif word == b"RCPT TO" and self.server.refuses:
                self.say(f"550 no such mailbox: {line.decode().strip()}")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                if word == b"RCPT TO":
                    self.envelope["recipients"].append(line.split(b"<")[1].split(b">")[0].decode())
                self.say("250 ok")

    def take(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.mails.append((self.envelope["recipients"], mail))
        self.say("250 taken")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`mails` holds (recipients, message) of each mail taken; `refuses` turns every recipient down."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails = []
        self.refuses = False

    def __enter__(self):
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        return self

    def __exit__(self, *exception):
        self.shutdown()
        self.thread.join()
        self.server_close()
