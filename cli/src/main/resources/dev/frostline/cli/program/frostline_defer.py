"""Writes patches that import a module where it is used, and not where a file begins; Python 3.8 and newer.

A patch is text, made from the file's own: what is run, shown and advised is the same. From Python 3.15 on it names the modules in
the file's __lazy_modules__ (PEP 810) and leaves the import where it is. Before, in a function the import goes into the
innermost block in front of the first statement that uses it, one loop deep at most where that loop always uses it. What uses the name while
its module is imported cannot be served so: base classes, decorators, default arguments, star imports and the like are told
with their line.

Reads a request on standard input and answers on standard output, both JSON; the keys are those of main().
"""
import ast
import difflib
import glob
import io
import itertools
import json
import marshal
import os
import re
import sys
import tokenize

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LOOPS = (ast.For, ast.AsyncFor, ast.While)
MISSING = ("ImportError", "ModuleNotFoundError", "Exception", "BaseException")
DYNAMIC = ("globals", "eval", "exec")
HANDLERS = ("handler", "lambda_handler")
CLIENT = "awslambdaric.lambda_runtime_client"
LAZY = "__lazy_modules__"


class Needed(Exception):
    """Why an import has to stay where it is."""

    def __init__(self, node, why):
        super().__init__(why)
        self.line, self.why = node.lineno, why


class Import:
    """One name that an import statement of a module binds."""

    def __init__(self, source, statement, alias, path):
        self.source, self.statement, self.alias, self.path = source, statement, alias, path
        self.star = alias.name == "*"
        if isinstance(statement, ast.ImportFrom):
            self.base = source.absolute(statement.module or "", statement.level)
            self.name, self.attribute = alias.asname or alias.name, alias.name
        else:
            self.base = alias.name
            self.name, self.attribute = alias.asname or alias.name.partition(".")[0], None

    def text(self, name=None):
        """A statement that binds this name alone."""
        asname = name if name and name != (self.alias.asname or self.alias.name) else self.alias.asname
        alias = self.alias.name + (" as " + asname if asname else "")
        if self.attribute is None:
            return "import " + alias
        return "from %s%s import %s" % ("." * self.statement.level, self.statement.module or "", alias)

    def expression(self):
        """The value as an expression, for where no statement can stand."""
        if self.attribute is None and (self.alias.asname is None or "." not in self.base):
            return '__import__("%s")' % self.base
        if self.attribute is None:
            return '__import__("%s", fromlist=["_"])' % self.base
        return '__import__("%s", fromlist=["%s"]).%s' % (self.base, self.attribute, self.attribute)

    def is_whole_module(self):
        return self.attribute is None or "%s.%s" % (self.base, self.attribute) in self.source.program.modules


def named_module(statement):
    """The module of NAME = importlib.import_module("MODULE"), else None."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or not isinstance(statement.targets[0], ast.Name):
        return None
    call = statement.value
    if not isinstance(call, ast.Call) or not 1 <= len(call.args) <= 2 or call.keywords:
        return None
    name = getattr(call.func, "attr", getattr(call.func, "id", None))
    module, package = (getattr(one, "value", None) for one in (call.args + [None])[:2])
    if name != "import_module" or not isinstance(module, str):
        return None
    if module.startswith(".."):
        return None
    if module.startswith("."):
        return package + module if isinstance(package, str) else None
    return module


def by_name(source, statement, path):
    """The same as the import statement that it stands for."""
    alias = ast.alias(named_module(statement), statement.targets[0].id)
    same = ast.copy_location(ast.Import([alias]), statement)
    same.parent, same.original = statement.parent, statement
    return Import(source, same, alias, path)


class Source:
    """One file of the program."""

    def __init__(self, program, module, path):
        self.program, self.module, self.path = program, module, path
        with open(path, "rb") as file:
            data = file.read()
        self.encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        self.text = data.decode(self.encoding)
        self.mark = "\ufeff" if self.encoding == "utf-8-sig" else ""
        self.lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", self.text)
        self.starts = list(itertools.accumulate(map(len, self.lines), initial=0))
        self.newline = "\r\n" if self.lines and self.lines[0].endswith("\r\n") else "\n"
        self.tree = ast.parse(self.text, path)
        self.package = module if os.path.basename(path) == "__init__.py" else module.rpartition(".")[0]
        if module == "__main__":
            self.package = ""
        for parent in ast.walk(self.tree):
            for child in ast.iter_child_nodes(parent):
                child.parent = parent
        self.lazy_annotations = sys.version_info >= (3, 14) or any(
            isinstance(one, ast.ImportFrom) and one.module == "__future__" and any(a.name == "annotations" for a in one.names)
            for one in self.tree.body
        )
        self.imports = list(self.found(self.tree.body, []))

    def absolute(self, name, level):
        if not level:
            return name
        base = self.package.rsplit(".", level - 1)[0] if level > 1 else self.package
        return base + "." + name if name and base else name or base

    def found(self, body, path):
        """The imports that run when the module is imported, with the statements around each."""
        for statement in body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                if getattr(statement, "module", None) != "__future__":
                    for alias in statement.names:
                        yield Import(self, statement, alias, path)
            elif named_module(statement):
                yield by_name(self, statement, path)
            elif isinstance(statement, (ast.If, ast.Try, ast.With)):
                if not is_guard(statement, "TYPE_CHECKING"):
                    for block in blocks(statement):
                        yield from self.found(block, path + [statement])

    def offset(self, line, column):
        """Where a node begins in the text; ast counts columns in bytes of UTF-8."""
        text = self.lines[line - 1]
        return self.starts[line - 1] + len(text.encode()[:column].decode())

    def span(self, node):
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def exports(self):
        for statement in self.tree.body:
            if isinstance(statement, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in statement.targets):
                try:
                    return set(ast.literal_eval(statement.value))
                except (ValueError, TypeError):
                    return None
        return None


class Program:
    """All files of the program that may be patched, and the modules that a run of it loaded."""

    def __init__(self, request):
        self.folder, self.main = request["folder"], request.get("main")
        self.roots = {self.folder + os.sep, os.path.dirname(self.main or self.folder + os.sep) + os.sep}
        self.modules = {one["name"] for one in request["modules"]}
        self.sources, self.bindings = {}, {}
        self.files = {one["name"]: one["file"] for one in request["modules"] if one.get("file")}
        if self.main:
            self.files["__main__"] = self.main
        self.installed = tuple(root + name for root in self.roots for name in installed_in(root, self.files.values()))
        self.own = [name for name, path in self.files.items() if self.is_own(path)]
        for name in self.own + request.get("readers", []):
            self.add(name, self.files[name])
        self.star_imported = {i.base for s in self.sources.values() for i in s.imports if i.star}
        bindings = [((s.module, i.name), i) for s in self.sources.values() for i in reversed(s.imports) if not i.star]
        self.bindings = dict(sorted(bindings, key=lambda one: one[1].base in self.modules))  # of a choice what was taken

    def add(self, name, path):
        if path.endswith(".py") and not in_library(path) and os.path.isfile(path):
            try:
                self.sources[name] = Source(self, name, path)
            except (SyntaxError, UnicodeDecodeError, ValueError, OSError):
                pass  # another program's; it cannot be patched, and its imports stay

    def is_own(self, path):
        """Whether a file is the program's, and neither Python's nor of a package that was installed beside it."""
        if "site-packages" in path or "dist-packages" in path or path.startswith(self.installed):
            return False
        return path.startswith(tuple(self.roots))

    def is_function(self, one):
        """Whether what an import takes is a plain function of the module that it names."""
        path = self.files.get(one.base, "")
        if one.attribute is None or not path.endswith(".py"):
            return False
        with open(path, "rb") as file:
            body = ast.parse(file.read(), path).body
        return any(isinstance(node, FUNCTIONS) and node.name == one.attribute and not node.decorator_list for node in body)

    def brought(self, one):
        """The modules that one import brings: its own, and the one a name comes from that another module only hands on."""
        modules = {one.base}
        if one.attribute is None or one.star:
            return modules
        whole = "%s.%s" % (one.base, one.attribute)
        if whole in self.modules:
            modules.add(whole)
        seen = set()
        while (one.base, one.attribute) in self.bindings and (one.base, one.attribute) not in seen:
            seen.add((one.base, one.attribute))
            one = self.bindings[one.base, one.attribute]
            modules.add(one.base)
            if one.attribute is None:
                break
            if "%s.%s" % (one.base, one.attribute) in self.modules:
                modules.add("%s.%s" % (one.base, one.attribute))
        return modules

    def importers(self, target):
        """Every import of a module, or of what is below it, that stands outside of it."""
        for source in self.sources.values():
            if not below(source.module, target):
                for one in source.imports:
                    if any(below(module, target) for module in self.brought(one)):
                        yield one

    def candidates(self, names):
        """Modules with their importers; those that the program's own files import where none are named."""
        if names:
            return {name: list(self.importers(name)) for name in names}
        names = {}
        for source in self.sources.values():
            if self.is_own(source.path):
                for one in source.imports:
                    for module in self.brought(one):
                        parts = module.split(".")
                        for length in range(1, len(parts) + 1):
                            name = ".".join(parts[:length])
                            if name in self.modules and not below(source.module, name):
                                names[name] = None
        found, known = {}, {}
        for name in sorted(names, key=lambda name: -name.count(".")):
            importers = list(self.importers(name))
            key = frozenset(map(id, importers))
            if key not in known:
                known[key] = found[name] = importers
        return dict(sorted(found.items()))


