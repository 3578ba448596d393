"""The side of Ablate that a script sees: `Stop`, and what it is called with. Needs Python 3.9 and NumPy.

A script has train(options, data, random, report), which returns what predicts: a function of rows, or an object that has predict_proba
or predict. Ablate measures what it returns, and what it reports on the way; the targets of the test part stay with Ablate.
"""

import difflib
import gc
import hashlib
import importlib
import importlib.util
import json
import mmap
import operator
import os
import select
import shutil
import signal
import socket
import sys
import time
import traceback
import warnings

__all__ = ["Data", "Part", "Stop"]

# how long a process that is asked to end may take, in seconds
_PATIENCE = 8


class Stop(Exception):
    """Raised by report where the run is to stop: let it pass, or return the model as it is."""


class Part:
    """Rows and their targets: float64 arrays, [n, d] and [n], which cannot be written."""

    def __init__(self, rows, targets):
        self.rows = rows
        self.targets = targets


class Data(Part):
    """What is learned from.

    features: names of the columns; name: that of the target; task: "regression", "binary-classification" or "classes"
    classes: the numbers that stand for classes among the targets, 0, 1, ...; None of a regression
    labels: what the data call the classes
    validation: a Part to stop or choose by; None where there is none
    """

    def __init__(self, rows, targets, validation, about):
        super().__init__(rows, targets)
        self.validation = validation
        self.features = about["features"]
        self.name = about["name"]
        self.task = about["task"]
        self.labels = about["labels"]
        if self.labels:
            self.classes = _numpy().arange(len(self.labels), dtype=float)
            self.classes.flags.writeable = False
        else:
            self.classes = None


class _Misuse(Exception):
    """The script does not do what it is to do; the text is reported without the name of a class."""


class _Mute(Exception):
    """Nobody is there any more."""


def _numpy():
    # only where it is used: the process that forks must not wait for it, and says in words what is missing
    import numpy

    return numpy


class _Line:
    """Lines of JSON, one way and the other."""

    def __init__(self, connection):
        self._connection = connection
        self._heard = connection.makefile("rb")

    def say(self, **message):
        try:
            self._connection.sendall(json.dumps(message).encode() + b"\n")
        except OSError as e:
            raise _Mute() from e

    def hear(self):
        line = self._heard.readline()
        if not line.endswith(b"\n"):
            raise _Mute()
        return json.loads(line)


class _Pipes:
    """What a socket does, by two pipes, where there are no such sockets."""

    def __init__(self, heard, said):
        self._heard = heard
        self._said = said

    def makefile(self, mode):
        return os.fdopen(self._heard, mode)

    def sendall(self, data):
        while data:
            data = data[os.write(self._said, data):]


class _Model:
    """What a script returned, as a function of rows to an array of numbers."""

    def __init__(self, model, about):
        self.given = model
        self._classes = len(about["labels"])
        if callable(model):
            self._predict = model
        elif self._classes and hasattr(model, "predict_proba"):
            self._predict = model.predict_proba
        elif hasattr(model, "predict"):
            self._predict = model.predict
        else:
            raise _Misuse(
                "what cannot predict: train returned and reports a function of rows, or an object with predict, not "
                + type(model).__name__)

    def answers(self, rows):
        numpy = _numpy()
        given = numpy.asarray(self._predict(rows), dtype=numpy.float64)
        count = len(rows)
        outputs = self._classes if self._classes > 2 else 1
        if self._classes == 2 and given.shape == (count, 2):
            # both classes, as predict_proba has them
            given = given[:, 1]
        shapes = [(count, outputs)] + [(count,)] * (outputs == 1)
        if given.shape not in shapes:
            shapes += [(count, 2)] * (self._classes == 2)
            raise _Misuse("predictions of shape %s for %d rows: %s" % (
                given.shape, count, " or ".join(str(shape) for shape in shapes)) + " is asked for")
        given = numpy.ascontiguousarray(given).reshape(count, outputs)
        finite = numpy.isfinite(given).all(axis=1)
        if not finite.all():
            row = int(numpy.argmin(finite))
            raise _Misuse("predictions that are not finite: %s for row %d of %d" % (given[row].tolist(), row + 1, count))
        return given


