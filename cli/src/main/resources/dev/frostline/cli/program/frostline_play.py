"""Runs a program as it is or with one change, and keeps a record of its events. Nothing of it costs what the two differ in.

"python play.py PLAN RECORD SCRIPT ARGUMENT..." runs SCRIPT as "python SCRIPT ARGUMENT..." would; "-m MODULE" in its place as
that would; with a handler in the plan it plays recorded events as Lambda would. PLAN is marshalled by frostline_defer.py: code
that stands for that of some files. RECORD gets a line for each thing seen, all times CPU microseconds of this process:

    code 12345                 the program's own code begins
    event 0 81234              an event begins; before event 0 is init
    used pdfkit 4              a deferred import of pdfkit was reached in event 4 (-1: in init)
    loaded pdfkit 4            and it was there when event 4 began (-1: when init ended)
    answer 0 {"n": 1}          what the handler answered
    skipped 1                  an event was not played
    exit 95678

Events whose numbers stand in FROSTLINE_SKIPPED are not played: so it is seen what the others need that come first then.
"""
import atexit
import builtins
import marshal
import posix
import sys
import time

CLIENT = "awslambdaric.lambda_runtime_client"
RUNTIME = ("decimal", "enum", "importlib", "json", "logging", "math", "os", "time", "traceback")  # awslambdaric loads them
importlib, files = sys.modules["_frozen_importlib"], sys.modules["_frozen_importlib_external"]
plan, record, seen, event_number, wait, skipped, handlers, ended = {}, None, set(), -1, None, set(), set(), False


def say(*words):
    file = posix.open(record, posix.O_WRONLY | posix.O_CREAT | posix.O_APPEND | posix.O_CLOEXEC, 0o600)
    try:
        posix.write(file, (" ".join(map(str, words)) + "\n").encode("utf-8", "backslashreplace"))
    finally:
        posix.close(file)


def micros():
    return time.process_time_ns() // 1000


def event(handler=None):
    """An event begins; True, or for its handler one that does nothing, where it is skipped. With the first one init is over: the
    layer hears it from the client that it watches."""
    global event_number, wait
    at = micros()
    if not handler and is_within(sys._getframe(1)):
        return False
    if wait:
        over, wait = wait, None
        over()
    if event_number < 0 and plan["survey"]:
        survey.report(say)
    loaded()
    event_number += 1
    say("event", event_number, at)
    if event_number == 0:
        atexit.register(end)
        if plan["survey"]:
            survey.watch_code()
    if event_number in skipped and CLIENT not in sys.modules:
        say("skipped", event_number)
        return (lambda *arguments, **named: None) if handler else True
    return handler


def is_within(frame):
    """Whether one handler hands its event to another, or to itself."""
    handlers.add(frame.f_code)
    while frame.f_back:
        frame = frame.f_back
        if frame.f_code in handlers:
            return True
    return False


def end():
    """What runs at exit is no event's."""
    global ended
    loaded()
    ended = True


def loaded():
    for name in () if ended else plan["watched"]:
        if name in sys.modules and ("loaded", name) not in seen:
            seen.add(("loaded", name))
            say("loaded", name, event_number)


def used(name, value=None):
    if (name, event_number) not in seen and not ended:
        seen.add((name, event_number))
        say("used", name, event_number)
    return value


def exited():
    at = micros()
    if plan["survey"]:
        (survey.report if event_number < 0 else survey.report_code)(say)
    loaded()
    say("exit", at)