def installed_in(folder, files):
    """What "pip install --target" has put into a folder: the top of each path in its records, and packages with compiled parts
    where somebody has left the records out."""
    names = {file[len(folder) :].partition(os.sep) for file in files if file.startswith(folder) and file.endswith((".so", ".pyd"))}
    for record in glob.glob(os.path.join(glob.escape(folder), "*.dist-info", "RECORD")):
        with open(record, encoding="utf-8", errors="replace") as file:
            names.update(line.partition(",")[0].strip('"').partition("/") for line in file)
    return sorted(name + slash for name, slash, rest in names if name not in ("", "..") and (slash or name.endswith(".py")))


class Edits:
    """Changes of one file's text, by place."""

    def __init__(self, source):
        self.source, self.inserted, self.replaced, self.end = source, {}, [], []
        self.left_out = {}  # names that are not bound any more, by their del

    def insert(self, statement, text):
        """A statement in front of another, on a line of its own unless that one begins within a line."""
        first = statement.decorator_list[0] if getattr(statement, "decorator_list", None) else statement
        line, column = first.lineno, first.col_offset - (1 if first is not statement else 0)
        before = self.source.lines[line - 1].encode()[:column].decode()
        at = self.source.offset(line, 0)
        if before.strip():
            if "\n" in text or "\r" in text:
                raise Needed(statement, "it is used in the middle of a line")
            at, text = at + len(before), text + "; "
        else:
            text = "".join((before + one if one else "") + self.source.newline for one in text.splitlines())
        texts = self.inserted.setdefault(at, [])
        if text not in texts:
            texts.append(text)

    def replace(self, start, end, text):
        if (start, end, text) not in self.replaced:
            self.replaced.append((start, end, text))

    def shortened(self, statement, gone):
        """A del without some of its names."""
        names = getattr(statement.targets[0], "elts", statement.targets)
        kept = [name for name in names if name not in gone]
        if not kept:
            return [(*self.source.span(statement), "pass")]
        starts = [self.source.span(name)[0] for name in names]
        last = names.index(kept[-1])
        cuts = [(starts[i], starts[i + 1], "") for i in range(last) if names[i] in gone]
        return cuts + [(self.source.span(kept[-1])[1], self.source.span(names[-1])[1], "")]

    def patched(self, removing=True):
        text = self.source.text
        changes = [(at, at, "".join(texts)) for at, texts in self.inserted.items()]
        changes += [one[:3] for one in self.replaced if removing or len(one) == 3]
        changes += [change for item in self.left_out.items() for change in self.shortened(*item)] if removing else []
        for start, end, new in sorted(changes, reverse=True):
            text = text[:start] + new + text[end:]
        if self.source.text.strip() and self.source.text[0] not in "\r\n":
            text = text.lstrip("\r\n")  # where the first lines went
        for addition in self.end if removing else ():
            text = text.rstrip() + self.source.newline + addition
        return text