class _Script:
    """The functions of a file, or of an estimator of a library."""

    def __init__(self, place):
        self.place = place
        self.folder = os.path.dirname(place)
        # by its own name, so that processes that it starts find what it has; unless that is taken
        name = os.path.splitext(os.path.basename(place))[0]
        name = "ablate_script" if name in sys.modules else name
        spec = importlib.util.spec_from_file_location(name, place)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        sys.path.insert(1, self.folder)
        spec.loader.exec_module(module)
        self.train = self._function(module, "train", True)
        self.save = self._function(module, "save", False)
        self.load = self._function(module, "load", False)
        if (self.save is None) != (self.load is None):
            have, lack = ("save", "load") if self.load is None else ("load", "save")
            raise _Misuse("a script that has %s and not %s: %s has to have both or none" % (
                have, lack, os.path.basename(place)))

    def _function(self, module, name, needed):
        function = getattr(module, name, None)
        if needed and not callable(function):
            near = [other for other in dir(module) if callable(getattr(module, other)) and not other.startswith("_")
                    and getattr(getattr(module, other), "__module__", None) == module.__name__]
            raise _Misuse("no function %s in %s%s" % (
                name, os.path.basename(self.place), "; it has " + ", ".join(near) if near else ""))
        return function


class _Estimator:
    """An estimator of scikit-learn, or of a library that is like it."""

    save = None
    load = None

    def __init__(self, name):
        self.place = ""
        module, _, kind = name.rpartition(".")
        try:
            self._kind = getattr(importlib.import_module(module), kind)
        except AttributeError:
            names = [other for other in dir(sys.modules[module]) if not other.startswith("_")]
            raise _Misuse("no %s in %s%s" % (kind, module, _near(kind, names))) from None

    def train(self, params, data, random, report):
        known = self._kind().get_params()
        for name in params:
            if name not in known:
                raise _Misuse("no parameter %s of %s%s" % (name, self._kind.__name__, _near(name, sorted(known))))
        if "random_state" in known and "random_state" not in params:
            params = {**params, "random_state": int(random("init").integers(2**31))}
        estimator = self._kind(**params)
        if data.classes is not None and not hasattr(estimator, "predict_proba") and len(data.classes) > 2:
            raise _Misuse("%s without predict_proba: of %d classes a number for each is asked for" % (
                self._kind.__name__, len(data.classes)))
        estimator.fit(data.rows, data.targets)
        if data.classes is not None and hasattr(estimator, "predict_proba"):
            return _OfAllClasses(estimator, len(data.classes))
        return estimator.predict


class _OfAllClasses:
    """Answers of an estimator with a column for each class, also for those that no row of the training part has."""

    def __init__(self, estimator, classes):
        self._estimator = estimator
        self._columns = estimator.classes_.astype(int)
        self._classes = classes

    def __call__(self, rows):
        given = self._estimator.predict_proba(rows)
        if len(self._columns) == self._classes:
            return given
        answers = _numpy().zeros((len(rows), self._classes))
        answers[:, self._columns] = given
        return answers


def _near(name, names):
    near = difflib.get_close_matches(name, names, 1, 0.5) or difflib.get_close_matches(
        name.lower(), [other.lower() for other in names], 1, 0.5)
    near = [other for other in names if near and other.lower() == near[0].lower()]
    if near:
        return "; did you mean %s?" % near[0]
    return "; there are " + ", ".join(names) if len(names) <= 40 else ""


