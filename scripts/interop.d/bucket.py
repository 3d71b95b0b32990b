"""A bucket on loopback: S3Proxy, a real server that speaks as Amazon's do, over TLS, and checks every signature. With a
gate before it, where an evil hand can cut, send on and swell what comes back.
"""

import functools
import json
import secrets
import shutil
import socket
import ssl
import subprocess
import threading
import time

from bench import HERE, WORK, fetch, free_ports, python_with, run

NAME = "sessions"
PASSWORD = "changeit"
LARGEST = 64 << 20


@functools.cache
def s3proxy():
    """The folder with the jars of S3Proxy."""
    home = WORK / "s3proxy-3.0.0"
    done = home / "complete"
    if not done.exists():
        shutil.rmtree(home, ignore_errors=True)
        fetch(["mvn", "-B", "-q", "-f", HERE / "s3proxy" / "pom.xml",
               "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies", f"-DoutputDirectory={home}"])
        done.touch()
    return home


class Bucket:
    """A running S3Proxy with one bucket, and what a program has to know to use it."""

    def __init__(self, folder):
        self.folder = folder / "bucket"
        (self.folder / "things" / NAME).mkdir(parents=True)
        self.key, self.secret = "KEY" + secrets.token_hex(8), secrets.token_hex(20)
        self.authority = self.folder / "authority.pem"
        self.chain = self.folder / "chain.pem"
        store = self.folder / "identity.p12"
        self._tool("keytool", "-genkeypair", "-keyalg", "RSA", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
                   "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store)
        self._tool("keytool", "-exportcert", "-rfc", "-storepass", PASSWORD, "-keystore", store, "-file", self.authority)
        self._tool("openssl", "pkcs12", "-in", store, "-passin", f"pass:{PASSWORD}", "-nodes", "-out", self.chain)
        self.port = free_ports(8) + 7
        settings = {
            "s3proxy.secure-endpoint": f"https://127.0.0.1:{self.port}",
            "s3proxy.authorization": "aws-v4",
            "s3proxy.identity": self.key,
            "s3proxy.credential": self.secret,
            "s3proxy.keystore-path": store,
            "s3proxy.keystore-password": PASSWORD,
            "jclouds.provider": "filesystem",
            "jclouds.identity": "nobody",
            "jclouds.credential": "nothing",
            "jclouds.filesystem.basedir": self.folder / "things",
        }
        (self.folder / "s3proxy.conf").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(
                ["java", "-Xmx256m", "-cp", f"{s3proxy()}/*", "org.gaul.s3proxy.Main", "--properties",
                 self.folder / "s3proxy.conf"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder)
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < deadline, (self.folder / "log").read_text()[-2000:]
            time.sleep(0.1)

    @staticmethod
    def _tool(*command):
        done = run(command)
        assert done.returncode == 0, done.stdout + done.stderr

    def _answers(self):
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def endpoint(self, port=None):
        return f"https://localhost:{port or self.port}"

    def variables(self, port=None, secret=None):
        """The environment by which all tools know a bucket."""
        return {"AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": secret or self.secret,
                "AWS_ENDPOINT_URL_S3": self.endpoint(port), "AWS_CA_BUNDLE": str(self.authority)}

    def amazon(self, do, name, port=None, **more):
        """One errand for Amazon's own client."""
        errand = {"do": do, "endpoint": self.endpoint(port), "key": self.key, "secret": self.secret, "bucket": NAME,
                  "authority": str(self.authority), "name": name, **more}
        done = run([python_with("boto3-1.44.8"), HERE / "boto3_side.py", json.dumps(errand)])
        assert done.returncode == 0, f"boto3 could not {do}: {done.stderr.strip()[-1500:]}"
        return json.loads(done.stdout)

    def read(self, name):
        return bytes.fromhex(self.amazon("read", name))

    def sign(self, method, name, seconds=600, port=None):
        return self.amazon("sign", name, port, method=f"{method}_object", seconds=seconds)

    def close(self):
        self.process.kill()
        self.process.wait(20)


class Gate:
    """Stands before the bucket, with its certificate. Each line that comes in meets the next trick; when there is none,
    it goes through."""

    def __init__(self, bucket):
        self.bucket = bucket
        self.tricks = []
        self.lines = 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(bucket.chain)
        self.inside = ssl.create_default_context(cafile=str(bucket.authority))
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                plain, _ = self.door.accept()
            except OSError:
                return
            try:
                with self.context.wrap_socket(plain, server_side=True) as line:
                    self.lines += 1
                    (self.tricks.pop(0) if self.tricks else self.let_through)(line)
            except OSError:
                pass  # whoever came has gone; so does the next trick

    @staticmethod
    def request(line):
        """Head and body of what is asked."""
        read = b""
        while b"\r\n\r\n" not in read:
            part = line.recv(65536)
            if not part:
                return read
            read += part
        head, body = read.split(b"\r\n\r\n", 1)
        length = [int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")]
        while length and len(body) < length[0]:
            body += line.recv(65536)
        return head.replace(b"\r\nConnection: keep-alive", b"") + b"\r\nConnection: close\r\n\r\n" + body

    def let_through(self, line):
        asked = self.request(line)
        with socket.create_connection(("127.0.0.1", self.bucket.port)) as plain:
            with self.inside.wrap_socket(plain, server_hostname="localhost") as bucket:
                bucket.sendall(asked)
                while part := bucket.recv(65536):
                    line.sendall(part)

    def answers(self, text):
        """The trick of an answer that the bucket never gave."""
        return lambda line: (self.request(line), line.sendall(text.encode()))

    def status(self, number):
        return self.answers(f"HTTP/1.1 {number} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def cut(self, line):
        """A file that ends in the middle."""
        self.request(line)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nSQLite format 3")

    def swell(self, line):
        """More than any session, with no word before of how much it will be."""
        self.request(line)
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(2 * LARGEST >> 20):
            line.sendall(b"100000\r\n" + bytes(1 << 20) + b"\r\n")

    def close(self):
        self.door.close()


# --- the checks -------------------------------------------------------------------------------------------------------


class Trip:
    """A file that goes to a bucket and back; whatever our program says on the way is searched for secrets."""

    def __init__(self, stage):
        self.stage = stage
        self.file = stage.plain()
        self.content = self.file.read_bytes()
        self.bucket = Bucket(stage.folder)
        self.gate = Gate(self.bucket)
        self.secrets = {self.bucket.secret, "X-Amz-Signature", "Signature="}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.gate.close()
        self.bucket.close()
        shutil.rmtree(self.bucket.folder)

    def ours(self, *arguments, code=0, variables=None, answers=()):
        # What Java's HTTP client can say of itself is asked for, too.
        self.stage.ours.env.update(self.bucket.variables(), **(variables or {}),
                                   JAVA_OPTS="-Djdk.httpclient.HttpClient.log=all -Djdk.internal.httpclient.debug=false")
        try:
            done = self.stage.ours.run(*arguments, "--debug", codes=(code,), answers=answers)
        finally:
            for name in {*self.bucket.variables(), *(variables or {}), "JAVA_OPTS"}:
                del self.stage.ours.env[name]
        said = done.stdout + done.stderr
        found = [secret for secret in self.secrets if secret in said]
        assert not found, f"a secret in what {arguments[0]} says"
        return said

    def fetched(self, where, **more):
        back = self.stage.folder / "back.session"
        back.unlink(missing_ok=True)
        self.ours("fetch", where, "-o", back, **more)
        assert back.read_bytes() == self.content, "another file came back"
        assert back.stat().st_mode & 0o777 == 0o600

    def url(self, method, name, **more):
        url = self.bucket.sign(method, name, **more)
        self.secrets.add(url.split("?")[1])
        return {"SESSION_URL": url}


def by_key_and_secret(stage):
    with Trip(stage) as trip:
        trip.ours("send", trip.file, "--to", f"s3://{NAME}/a folder/über+&.session")
        assert trip.bucket.read("a folder/über+&.session") == trip.content
        trip.fetched(f"s3://{NAME}/a folder/über+&.session")
        trip.ours("send", trip.file, "--to", f"s3://{NAME}/all/")
        assert trip.bucket.read(f"all/{trip.file.name}") == trip.content
        said = trip.ours("fetch", f"s3://{NAME}/all/{trip.file.name}", "-o", "x.session", code=1,
                         variables={"AWS_SECRET_ACCESS_KEY": "another" + secrets.token_hex(8)})
        assert "do not fit" in said, said
        said = trip.ours("fetch", f"s3://{NAME}/nothing", "-o", "x.session", code=6)
        assert "nothing of that name" in said, said
        trip.ours("login", "out", "--practice", "--out", f"s3://{NAME}/", "--out", "file",
                  answers=("+9996620001", "22222"))
        assert trip.bucket.read("out.practice.session") == (stage.folder / "out.practice.session").read_bytes()
        return f"{len(trip.content)} bytes, read by boto3 too; a wrong secret is refused"


def by_presigned_url(stage):
    with Trip(stage) as trip:
        trip.ours("send", trip.file, "--to", "env:SESSION_URL", variables=trip.url("put", "one.session"))
        assert trip.bucket.read("one.session") == trip.content
        trip.fetched("env:SESSION_URL", variables=trip.url("get", "one.session"))
        url = trip.url("get", "one.session")
        said = trip.ours("send", trip.file, "--to", "-", answers=(url["SESSION_URL"],), code=1)
        assert "refuses" in said, said
        url = trip.url("get", "one.session", seconds=1)
        time.sleep(2.5)
        said = trip.ours("fetch", "env:SESSION_URL", "-o", "x.session", variables=url, code=1)
        assert "run out" in said, said
        changed = {"SESSION_URL": trip.url("get", "one.session")["SESSION_URL"].replace("one.session", "two.session")}
        trip.ours("fetch", "env:SESSION_URL", "-o", "x.session", variables=changed, code=1)
        return "signed by boto3; not after its time, not the other way, not for another name"


def through_an_evil_gate(stage):
    with Trip(stage) as trip:
        gate = trip.gate
        put = trip.url("put", "gate.session", port=gate.port)
        get = trip.url("get", "gate.session", port=gate.port)
        gate.tricks += [gate.status(500), gate.status(503)]
        trip.ours("send", trip.file, "--to", "env:SESSION_URL", variables=put)
        assert trip.bucket.read("gate.session") == trip.content and gate.lines == 3
        gate.tricks += [gate.status(502), gate.cut]
        trip.fetched("env:SESSION_URL", variables=get)
        assert gate.lines == 6

        def refused(trick, code, words):
            before = gate.lines
            gate.tricks += [trick]
            said = trip.ours("fetch", "env:SESSION_URL", "-o", "x.session", variables=get, code=code)
            assert words in said and gate.lines == before + 1, said
            assert not (stage.folder / "x.session").exists()

        refused(gate.status(403), 1, "run out")
        refused(gate.answers("HTTP/1.1 307 x\r\nLocation: https://other.example/?key=1\r\nContent-Length: 0\r\n\r\n"), 1,
                "other.example")
        refused(gate.swell, 6, "larger than any session")
        gate.tricks += [gate.cut] * 4
        trip.ours("fetch", "env:SESSION_URL", "-o", "x.session", variables=get, code=3)
        return "500, 503, 502 and a cut line were tried again; 403, another host and too much were not"


def all_checks():
    yield "A bucket of S3Proxy takes and gives a session by key and secret", by_key_and_secret
    yield "A bucket of S3Proxy takes and gives a session by presigned URL", by_presigned_url
    yield "A bucket of S3Proxy behind an evil gate", through_an_evil_gate