class Patch:
    """The deferring of some modules in all files of a program."""

    def __init__(self, program, targets, removing=True):
        self.program, self.targets, self.removing = program, targets, removing
        self.edits, self.deferred, self.lazy = {}, {}, {}
        imports = {}
        for target in targets:
            for one in program.importers(target):
                imports.setdefault(one.source, {})[id(one)] = one
        self.refused = []
        for source, some in imports.items():
            self.defer(source, list(some.values()))

    def defer(self, source, imports):
        edits = Edits(source)
        removed, choices, handed, lazy = {}, {}, [], {}
        for one in imports:
            try:
                by_name = self.removing and can_be_lazy(one, imports)
                deferral = Deferral(one, Edits(source) if by_name else edits, imports)
                deferral.make()
                if by_name:
                    lazy[one.base] = None
                    self.deferred[source.module, one.name] = one
                    self.lazy.setdefault(source, {})[one.name] = one
                    continue
                if deferral.alternative:
                    choices[deferral.alternative] = None
                else:
                    removed.setdefault(one.statement, []).append(one)
                handed.append(deferral)
                self.deferred[source.module, one.name] = one
            except Needed as needed:
                self.refused.append((one, needed))
        if self.removing:
            for statement, some in removed.items():
                remove(edits, statement, [one for one in some if not hasattr(one, "stands_for")])
            for choice in choices:
                if not any(one.path[:1] == [choice] for one, _ in self.refused):
                    start = source.offset(choice.lineno, 0)
                    edits.replaced.append((start, start + len(whole_lines(source, choice)), "", "removal"))
            self.hand_on(source, edits, handed)
        if lazy:
            edits.insert(first_statement(source), "%s = %s" % (LAZY, json.dumps(list(lazy))))
        if edits.inserted or edits.replaced or edits.left_out:
            self.edits[source] = edits

    def hand_on(self, source, edits, deferrals):
        """What other modules take from this one stays to be had, by a module's __getattr__ (PEP 562)."""
        wanted = [deferral for deferral in deferrals if not deferral.deleted and is_asked_for(self.program, deferral.one)]
        if not wanted or source.module == "__main__":
            return
        own = own_getattr(source)
        name = own.args.args[0].arg if own else "name"
        lines = []
        for deferral in wanted:
            one = deferral.one
            lines.append('if %s == "%s":' % (name, one.name))
            whole = "%s.%s" % (one.base, one.attribute)
            if one.attribute is not None and whole in self.program.modules and not deferral.alternative:
                lines += ["    import importlib", "", '    return importlib.import_module("%s")' % whole]
            else:
                lines += ["    " + line for line in deferral.text().splitlines()] + ["", "    return " + one.name]
        if own:
            edits.insert(own.body[min(is_docstring(own.body[0]), len(own.body) - 1)], "\n".join(lines))
            return
        lines.append('raise AttributeError(f"module {__name__!r} has no attribute {%s!r}")' % name)
        text = ["", "", "def __getattr__(%s):" % name] + [line and "    " + line for line in lines]
        edits.end.append("".join(line + source.newline for line in text))

    def texts(self):
        """The patched text of each file."""
        return {source: edits.patched(self.removing) for source, edits in self.edits.items()}

    def diff(self):
        """For git apply; bytes of files in other encodings are lone surrogates in it, as of Python's file names."""
        lines = []
        for source, text in sorted(self.texts().items(), key=lambda item: item[0].path):
            name = os.path.relpath(source.path, self.program.folder)
            if name.startswith(".."):
                name = source.path.lstrip("/")
            before, after = ((source.mark + one).splitlines(True) for one in (source.text, text))
            for line in difflib.unified_diff(before, after, "a/" + name, "b/" + name):
                if not source.encoding.startswith("utf-8"):
                    line = line.encode(source.encoding).decode("utf-8", "surrogateescape")
                lines.append(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
        return "".join(lines)


def can_be_lazy(one, together):
    """Whether Python 3.15 defers it by the name of its module, and nothing else that is imported from there."""
    if sys.version_info < (3, 15) or one.path and not all(isinstance(around, ast.If) for around in one.path):
        return False
    if one.star or hasattr(one.statement, "original") or any(getattr(node, "id", None) == LAZY for node in ast.walk(one.source.tree)):
        return False
    return all(other in together for other in one.source.imports if other.base == one.base)


def first_statement(source):
    """Behind the docstring and what is taken from __future__."""
    for at, statement in enumerate(source.tree.body):
        if not (at == 0 and is_docstring(statement)) and getattr(statement, "module", None) != "__future__":
            return statement
    return source.tree.body[-1]


def is_docstring(statement):
    return isinstance(statement, ast.Expr) and isinstance(getattr(statement.value, "value", None), str)


def own_getattr(source):
    """The __getattr__(name) that a module has itself, where names can be added to it."""
    for one in source.tree.body:
        if isinstance(one, ast.FunctionDef) and one.name == "__getattr__" and len(one.args.args) == 1 and not one.decorator_list:
            return one if one.body[0].lineno > one.lineno else None
    return None


class Deferral:
    """One import out of the place where its module begins and into those that use it."""

    def __init__(self, one, edits, together):
        self.one, self.edits, self.source, self.name = one, edits, one.source, one.name
        self.together = together
        self.alternative = self.renamed = None
        self.deleted = False  # by the module itself, before anybody else can take it

    def make(self):
        one, source = self.one, self.source
        self.check()
        self.beside = self.chain()
        uses = Uses(source, self.name, self.beside, one, self.alternative)
        self.shared = [other for other in self.together if other.name == self.name and other.attribute is None and not other.alias.asname]
        if len(self.shared) > 1 and one in self.shared:
            uses.keep(self.serves)
        if uses.stored:
            raise Needed(uses.stored[0], "the name %s is bound again" % self.name)
        for use in uses.at_import:
            if not (self.presence and is_presence(use)) and not self.is_method(use):
                raise Needed(use, why(use, source))
        for use in uses.at_import:
            if self.is_method(use):
                self.forward(use)
        for use in uses.deleted:
            statement = next(around for around in parents(use) if isinstance(around, ast.Delete))
            self.edits.left_out.setdefault(statement, []).append(use)
            self.deleted = True
        for use in uses.lambdas:
            if in_old_f_string(use) or self.alternative or self.is_shared(use):
                raise Needed(use, "a lambda of the module uses it")
            self.edits.replace(*source.span(use), one.expression())
        for function, names in uses.functions.items():
            self.serve(function, names)
        for guard, names in uses.guarded.items():
            self.place([guard], set(names), self.text())
        if self.presence:
            self.stand_in()
        elif uses.annotations and not uses.functions:
            self.for_checkers()

    def is_method(self, use):
        """Whether a class of a library does no more with a plain function than to take it as a method."""
        assign = of_class_body(use)
        return bool(assign) and not self.source.program.is_own(self.source.path) and self.source.program.is_function(self.one)

    def forward(self, use):
        """A method that imports the function when it is called, in the place of attribute = function."""
        assign = of_class_body(use)
        indent, nl = " " * assign.col_offset, self.source.newline
        lines = ["def %s(*args, **kwargs):" % assign.targets[0].id, "    " + self.one.text(), "    return %s(*args, **kwargs)" % self.name]
        if isinstance(assign.value, ast.Call):
            lines.insert(0, "@" + assign.value.func.id)
        self.edits.replace(*self.source.span(assign), (nl + indent).join(lines))

    def text(self, name=None):
        return whole_lines(self.source, self.alternative).rstrip() if self.alternative else self.one.text(name)

    def check(self):
        one, source = self.one, self.source
        if one.star:
            raise Needed(one.statement, "all of its names are taken over")
        self.presence = False
        if one.path and self.is_choice(one.path[0]):
            self.alternative = one.path[0]
        for around in one.path if not self.alternative else ():
            if isinstance(around, ast.Try):
                self.check_try(around)
            elif isinstance(around, ast.With):
                if not all(is_suppress(item.context_expr) for item in around.items):
                    raise Needed(around, "it is imported in a with block")
                self.presence = True
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Name) and node.id in DYNAMIC and source.module != "builtins":
                raise Needed(node, "%s() may look the name up" % node.id)
        if source.module in source.program.star_imported:
            exports = source.exports()
            if self.name in exports if exports is not None else not self.name.startswith("_"):
                raise Needed(one.statement, "another module takes over all names of %s" % source.module)
        if "__getattr__" in bound(source.tree) and not own_getattr(source):
            raise Needed(one.statement, "the module has a __getattr__ of its own")
        own = any(other.base == source.module for other in source.imports if other.path[:1] == [self.alternative])  # would ask for itself
        if (self.presence or own) and self.is_handed_on():
            raise Needed(one.statement, "other modules take a name that a try chooses")

    def is_handed_on(self):
        return self.source.module != "__main__" and is_asked_for(self.source.program, self.one)

    def check_try(self, around):
        """A try that tells what is installed keeps telling it, without loading it."""
        statement = getattr(self.one.statement, "original", self.one.statement)
        if not any(one is statement for one in around.body):
            raise Needed(around, "it is imported where another import failed")
        if around.finalbody or not all(catches_missing(handler) for handler in around.handlers):
            raise Needed(around, "a try around it catches more than its absence")
        self.presence = True

    def is_choice(self, statement):
        """Whether a statement does nothing but import names, all of them deferred, one way or the other: it goes to where they are
        used as a whole. try: import fast as json; except ImportError: import json."""
        source, names = self.source, {one.name for one in self.together if one.path[:1] == [statement]}
        nodes = list(ast.walk(statement))
        caught = {node.name for node in nodes if isinstance(node, ast.ExceptHandler)}
        if not bound_by([statement]) - caught <= names or is_within_lines(source, statement):
            return False
        others = [node for node in nodes if isinstance(node, ast.stmt) and not isinstance(node, (ast.Import, ast.ImportFrom))]
        if isinstance(statement, ast.Try):
            simple = all(catches_missing(handler) for handler in statement.handlers)
            return not simple and not statement.finalbody and not statement.orelse and all(map(catches_absence, statement.handlers))
        if isinstance(statement, ast.With):
            calls = [item.context_expr for item in statement.items] + [one.value for one in others if isinstance(one, ast.Expr)]
            return len(others) == 1 + len(calls) - len(statement.items) and all(is_call_of(call, "warnings") for call in calls)
        tests = [one.test for one in others if isinstance(one, ast.If)]
        rest = [one for one in others if not isinstance(one, (ast.If, ast.Assign, ast.Pass))]
        return bool(statement.orelse) and not rest and all(is_settled(test, source) for test in tests)

    def chain(self):
        """The attributes behind the name that are this import's, where other imports bind the same name: import a.b."""
        one = self.one
        if one.attribute is not None or one.alias.asname or "." not in one.base:
            others = [o for o in self.source.imports if o.name == one.name and o is not one and o.statement is not one.statement]
            return None if not self.same(others) else None
        parts = one.base.split(".")
        others = [o for o in self.source.imports if o.name == one.name and o is not one and o not in self.together]
        return parts[1:] if others else None

    def serves(self, use):
        """import a.b, a.c: which of the two a use of a asks for. All where it is passed on as it is, one where it asks for a's own."""
        fitting = [other for other in self.shared if reached(use, other.base.split(".")[1:])]
        longest = max(fitting or self.shared[:1], key=lambda other: len(other.base))
        return longest is self.one or not attributes(use)

    def is_shared(self, use):
        """Whether several imports serve it, so that none of them can stand in its place."""
        return len(self.shared) > 1 and not attributes(use)

    def same(self, others):
        """Other bindings of the name at import time are fatal, unless they import the same or below it."""
        for other in others:
            if other.attribute is None and self.one.attribute is None and other.base.partition(".")[0] == self.one.base.partition(".")[0]:
                continue
            if other.path and is_guard(other.path[-1], "__main__"):
                continue
            if self.alternative and other.path[:1] == [self.alternative]:
                continue
            raise Needed(other.statement, "the name %s is bound again" % self.name)
        return False

    def serve(self, function, names):
        """Puts the import into a function. Where it asks as well whether the module is there, under another name."""
        presence = [name for name in names if self.presence and is_presence(name)]
        real = [name for name in names if name not in presence]
        is_part = self.beside and any(not reached(name, self.beside) for name in real)
        if is_part:
            real = [name for name in real if reached(name, self.beside)]
        for name in [name for name in real if self.is_seldom(name, real)]:
            self.edits.replace(*self.source.span(name), self.one.expression())
            real.remove(name)
        if not real:
            return
        if is_part:
            self.serve_part(function, real)
            return
        if presence:
            for name in real:
                if in_old_f_string(name):
                    raise Needed(name, "an f-string uses it")
            local = "_" + self.name
            for name in real:
                self.edits.replace(*self.source.span(name), local)
            self.place(function.body, set(real), self.text(local))
        else:
            self.place(function.body, set(real), self.text())

    def serve_part(self, function, names):
        """import a.b where a function uses a.c as well: the one under a name of its own, and the other as it is."""
        local = "_" + self.one.base.replace(".", "_")
        for name in names:
            node = name
            for _ in self.beside:
                node = node.parent
            if in_old_f_string(name) or not isinstance(node, ast.Attribute):
                raise Needed(name, "the function uses %s in other ways too" % self.name)
            self.edits.replace(*self.source.span(node), local)
        self.place(function.body, set(names), "import %s as %s" % (self.one.base, local))

    def is_seldom(self, name, names):
        """Whether only a part of its statement that is seldom evaluated uses it: what an except catches, one side of a
        condition. A statement in front would load it for nothing."""
        if self.alternative or in_old_f_string(name) or self.is_shared(name):
            return False
        child = name
        for around in parents(name):
            if isinstance(around, ast.ExceptHandler) and child is around.type:
                return not any(within(other, around.parent) and not within(other, around) and not self.is_inner(other, around.parent) for other in names)
            if isinstance(around, (ast.IfExp, ast.BoolOp)) and child is not (around.test if isinstance(around, ast.IfExp) else around.values[0]):
                return True
            if isinstance(around, ast.Assert) and child is around.msg:
                return True
            if isinstance(around, ast.stmt):
                return False
            child = around
        return False

    @staticmethod
    def is_inner(name, statement):
        return any(within(name, one) for block in inner_blocks(statement) for one in block)

    def place(self, body, names, text):
        """In front of the first statement of a block that uses it, or into the blocks within where only those do."""
        for statement in body:
            used = [name for name in names if within(name, statement)]
            if not used:
                continue
            if isinstance(statement, FUNCTIONS) or is_direct(statement, used):
                self.edits.insert(statement, text)
                return
            for block in inner_blocks(statement):
                self.place(block, set(used), text)

    def stand_in(self):
        """Whether it is installed, in the place of the import."""
        one, statement = self.one, self.one.statement
        if len(statement.names) > 1:
            raise Needed(statement, "a try imports several at once")
        top = "." not in one.base and not getattr(statement, "level", 0)
        finder = "PathFinder" if top else "find_spec"
        where = "importlib.machinery" if top else "importlib.util"
        indent = self.source.lines[statement.lineno - 1].encode()[: statement.col_offset].decode()
        nl = self.source.newline
        start, end = self.source.span(statement)
        begin = ""
        if indent.strip():  # try: import fast
            begin = nl + " " * 4
            start -= len(indent) - len(indent.rstrip())
            indent = " " * 4
        if self.source.text[end : end + 1] not in ("", "\r", "\n") or begin and one.path[0].col_offset:
            raise Needed(statement, "it does not have its line to itself")
        find = "PathFinder.find_spec" if top else "find_spec"
        lines = ["%s = %s(\"%s\")" % (self.name, find, one.base), "if %s is None:" % self.name, '    raise ImportError("%s")' % one.base]
        self.edits.replaced.append((start, end, begin + (nl + indent).join(lines), "instead"))
        try_statement = one.path[0]
        at = self.source.offset(try_statement.lineno, 0)
        line = "from %s import %s%s" % (where, finder, nl)
        texts = self.edits.inserted.setdefault(at, [])
        if line not in texts:
            texts.insert(0, line)
        one.stands_for = True

    def for_checkers(self):
        """Names in annotations that nobody evaluates are still a type checker's."""
        first = self.one.statement if not self.one.path else self.one.path[0]
        nl = self.source.newline
        at = self.source.offset(first.lineno, 0)
        texts = self.edits.inserted.setdefault(at, [])
        head = "TYPE_CHECKING = False" + nl + "if TYPE_CHECKING:" + nl
        line = "    " + self.one.text() + nl
        joined = "".join(texts)
        if head in joined:
            texts.append(line)
        else:
            texts.append(head + line)


