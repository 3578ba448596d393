"""A real MLflow server of the benchmark's own, a proxy before it that keeps what is asked, and who asks all of it again."""

import glob
import hashlib
import http.client
import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

API = "/api/2.0/mlflow/"
START_SECONDS = 120


def python():
    """A Python that has MLflow: that of Ablate's own server, or the peers'; None where there is none yet."""
    found = sorted(glob.glob(os.path.expanduser("~/.ablate/mlflow-*/complete")))
    return os.path.join(os.path.dirname(found[-1]), "bin", "python") if found else os.environ.get("PYTHON") or None


class Server:
    """Runs from its making to its `close`, at 127.0.0.1, as Ablate starts its own: one worker, SQLite."""

    def __init__(self):
        self.folder = tempfile.mkdtemp()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = "http://127.0.0.1:%d" % self.port
        log = os.path.join(self.folder, "log")
        with open(log, "w") as out:
            self.process = subprocess.Popen(
                [python(), "-m", "mlflow", "server", "--backend-store-uri", "sqlite:///%s/mlflow.db" % self.folder,
                 "--artifacts-destination", os.path.join(self.folder, "artifacts"), "--host", "127.0.0.1",
                 "--port", str(self.port), "--workers", "1"],
                env={**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true",
                     "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false", "UVICORN_ACCESS_LOG": "false"},
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                with open(log, encoding="utf-8", errors="replace") as text:
                    words = text.read()
                self.close()
                sys.exit("MLflow's server did not start\n" + words)
            time.sleep(0.1)

    def answers(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", "/version")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def close(self):
        """Ends it with the processes that it started: they are a group of their own."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Client:
    """One connection that stays open, and no more work than a request takes."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def send(self, method, path, body, kind="application/json", expected=200):
        self.connection.request(method, path, body, {"Content-Type": kind} if body else {})
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != expected:
            sys.exit("%s %s: %d %s" % (method, path, answer.status, content.decode(errors="replace")))
        return content

    def post(self, path, body):
        return json.loads(self.send("POST", API + path, json.dumps(body)))


class Proxy:
    """Passes on what comes to a server, and keeps it: (method, path, type, body, status, answer) each."""

    def __init__(self, port):
        kept = self.requests = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *words):
                pass

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                kind = self.headers.get("Content-Type") or ""
                server = http.client.HTTPConnection("127.0.0.1", port)
                server.request(self.command, self.path, body or None, {"Content-Type": kind} if body else {})
                answer = server.getresponse()
                content = answer.read()
                server.close()
                kept.append((self.command, self.path, kind, body, answer.status, content))
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.getheader("Content-Type") or "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = handle_any

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = "http://127.0.0.1:%d" % self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()


def replay(requests, port, name, number):
    """Asks a server the same again, one after the other, as if it were of another comparison; returns the seconds that it took.

    name: of the experiment, to which the number of the replay is added. Ids are those that the server gives now."""
    ids = {}
    some_id = re.compile(rb"m-[0-9a-f]{32}|[0-9a-f]{32}")
    experiment = re.compile(rb'(experiment_ids?(?:" *: *\[? *"|=)|/artifacts(?:/|\?path=))(\d+)')

    def plain(text):
        # an escaped quote ends in digits of an id
        return text.replace(b"\\u0027", b"'").replace(b"\\u003d", b"=")

    def renamed(text):
        text = plain(text).replace(name.encode(), b"%s-%d" % (name.encode(), number))
        text = experiment.sub(lambda found: found[1] + ids.get(b"experiment " + found[2], found[2]), text)
        return some_id.sub(lambda found: ids.get(found[0], found[0]), text)

    for _, path, _, body, _, _ in requests:
        if path.endswith("/runs/search"):
            key = re.search(rb"[0-9a-f]{64}", plain(body))[0]
            ids[key[:32]] = hashlib.md5(key + b"%d" % number).hexdigest().encode()
            break
    client = Client(port)
    begin = time.monotonic()
    for method, path, kind, body, status, answer in requests:
        given = client.send(method, renamed(path.encode()).decode(), renamed(body) or None, kind, status)
        if path.endswith("/experiments/create"):
            old, new = (json.loads(each)["experiment_id"].encode() for each in (answer, given))
            ids[b"experiment " + old] = new
        elif path.endswith("/create") or path.endswith("/logged-models"):
            # in the order in which the server writes them, which is that of the first time
            for old, new in zip(some_id.findall(answer), some_id.findall(given)):
                ids.setdefault(old, new)
    return time.monotonic() - begin


def endpoint(request):
    """What a request is about, in words."""
    method, path, _, body, _, _ = request
    path = re.sub(r"\?.*|(?<=/artifacts)/\d.*", "", path).removeprefix(API).removeprefix("/api/2.0/")
    path = re.sub(r"m-[0-9a-f]{32}", "ID", path)
    what = sorted(set(json.loads(body)) - {"run_id"}) if path == "runs/log-batch" else []
    return "%s %s%s" % (method, path, " (%s)" % ", ".join(what) if what else "")