class _Run:
    """One run in its process: trains, and answers what is asked of its model."""

    def __init__(self, line, script):
        self._line = line
        self._script = script
        self._folder = ""
        self._about = {}
        self._seed = None
        self._streams = {}
        self._rows = {}
        self._measured = []
        self._into = None
        self._next = 0
        self._last = -1
        self._total = None
        self._shown = None
        self._stopped = False
        # whether train goes on while Ablate measures, up to the next report
        self._ahead = False
        # the model that Ablate measures, until it says that it has
        self._owed = None

    def begin(self, asked):
        self._folder = asked["folder"]
        self._about = asked["about"]
        self._measured = asked.get("measured", [])
        self._ahead = asked.get("ahead", False)
        # open as long as the run lasts: a file that is made again for each answer waits for the disk
        self._into = open(os.path.join(self._folder, asked["into"]), "r+b")
        if "load" in asked:
            model = self._script.load(asked["load"])
        else:
            model = self._trained(asked)
            self._settle()
        if model is None:
            raise _Misuse("nothing that predicts: train returned None")
        model = _Model(model, self._about)
        saves = self._script.save is not None
        self._line.say(trained=True, saves=saves, total=1 if self._total is None else self._total, stopped=self._stopped)
        if not self._stopped:
            self._show(model)
        self._attend(model)

    def _trained(self, asked):
        data = asked["data"]
        validation = data.get("validation")
        part = Data(
            self._mapped(data["rows"]),
            self._mapped(data["targets"]),
            Part(self._mapped(validation["rows"]), self._mapped(validation["targets"])) if validation else None,
            self._about)
        try:
            return self._script.train(asked["options"], part, self.random, self.report)
        except Stop:
            return self._shown

    def _mapped(self, name):
        rows = self._rows.get(name)
        if rows is None:
            rows = _mapped_array(os.path.join(self._folder, name))
            self._rows[name] = rows
        return rows

    def random(self, name):
        """The generator of a stream of chance; asked twice, the same, going on where it was."""
        if name not in self._streams:
            if self._seed is None:
                self._settle()
                self._line.say(seed=True)
                self._seed = self._line.hear()["seed"]
            digest = hashlib.sha256(self._seed.to_bytes(8, "big", signed=True) + name.encode()).digest()
            numpy = _numpy()
            self._streams[name] = numpy.random.Generator(numpy.random.PCG64(int.from_bytes(digest, "big")))
        return self._streams[name]

    def report(self, step, total, predict):
        """Reports the model after so many steps of so many; it is measured where Ablate asks for it."""
        step = operator.index(step)
        total = operator.index(total)
        if self._stopped:
            _fail(self._line, self._script, _Misuse("a report after ablate.Stop: the script goes on where it is to stop"))
        if step <= self._last or step > total or total != (total if self._total is None else self._total):
            raise _Misuse("report(%d, %d), after report(%d, %s): steps have to rise up to one total" % (
                step, total, self._last, self._total) if self._last >= 0 else "report(%d, %d)" % (step, total))
        self._last = step
        self._total = total
        self._settle()
        # what train returns is measured as the last step
        if step < self._next or step == total:
            return
        self._shown = predict
        self._line.say(step=step, total=total, saves=self._script.save is not None)
        self._owed = _Model(predict, self._about)
        self._show(self._owed)
        if not self._ahead:
            self._settle()

    def _settle(self):
        """Hears what Ablate says of the last report, if it has not yet."""
        if self._owed is None:
            return
        model, self._owed = self._owed, None
        told = self._attend(model)
        self._next = told.get("next", 0)
        if told.get("stop"):
            self._stopped = True
            raise Stop()

    def _show(self, model):
        """Answers for what is measured."""
        if not self._measured:
            return
        try:  # the script must not catch what is thrown: the run has failed
            for part in self._measured:
                self._answer(model, part)
            self._line.say(done=True)
        except BaseException as e:
            _fail(self._line, self._script, e)

    def _attend(self, model):
        """Answers what is asked of a model, until that is all."""
        try:
            while True:
                asked = self._line.hear()
                if "rows" in asked:
                    self._answer(model, asked)
                elif "forget" in asked:
                    self._rows.pop(asked["forget"], None)
                    continue
                elif "save" in asked:
                    self._script.save(model.given, asked["save"])
                else:
                    return asked
                self._line.say(done=True)
        except BaseException as e:
            _fail(self._line, self._script, e)

    def _answer(self, model, asked):
        """Writes what a model answers to rows to its place in the file of answers."""
        answers = model.answers(self._mapped(asked["rows"]))
        self._into.seek(asked["at"])
        self._into.write(answers.astype("<f8", copy=False))
        self._into.flush()