class Uses:
    """Where a module reads a name of its own: by what runs at import, by its functions, and by what is never evaluated."""

    def __init__(self, source, name, chain, one, choice):
        self.source, self.name, self.chain, self.one = source, name, chain, one
        self.at_import, self.functions, self.lambdas, self.annotations, self.stored, self.guarded = [], {}, [], [], [], {}
        self.deleted = []
        self.visit_all([statement for statement in source.tree.body if statement is not choice], None, None)
        if chain is not None:
            self.narrow()

    def narrow(self):
        """Only functions that reach what this import alone brings; in those, every use of the name."""

        def reaches(name):
            return reached(name, self.chain) or not attributes(name)

        self.at_import = [use for use in self.at_import if reaches(use)]
        self.lambdas = [use for use in self.lambdas if reaches(use)]
        self.functions = {f: names for f, names in self.functions.items() if any(map(reaches, names))}
        self.guarded = {f: names for f, names in self.guarded.items() if any(map(reaches, names))}

    def keep(self, wanted):
        """Only uses that a condition holds for."""
        self.at_import, self.lambdas = list(filter(wanted, self.at_import)), list(filter(wanted, self.lambdas))
        for uses in self.functions, self.guarded:
            for where, names in list(uses.items()):
                uses[where] = list(filter(wanted, names))

    def visit_all(self, nodes, function, inner):
        for node in nodes:
            self.visit(node, function, inner)

    def visit(self, node, function, inner):
        """function: the innermost def around; inner: "lambda", "main" or "types" where one of those is, outside of any def."""
        if isinstance(node, FUNCTIONS + (ast.ClassDef,)) and node.name == self.name and self.is_of_module(node, function):
            self.stored.append(node)
        if isinstance(node, FUNCTIONS + (ast.Lambda,)):
            self.visit_function(node, function, inner)
        elif isinstance(node, COMPREHENSIONS):
            if self.name not in {n.id for g in node.generators for n in ast.walk(g.target) if isinstance(n, ast.Name)}:
                self.visit_all(ast.iter_child_nodes(node), function, inner)
            else:
                self.visit(node.generators[0].iter, function, inner)
        elif isinstance(node, ast.AnnAssign):
            self.visit_annotation(node.annotation, function if not (function and isinstance(node.target, ast.Name)) else "never", inner)
            self.visit_all([child for child in (node.target, node.value) if child], function, inner)
        elif isinstance(node, ast.Name):
            if node.id == self.name:
                self.add(node, function, inner)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            self.visit_import(node, function, inner)
        elif isinstance(node, ast.ExceptHandler) and node.name == self.name and function is None:
            self.stored.append(node)
        elif isinstance(node, ast.Global):
            self.visit_global(node)
        elif isinstance(node, ast.If) and function is None and is_guard(node, "TYPE_CHECKING"):
            self.visit_all(node.orelse, None, inner)
        elif isinstance(node, ast.If) and inner is None and self.is_of_module(node, function) and node not in self.one.path:
            self.visit(node.test, None, None)
            self.visit_all(node.body + node.orelse, None, node)
        else:
            self.visit_all(ast.iter_child_nodes(node), function, inner)

    def visit_function(self, node, function, inner):
        arguments = node.args
        self.visit_all(getattr(node, "decorator_list", []), function, inner)
        self.visit_all(arguments.defaults + [default for default in arguments.kw_defaults if default], function, inner)
        named = getattr(arguments, "posonlyargs", []) + arguments.args + arguments.kwonlyargs
        named += [one for one in (arguments.vararg, arguments.kwarg) if one]
        for one in named:
            if one.annotation:
                self.visit_annotation(one.annotation, function, inner)
        if getattr(node, "returns", None):
            self.visit_annotation(node.returns, function, inner)
        if self.name in {one.arg for one in named} or self.name in bound(node):
            return  # a name of its own
        if isinstance(node, ast.Lambda):
            self.visit(node.body, function, inner if function else "lambda")
        else:
            self.visit_all(node.body, node, None)

    def visit_annotation(self, node, function, inner):
        if function == "never" or self.source.lazy_annotations:
            self.annotations += [one for one in ast.walk(node) if isinstance(one, ast.Name) and one.id == self.name]
        else:
            self.visit(node, function, inner)

    def visit_import(self, node, function, inner):
        if function is not None or node is self.one.statement:
            return  # a function's own, by bound()
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            if name == self.name and not is_guard(inner, "__main__") and not any(i.alias is alias for i in self.source.imports):
                self.stored.append(node)

    def visit_global(self, node):
        if self.name in node.names:
            function = next((around for around in parents(node) if isinstance(around, FUNCTIONS)), None)
            if function and any(isinstance(n, ast.Name) and n.id == self.name and not isinstance(n.ctx, ast.Load) for n in ast.walk(function)):
                self.stored.append(node)

    def add(self, node, function, inner):
        if not isinstance(node.ctx, ast.Load):
            if node.parent is getattr(self.one.statement, "original", None):
                return
            if isinstance(node.ctx, ast.Del) and self.is_of_module(node, function) and inner is None:
                self.deleted.append(node)
            elif self.is_of_module(node, function) and not is_guard(inner, "__main__") and not self.is_fallback(node):
                self.stored.append(node)
        elif function is not None:
            self.functions.setdefault(function, []).append(node)
        elif inner == "lambda":
            self.lambdas.append(node)
        elif isinstance(inner, ast.If):
            if not self.rebound(inner):
                self.guarded.setdefault(inner, []).append(node)
        else:
            self.at_import.append(node)

    def is_of_module(self, node, function):
        """Whether a name that is bound here is one of the module."""
        return function is None and not any(isinstance(one, ast.ClassDef) for one in parents(node))

    def rebound(self, guard):
        """Whether the block imports the name itself."""
        return any(
            isinstance(one, (ast.Import, ast.ImportFrom)) and any((a.asname or a.name.partition(".")[0]) == self.name for a in one.names)
            for one in guard.body
        )

    def is_fallback(self, node):
        """except ImportError: name = None."""
        assign = node.parent
        return (
            isinstance(assign, ast.Assign)
            and isinstance(assign.value, ast.Constant)
            and not assign.value.value
            and isinstance(assign.parent, ast.ExceptHandler)
            and assign.parent.parent in self.one.path
        )