class NotInstalled:
    """Finds what is dropped nowhere, first of all finders."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        for dropped in plan["dropped"]:
            if name == dropped or name.startswith(dropped + "."):
                raise ModuleNotFoundError("No module named %r" % name, name=name)
        return None


class Client:
    def wait_next_invocation(self):
        pass


class Context:
    """What a handler is told of its invocation."""

    function_name = log_group_name = "local"
    function_version, memory_limit_in_mb, client_context, identity = "$LATEST", 1024, None, None
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:local"

    def __init__(self, number):
        self.aws_request_id = "00000000-0000-4000-8000-%012d" % number
        self.log_stream_name = "local"

    @staticmethod
    def get_remaining_time_in_millis():
        return 300000


def code_of(path, plain):
    name = plan["codes"].get(path)
    if name is None:
        return plain()
    with open(name, "rb") as file:
        return marshal.loads(file.read())


def begin():
    global plan, record, skipped, survey
    with open(sys.argv[1], "rb") as file:
        plan = marshal.load(file)
    record = sys.argv[2]
    skipped = set(map(int, sys.modules["os"].environ.pop("FROSTLINE_SKIPPED", "").split()))
    del sys.argv[:3]
    if hasattr(sys, "orig_argv"):
        at = sys.orig_argv.index(record)
        del sys.orig_argv[at - 2 : at + 1]
    builtins.__frostline_used__, builtins.__frostline_event__ = used, event
    atexit.register(exited)
    if plan["handler"]:
        for name in RUNTIME:
            __import__(name)
    watch_client()
    plain = files.SourceFileLoader.get_code
    if plan["codes"]:
        files.SourceFileLoader.get_code = lambda self, name: code_of(self.path, lambda: plain(self, name))
    if plan["uncompiled"]:
        files.SourceFileLoader.get_code = lambda self, name: uncompiled(self, name, plain)
    if plan["dropped"]:
        sys.meta_path.insert(0, NotInstalled)
    if plan["survey"]:
        import frostline_survey as survey

        survey.watch()
    sys.path[0] = plan["folder"]
    say("code", micros())


def uncompiled(loader, name, plain):
    """As where no .pyc can be written; those that Python itself has stay."""
    if loader.path.startswith(plan["uncompiled"]):
        return plain(loader, name)
    return loader.source_to_code(loader.get_data(loader.path), loader.path)


def watch_client():
    """The layer takes the end of init from awslambdaric's client, and looks for it with each load by name."""
    global wait
    if not plan["ends"]:
        return
    module = type(sys)(CLIENT)
    module.LambdaRuntimeClient = Client
    sys.modules[CLIENT] = module
    importlib._gcd_import("frostline_end")
    del sys.modules[CLIENT], sys.modules["frostline_end"]
    wait = Client().wait_next_invocation


def program():
    """The code of the program, for play.py to run in the real __main__."""
    begin()
    names = sys.modules["__main__"].__dict__
    for name in [name for name in names if name not in ("__name__", "__doc__", "__package__", "__builtins__", "__annotations__")]:
        del names[name]
    names.update(__spec__=None, __loader__=None)
    if plan["handler"]:
        return compile("__frostline_play__()", "play", "exec") if hand_over(play) else None
    if plan["module"]:
        import runpy

        sys.argv.insert(0, "-m")
        del sys.argv[1]  # -m itself
        module = sys.argv.pop(1)
        sys.argv[0] = "-m"
        return compile("__frostline_play__()", "play", "exec") if hand_over(lambda: runpy._run_module_as_main(module)) else None
    path = plan["script"]
    names.update(__file__=path if sys.version_info >= (3, 9) else sys.argv[0], __cached__=None)
    names["__loader__"] = files.SourceFileLoader("__main__", names["__file__"])
    return code_of(path, lambda: compile(open(path, "rb").read(), names["__file__"], "exec", dont_inherit=True))


def part(number):
    """What init prints is told from what an event prints."""
    if not getattr(sys.stdout, "closed", True):
        sys.stdout.flush()
    posix.write(1, b"event %d\n" % number)


def hand_over(function):
    builtins.__frostline_play__ = function
    return True


def play():
    """Init is the handler's module; then come the events."""
    import json
    import traceback

    module, _, function = plan["handler"].rpartition(".")
    handler = getattr(importlib._gcd_import(module.replace("/", ".")), function)
    with open(plan["events"], encoding="utf-8") as file:
        events = json.load(file)
    for number, one in enumerate(events):
        part(number)
        if event():
            continue
        try:
            answer = json.dumps(handler(one, Context(number)), default=repr)
        except Exception as error:
            traceback.print_exc()
            answer = json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)})
        say("answer", number, answer)
    if plan["survey"]:
        sys.setprofile(None)  # what runs at exit is no event's