def _mapped_array(file):
    """An array in a file of NumPy's format, version 1.0, of numbers of 64 bits, which is mapped, and cannot be written.

    That is less than numpy.load does, which takes a millisecond to read the header, and gives an array that is slower in each operation.
    """
    with open(file, "rb") as numbers:
        mapped = mmap.mmap(numbers.fileno(), 0, access=mmap.ACCESS_READ)
    begin = 10 + int.from_bytes(mapped[8:10], "little")
    shape = mapped[10:begin].split(b"(")[1].split(b")")[0].split(b",")
    return _numpy().ndarray(tuple(int(length) for length in shape if length), "<f8", mapped, begin)


def _fail(line, script, thrown):
    """Says what was thrown and where, and ends the process."""
    try:
        sys.stdout.flush()
        if not isinstance(thrown, (_Misuse, _Mute)):
            traceback.print_exception(type(thrown), thrown, thrown.__traceback__)
        sys.stderr.flush()
        line.say(**_failure(thrown, script.folder if isinstance(script, _Script) else ""))
    except (_Mute, OSError, ValueError):
        # nobody is there
        pass
    os._exit(0)


def _failure(thrown, folder):
    if isinstance(thrown, _Misuse):
        return {"error": str(thrown), "place": ""}
    text = "".join(traceback.format_exception_only(type(thrown), thrown)).strip().splitlines()[-1]
    own = os.path.abspath(__file__)
    frames = [frame for frame in traceback.extract_tb(thrown.__traceback__)
              if os.path.abspath(frame.filename) != own and not frame.filename.startswith("<frozen")
              and os.path.dirname(os.path.abspath(frame.filename)) != os.path.dirname(importlib.__file__)]
    near = [frame for frame in frames if folder and os.path.abspath(frame.filename).startswith(folder + os.sep)]
    place = ""
    if isinstance(thrown, SyntaxError) and thrown.filename:
        place = "%s:%s" % (os.path.basename(thrown.filename), thrown.lineno)
    elif near or frames:
        frame = (near or frames)[-1]
        place = "%s:%d" % (os.path.basename(frame.filename), frame.lineno)
    return {"error": text, "place": place}


def _loaded(asked):
    """Imports the script. Global generators that it leaves alone start by chance in each run, as in a process of its own."""
    import random

    numpy = _numpy()
    random.seed(0)
    numpy.random.seed(0)
    script = _Estimator(asked["estimator"]) if "estimator" in asked else _Script(asked["script"])
    if random.getstate() == random.Random(0).getstate():
        script.reseeds_random = True
    if _same(numpy.random.get_state(), numpy.random.RandomState(0).get_state()):
        script.reseeds_numpy = True
    return script


def _same(one, other):
    return one[0] == other[0] and (one[1] == other[1]).all() and one[2:] == other[2:]


def _by_chance(script):
    if getattr(script, "reseeds_random", False):
        import random

        random.seed()
    if getattr(script, "reseeds_numpy", False):
        _numpy().random.seed()