def of_class_body(use):
    """attribute = NAME or attribute = classmethod(NAME) in a class, else None."""
    call = use.parent if isinstance(use.parent, ast.Call) else None
    wrapped = call and getattr(call.func, "id", None) in ("classmethod", "staticmethod") and call.args == [use] and not call.keywords
    assign = call.parent if wrapped else use.parent
    if not isinstance(assign, ast.Assign) or len(assign.targets) != 1 or not isinstance(assign.targets[0], ast.Name):
        return None
    return assign if isinstance(assign.parent, ast.ClassDef) else None


def is_asked_for(program, one):
    """Whether another module may take the name from the one that imports it."""
    source = one.source
    if os.path.basename(source.path) == "__init__.py" or one.name in (source.exports() or ()):
        return True
    if "sys.modules[__name__]" in source.text:
        return True
    for other in program.sources.values():
        if other is not source and any(below(module, source.module) for i in other.imports for module in (i.base, "%s.%s" % (i.base, i.attribute))):
            if any(i.attribute == one.name for i in other.imports):
                return True
            if re.search(r"\.\s*%s\b" % re.escape(one.name), other.text):
                return True
    return False


def bound(function):
    """The names that are a function's own."""
    return bound_by(function.body if isinstance(function.body, list) else [function.body])


def bound_by(statements):
    names, declared = set(), set()
    stack = list(statements)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        elif isinstance(node, ast.Global):
            declared.update(node.names)
        if isinstance(node, FUNCTIONS + (ast.ClassDef,)):
            names.add(node.name)
            continue
        if isinstance(node, (ast.Lambda,) + COMPREHENSIONS):
            continue
        stack.extend(ast.iter_child_nodes(node))
    return names - declared


def attributes(name):
    """The attributes that are asked of a name, one behind the other."""
    node, parts = name, []
    while isinstance(node.parent, ast.Attribute) and node.parent.value is node:
        node = node.parent
        parts.append(node.attr)
    return parts


def reached(name, chain):
    return attributes(name)[: len(chain)] == chain


def in_old_f_string(node):
    """Whether ast does not know where it stands in the text."""
    return sys.version_info < (3, 12) and any(isinstance(around, ast.JoinedStr) for around in parents(node))


def parents(node):
    while hasattr(node, "parent"):
        node = node.parent
        yield node


def below(module, target):
    return module == target or module.startswith(target + ".")


def within(node, outer):
    return node is outer or any(around is outer for around in parents(node))


def blocks(statement):
    for field in ("body", "orelse", "finalbody"):
        if getattr(statement, field, None):
            yield getattr(statement, field)
    for one in list(getattr(statement, "handlers", [])) + list(getattr(statement, "cases", [])):
        yield one.body


def is_elif(statement):
    return isinstance(statement, ast.If) and isinstance(statement.parent, ast.If) and statement.parent.orelse == [statement]


def inner_blocks(statement):
    """The blocks within a statement that a line can be put into: elif is none, what it holds is."""
    for block in blocks(statement):
        if isinstance(statement, ast.If) and len(block) == 1 and block is statement.orelse and is_elif(block[0]):
            yield from inner_blocks(block[0])
        else:
            yield block


def is_direct(statement, names):
    """Whether a statement uses a name in more than the blocks within it, or is a loop within a loop that uses it each time."""
    inner = list(inner_blocks(statement))
    if isinstance(statement, ast.ClassDef) or not inner:
        return True
    if isinstance(statement, LOOPS) and in_loop(statement) and not all(is_conditional(name, statement) for name in names):
        return True
    return any(not any(within(name, one) for block in inner for one in block) for name in names)


def in_loop(statement):
    """Whether a loop is around it in the same function: what is put into both runs too often."""
    for around in parents(statement):
        if isinstance(around, FUNCTIONS):
            return False
        if isinstance(around, LOOPS):
            return True
    return False


def is_conditional(name, loop):
    """Whether a loop uses a name only where a condition in it holds."""
    child = name
    for around in parents(name):
        if around is loop:
            return False
        if isinstance(around, ast.If) and child is not around.test or type(around).__name__ in ("ExceptHandler", "match_case"):
            return True
        child = around
    return False


def is_guard(statement, word):
    """if __name__ == "__main__" or if TYPE_CHECKING."""
    if not isinstance(statement, ast.If):
        return False
    test = statement.test
    if word == "TYPE_CHECKING":
        return getattr(test, "id", getattr(test, "attr", None)) == word
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and test.left.id == "__name__"
        and isinstance(test.ops[0], ast.Eq)
        and isinstance(test.comparators[0], ast.Constant)
        and test.comparators[0].value == word
    )


def catches_absence(handler):
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return all(kind is None or getattr(kind, "id", None) in MISSING for kind in kinds)