def _train(connection, asked_of_server, script):
    """One run, from what it is asked to its end, in a process of its own."""
    line = _Line(connection)
    try:
        line.say(pid=os.getpid())
        asked = line.hear()
        sink = os.open(os.path.join(asked["folder"], "printed.txt"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        os.close(sink)
        if script is None:
            script = _loaded(asked_of_server)
        _by_chance(script)
        _Run(line, script).begin(asked)
        sys.stdout.flush()
        sys.stderr.flush()
        line.say(over=True)
    except BaseException as e:
        _fail(line, script, e)
    # what the script has left running, such as threads, is not waited for
    os._exit(0)


class _Server:
    """Imports the script once, and forks a process for each run. It computes nothing: threads of OpenMP do not survive a fork."""

    def __init__(self, asked):
        self._asked = asked
        self._folder = asked["folder"]
        self._script = None
        self._children = {}
        self._ending = {}

    def serve(self):
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        control, hello = os.dup(0), os.dup(1)
        _redirect(os.path.join(self._folder, "import.txt"))
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(os.path.join(self._folder, "socket"))
        listener.listen(64)
        ready = {"version": ".".join(map(str, sys.version_info[:3])), "executable": sys.executable}
        if not self._asked["fresh"]:
            try:
                self._script = _loaded(self._asked)
                # a run that looked for garbage among all that was imported would copy the pages of it
                gc.collect()
                gc.freeze()
            except BaseException as e:
                if not isinstance(e, _Misuse):
                    traceback.print_exception(type(e), e, e.__traceback__)
                ready.update(_failure(e, os.path.dirname(self._asked.get("script", ""))))
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(hello, json.dumps(ready).encode() + b"\n")
        os.close(hello)
        if "error" not in ready:
            self._loop(control, listener)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _loop(self, control, listener):
        wakes, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        heard = b""
        while True:
            wait = 0.05 if self._ending else self._asked["idle"] if not self._children else None
            ready = select.select([control, listener, wakes], [], [], wait)[0]
            if wakes in ready:
                os.read(wakes, 4096)
            self._bury()
            if not ready and not self._children and not self._ending:
                return
            if listener in ready:
                self._fork(listener)
            if control in ready:
                read = os.read(control, 4096)
                if not read:
                    self._leave()
                    return
                lines = (heard + read).split(b"\n")
                heard = lines.pop()
                for line in lines:
                    self._end(int(line))

    def _fork(self, listener):
        connection = listener.accept()[0]
        with warnings.catch_warnings():
            # the libraries' threads wait, and are not used before the fork
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child:
            self._children[child] = connection
            return
        try:
            os.setsid()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            for other in self._children.values():
                other.close()
            listener.close()
            if self._script is None:
                connection.set_inheritable(True)
                asked = {**self._asked, "connection": connection.fileno()}
                os.execv(sys.executable, [sys.executable, os.path.abspath(__file__), "fresh", json.dumps(asked)])
            _train(connection, self._asked, self._script)
        finally:
            os._exit(70)

    def _end(self, child):
        """Asks a run and all that it has started to end."""
        if child in self._children:
            _signal(child, signal.SIGTERM)
            self._ending.setdefault(child, time.monotonic() + _PATIENCE)

    def _bury(self):
        """Says how runs have ended, and ends what they have left running."""
        while self._children:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if child == 0:
                break
            connection = self._children.pop(child, None)
            if connection is not None:
                if _signal(child, signal.SIGTERM):
                    self._ending.setdefault(child, time.monotonic() + _PATIENCE)
                try:
                    connection.settimeout(1)
                    connection.sendall(b'\n{"ended": %d}\n' % os.waitstatus_to_exitcode(status))
                except OSError:
                    pass
                connection.close()
        for child, until in list(self._ending.items()):
            if not _signal(child, 0):
                del self._ending[child]
            elif time.monotonic() > until:
                _signal(child, signal.SIGKILL)
                del self._ending[child]

    def _leave(self):
        """Nobody is there any more: ends all."""
        groups = set(self._children) | set(self._ending)
        for group in groups:
            _signal(group, signal.SIGTERM)
        until = time.monotonic() + 2
        while time.monotonic() < until:
            self._bury()
            groups = {group for group in groups if _signal(group, 0)}
            if not groups:
                return
            time.sleep(0.02)
        for group in groups:
            _signal(group, signal.SIGKILL)


def _signal(group, number):
    """Whether there was anyone to get it."""
    try:
        os.killpg(group, number)
        return True
    except (ProcessLookupError, PermissionError):
        return False


def _redirect(file):
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sink = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    os.close(sink)


def _main(what, asked):
    asked = json.loads(asked)
    # as the arguments of a script that is started by itself
    sys.argv[:] = [asked.get("script", "")]
    if what == "serve":
        _Server(asked).serve()
    elif what == "fresh":
        _train(socket.socket(fileno=asked["connection"]), asked, None)
    else:
        # without a server: over the pipes that a process is born with
        pipes = _Pipes(os.dup(0), os.dup(1))
        _redirect(os.devnull)
        _train(pipes, asked, None)


if __name__ == "__main__":
    # what the script gets by `import ablate` is this module, and no second one
    sys.modules["ablate"] = sys.modules["__main__"]
    _main(*sys.argv[1:])