def catches_missing(handler):
    if not catches_absence(handler):
        return False
    for statement in handler.body:
        simple = isinstance(statement, (ast.Pass, ast.Expr)) or isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
        if not simple:
            return False
    return True


def is_within_lines(source, statement):
    """Whether its lines are not its own, or hold a text of several lines, which cannot be indented."""
    first, last = source.lines[statement.lineno - 1], source.lines[statement.end_lineno - 1]
    texts = [node for node in ast.walk(statement) if isinstance(node, ast.expr) and isinstance(getattr(node, "value", None), str)]
    rest = last.encode()[statement.end_col_offset :].strip()
    return statement.col_offset > 0 or "\\" in first or bool(rest) and rest[:1] != b"#" or any(text.lineno < text.end_lineno for text in texts)


def is_call_of(call, module):
    """warnings.catch_warnings()."""
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", None) == module


def is_settled(test, source):
    """Whether a condition is the same later on: it asks for the version, the platform or the environment, or names what a module binds once."""
    for node in ast.walk(test):
        if isinstance(node, ast.Call) and root(node.func) not in ("sys", "os", "platform"):
            return False
        if isinstance(node, ast.Name):
            stores = [one for one in ast.walk(source.tree) if isinstance(one, ast.Name) and one.id == node.id and not isinstance(one.ctx, ast.Load)]
            imports = [one for one in source.imports if one.name == node.id]
            if not (len(stores) == 1 and not imports and stores[0].parent.parent is source.tree or imports and not stores):
                return False
    return True


def root(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return getattr(node, "id", None)


def whole_lines(source, statement):
    return "".join(source.lines[statement.lineno - 1 : statement.end_lineno])


def is_suppress(call):
    """contextlib.suppress(ImportError)."""
    if not isinstance(call, ast.Call) or getattr(call.func, "attr", getattr(call.func, "id", None)) != "suppress":
        return False
    return bool(call.args) and all(getattr(kind, "id", None) in MISSING for kind in call.args)


def is_presence(name):
    """Whether a name is only asked whether it is there: is None, is not None, or a condition of its own."""
    node = name.parent
    if isinstance(node, ast.Compare):
        others = node.comparators if node.left is name else [node.left]
        return len(node.ops) == 1 and isinstance(node.ops[0], (ast.Is, ast.IsNot)) and isinstance(others[0], ast.Constant) and others[0].value is None
    child = name
    while isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        child, node = node, node.parent
    if child is not name:
        return True
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", None) == "bool" and node.args == [name]
    return isinstance(node, (ast.If, ast.While, ast.IfExp)) and node.test is name


def why(name, source):
    """What a use at import time is, in a reader's words."""
    child = name
    for around in parents(name):
        if isinstance(around, FUNCTIONS + (ast.ClassDef,)):
            if child in around.decorator_list:
                return "it decorates %s" % around.name
            if isinstance(around, ast.ClassDef):
                if child in around.bases:
                    return "%s is made from it" % around.name
                return "the class %s uses it" % around.name
            if child is around.args or child in around.args.defaults + around.args.kw_defaults:
                annotated = any(name in ast.walk(one.annotation) for one in around.args.args + around.args.kwonlyargs if one.annotation)
                return "it annotates %s" % around.name if annotated else "it is a default argument of %s" % around.name
            if child is around.returns:
                return "it annotates %s" % around.name
        child = around
    if isinstance(getattr(name.parent, "parent", None), ast.AnnAssign) or isinstance(name.parent, ast.AnnAssign):
        return "it annotates a name of the module"
    return "the module uses it when it is imported"


def remove(edits, statement, imports):
    """Some names out of an import statement, or the whole of it."""
    source = edits.source
    start, end = source.span(statement)
    left = [alias for alias in statement.names if not any(one.alias is alias for one in imports)]
    if not imports:
        return
    if left:
        names = ", ".join(alias.name + (" as " + alias.asname if alias.asname else "") for alias in left)
        if isinstance(statement, ast.Import):
            text = "import " + names
        else:
            text = "from %s%s import %s" % ("." * statement.level, statement.module or "", names)
        edits.replaced.append((start, end, text, "removal"))
        return
    first = source.offset(statement.lineno, 0)
    last = source.offset(statement.end_lineno, 0) + len(source.lines[statement.end_lineno - 1])
    alone = not source.text[first:start].strip() and (not source.text[end:last].strip() or source.text[end:last].lstrip().startswith("#"))
    original = getattr(statement, "original", statement)
    siblings = next(block for block in all_blocks(statement.parent) if any(one is original for one in block))
    removed = getattr(edits, "removed", set())
    edits.removed = removed | {id(original)}
    if alone and (isinstance(statement.parent, ast.Module) or any(id(one) not in edits.removed for one in siblings)):
        edits.replaced.append((first, last, "", "removal"))
    else:
        edits.replaced.append((start, end, "pass", "removal"))


def all_blocks(node):
    yield from blocks(node)


class Marks(ast.NodeTransformer):
    """Calls into the code that is run, not into its text: where an event begins, and where a deferred import is reached."""

    def __init__(self, program, source, targets, deferred, lazy, events):
        self.program, self.source, self.targets, self.deferred, self.events = program, source, targets, deferred, events
        self.lazy = lazy
        self.depth, self.names = 0, {}
        defined = {one.name for one in source.tree.body if isinstance(one, FUNCTIONS)}
        self.called_events = () if defined & set(events) or source.module != "__main__" else events
        for one in source.imports:
            if not one.star:
                self.names[one.name] = one

    def reached(self, node):
        """The targets that an import statement brings."""
        found = []
        for alias in node.names:
            one = Import(self.source, node, alias, [])
            for target in self.targets:
                if not below(self.source.module, target) and any(below(module, target) for module in self.program.brought(one)):
                    if target not in found:
                        found.append(target)
        return found

    def visit_FunctionDef(self, node):
        node.decorator_list = list(map(self.visit, node.decorator_list))
        self.visit(node.args)
        outermost = self.depth == 0
        self.depth += 1
        body = self.statements(node.body)
        self.depth -= 1
        if outermost and node.name in self.events and isinstance(node.parent, ast.Module if node.name in HANDLERS else ast.ClassDef):
            first = 1 if isinstance(body[0], ast.Expr) and isinstance(getattr(body[0], "value", None), ast.Constant) else 0
            at = body[min(first, len(body) - 1)]
            call = self.call("__frostline_event__", at)
            if node.name in HANDLERS:
                call = ast.copy_location(ast.If(call.value, [ast.copy_location(ast.Return(None), at)], []), at)
            body.insert(first, call)
        node.body = body
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def statements(self, body):
        return [one for statement in body for one in self.listed(self.visit(statement))]

    @staticmethod
    def listed(value):
        return value if isinstance(value, list) else [value]

    def visit_Import(self, node):
        guarded = any(is_guard(around, "__main__") for around in parents(node))
        if self.depth == 0 and not guarded:
            return node
        return [self.call("__frostline_used__", node, target) for target in self.reached(node)] + [node]

    visit_ImportFrom = visit_Import

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in self.called_events:
            node.func = self.called("__frostline_event__", node.func, node.func)
            return node
        if getattr(node.func, "id", None) == "__import__" and node.args and isinstance(node.args[0], ast.Constant):
            for target in self.targets:
                if below(str(node.args[0].value), target):
                    return self.wrapped(node, target)
        return node

    def visit_Name(self, node):
        """A name that Python loads where it is used."""
        if self.depth and node.id in self.lazy and isinstance(node.ctx, ast.Load):
            brought = self.program.brought(self.lazy[node.id])
            for target in self.targets:
                if any(below(module, target) for module in brought):
                    return self.wrapped(node, target)
        return node

    def visit_Attribute(self, node):
        """barcodes.plots: a name that barcodes defers."""
        owner = self.module_of(node.value)
        self.generic_visit(node)
        if self.depth and isinstance(node.ctx, ast.Load) and (owner, node.attr) in self.deferred:
            brought = self.program.brought(self.deferred[owner, node.attr])
            for target in self.targets:
                if any(below(module, target) for module in brought):
                    node = self.wrapped(node, target)
        return node

    def module_of(self, node):
        if isinstance(node, ast.Name):
            one = self.names.get(node.id)
            if one is None:
                return None
            if one.attribute is None:
                return one.base if one.alias.asname else one.base.partition(".")[0]
            return "%s.%s" % (one.base, one.attribute)
        if isinstance(node, ast.Attribute):
            owner = self.module_of(node.value)
            return owner and "%s.%s" % (owner, node.attr)
        return None

    @staticmethod
    def called(name, at, *arguments):
        call = ast.Call(ast.Name(name, ast.Load()), list(arguments), [])
        return ast.fix_missing_locations(ast.copy_location(call, at))

    def call(self, name, at, *words):
        return ast.copy_location(ast.Expr(self.called(name, at, *(ast.copy_location(ast.Constant(word), at) for word in words))), at)

    def wrapped(self, node, target):
        return self.called("__frostline_used__", node, ast.copy_location(ast.Constant(target), node), node)


def in_library(path):
    """Whether a file is Python's own."""
    library = os.path.dirname(os.__file__) + os.sep
    return path.startswith(library) and "site-packages" not in path and "dist-packages" not in path


def compiled(program, source, text, targets, deferred, lazy):
    events = HANDLERS if source.module == "__main__" and CLIENT not in program.modules else ()
    if source.module == CLIENT or source.path.replace(os.sep, "/").endswith("/awslambdaric/lambda_runtime_client.py"):
        events = ("wait_next_invocation",)
    tree = ast.parse(text, source.path)
    for parent in ast.walk(tree):
        for child in ast.iter_child_nodes(parent):
            child.parent = parent
    marks = Marks(program, source, targets, deferred, lazy, events)
    if events == ("wait_next_invocation",):
        for statement in tree.body:
            if isinstance(statement, ast.ClassDef):
                statement.body = marks.statements(statement.body)
    else:
        tree.body = marks.statements(tree.body)
    return compile(ast.fix_missing_locations(tree), source.path, "exec", dont_inherit=True)


def has_handler(source):
    """Whether the script has a handler of its own, or calls one of another module."""
    if any(isinstance(one, FUNCTIONS) and one.name in HANDLERS for one in source.tree.body):
        return True
    return any(isinstance(one, ast.Call) and getattr(one.func, "id", None) in HANDLERS for one in ast.walk(source.tree))


def make(program, request, patch, targets):
    """The plan of a variant: code for what is patched, for the main script, and for what only has marks."""
    out, codes = request["out"], {}
    texts = patch.texts() if patch else {}
    deferred = dict(patch.deferred) if patch else {}
    for source in program.sources.values():
        client = source.path.replace(os.sep, "/").endswith("/awslambdaric/lambda_runtime_client.py")
        marked = targets and not client and source not in texts and (program.is_own(source.path) or source.module == "__main__")
        if source in texts or marked or client or source.module == "__main__":
            lazy = patch.lazy.get(source, {}) if patch else {}
            code = compiled(program, source, texts.get(source, source.text), targets, deferred, lazy)
            name = os.path.join(out, "%d.code" % len(codes))
            with open(name, "wb") as file:
                marshal.dump(code, file)
            codes[source.path] = name
    main = program.sources.get("__main__")
    plan = {
        "codes": codes,
        "folder": os.path.dirname(program.main) if program.main else program.folder,
        "script": program.main,
        "module": request.get("module"),
        "handler": request.get("handler"),
        "events": request.get("events"),
        "ends": bool(request.get("handler") or main and has_handler(main) and CLIENT not in program.modules),
        "survey": request.get("survey", False),
        "watched": targets,
        "dropped": request.get("dropped", []),
        "uncompiled": request.get("uncompiled") and os.path.dirname(os.__file__) + os.sep,
    }
    with open(os.path.join(out, "plan"), "wb") as file:
        marshal.dump(plan, file)


def where(program, source):
    installed = re.split(r"(?:site|dist)-packages" + re.escape(os.sep), source.path)
    if len(installed) > 1:
        return installed[-1]
    name = os.path.relpath(source.path, program.folder)
    return source.path if name.startswith("..") else name


def told(program, refused):
    one, needed = refused
    return {"module": one.source.module, "file": where(program, one.source), "line": needed.line, "why": needed.why}


def candidate(program, name, importers):
    patch = Patch(program, [name])
    return {
        "module": name,
        "edges": sorted({(one.source.module, module) for one in importers for module in program.brought(one)}),
        "needed": [told(program, one) for one in patch.refused],
        "imports": [{"file": where(program, i.source), "line": i.statement.lineno, "text": i.text()} for i in importers],
    }


def main():
    request = json.load(sys.stdin)
    program = Program(request)
    answer = {"python": "%d.%d" % sys.version_info[:2]}
    if request["do"] == "candidates":
        answer["candidates"] = [candidate(program, name, importers) for name, importers in program.candidates(request.get("targets")).items()]
        files = [(one["name"], one.get("file") or "") for one in request["modules"]]
        answer["own"] = program.own
        answer["libraries"] = [name for name, path in files if path.endswith(".py") and not program.is_own(path) and not in_library(path)]
    else:
        targets = request["targets"]
        patch = Patch(program, targets, request.get("removing", True)) if targets else None
        make(program, request, patch, targets)
        if patch:
            answer["diff"] = patch.diff()
            answer["needed"] = [told(program, one) for one in patch.refused]
            answer["imports"] = len(patch.deferred)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
