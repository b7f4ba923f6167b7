package dev.frostline.cli.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patches of many shapes of programs, each run by a real interpreter. */
final class PatchTest {
  @TempDir Path folder = Path.of(".");
  @TempDir Path bench = Path.of(".");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `import big` | `return big.f(e) if e['n'] == 4 else 0` | `return __import__("big").f(e) if`
          `import os, big; import sys` | `if e['n'] == 4: return big.f(e)` | `: import big; return big`
          `from big import (f as g,¶  h)` | `if e['n'] == 4:¶    return g(e)` | `from big import f as g¶     return`
          `import big` | `try:¶    return 1¶  except big.Oops:¶    return 2` | `except __import__("big")`
          `import big` | `if e['n'] == 0:¶    return 0¶  elif e['n'] == 4:¶    return big.f(e)` | `import big¶     return`
          `try:¶  import big¶except ImportError:¶  big = None` | `return big is not None` | `PathFinder.find_spec("big")`
          `try:¶  import big as b¶except ImportError:¶  import json as b` | `if e['n'] == 4:¶    return b.f(e)` | `    try:¶+      import big as b`
          `import importlib¶big = importlib.import_module('big')` | `return big.f(e) if e['n'] == 4 else 0` | `__import__("big").f`
          `import big¶T = {4: lambda e: big.f(e)}` | `return T.get(e['n'], id)(e) and 0` | `lambda e: __import__`
          `import big` | `for i in range(e['n'] == 4):¶    e = big.f(e)` | `import big¶     e = big.f(e)`
          `import big` | `for i in [1]:¶    for j in [1]:¶      if e['n'] == 4: return big.f(e)` | `if e['n'] == 4: import big; return`
          `try: import big¶except ImportError: big = None` | `return big is not None` | `try:¶    big = PathFinder.find_spec("big")`
          `import sys¶if sys.version_info > (3,):¶  import big as b¶else:¶  import json as b` | `if e['n'] == 4:¶    return b.f(e)` | `:¶     if sys.version_info > (3,):¶       import big as b`
          `try:¶  from big import f¶except ImportError:¶  def f(e): return e` | `if e['n'] == 4:¶    return f(e)` | `    try:¶      from big import f`
          `import warnings¶with warnings.catch_warnings():¶  warnings.simplefilter('ignore')¶  import big` | `if e['n'] == 4:¶    return big.f(e)` | `    with warnings.catch_warnings():`
          `import big¶DEBUG = False¶if DEBUG: pass¶elif DEBUG:¶  X = big.f(1)` | `return 1` | `elif DEBUG:¶  import big`
          `import big¶import big as b¶SIZE = 1¶del SIZE, big, b` | `return 1` | `del SIZE¶`
          `import big¶del big` | `return 1` | `pass`
          """)
  void deferred_runsAsBefore_andLoadsItWhereItIsReached(String top, String body, String patch)
      throws IOException {
    PythonBench programs = program(top + "\ndef handler(e, c):\n  " + body + "\n");
    programs.graph();
    Played asItIs = programs.run(programs.make(Change.NONE));
    Variant deferred = programs.make(Change.defer(List.of("big")));
    assertTrue(plain(deferred.diff()).contains(plain(patch)), deferred.diff());
    Played run = programs.run(deferred);
    assertEquals(0, run.exit(), run.stderr());
    assertEquals(asItIs.stdout(), run.stdout());
    assertEquals(6, run.events());
    boolean needed = (top + body).contains("4"); // the event that needs it
    assertEquals(needed ? Map.of("big", 4) : Map.of(), run.loaded());
    assertEquals(needed ? Map.of("big", Set.of(4)) : Map.of(), run.used());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `from lib import deep¶def __getattr__(key):¶  raise AttributeError(key)` | `import lib` | `  if key == "deep":`
          `try:¶  from lib.deep import f¶except ImportError:¶  from json import dumps as f` | `from lib import f` | `  if name == "f":¶        try:¶          from lib.deep import f`
          `` | `import importlib¶deep = importlib.import_module('.deep', 'lib')` | `import lib.deep as deep`
          """)
  void partOfAPackage_isHandedOnWhereItIsTaken(String init, String top, String patch)
      throws IOException {
    String f = top.endsWith(" lib") ? "lib.deep.f" : top.endsWith(" f") ? "f" : "deep.f";
    PythonBench programs =
        program(top + "\ndef handler(e, c):\n  if e['n'] == 4:\n    return " + f + "(e)\n");
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.writeString(lib.resolve("__init__.py"), init.replace('¶', '\n') + "\n");
    Files.writeString(lib.resolve("deep.py"), "def f(e):\n  return e\n");
    programs.graph();
    Played asItIs = programs.run(programs.make(Change.NONE));
    Variant deferred = programs.make(Change.defer(List.of("lib.deep")));
    assertTrue(plain(deferred.diff()).contains(plain(patch)), deferred.diff());
    Played run = programs.run(deferred);
    assertEquals(asItIs.stdout(), run.stdout(), run.stderr());
    assertEquals(Map.of("lib.deep", 4), run.loaded());
    assertEquals(Map.of("lib.deep", Set.of(4)), run.used());
  }

  @Test
  void packageWithItsSubmodules_vanishesWithTheOneImportOfIt() throws IOException {
    PythonBench programs =
        program("import importlib\nfrom lib import deep, low\ndef handler(e, c):\n  return 1\n");
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.writeString(lib.resolve("__init__.py"), "");
    Files.writeString(lib.resolve("low.py"), "");
    Files.writeString(lib.resolve("deep.py"), "for i in range(300000): pass\n");
    ImportGraph graph = programs.graph();
    assertEquals(Set.of("__main__"), importers(graph, "lib"));
    assertEquals(Set.of("__main__"), importers(graph, "lib.deep"));
    Candidate candidate =
        programs.candidates(List.of()).stream()
            .filter(one -> one.module().equals("lib"))
            .findFirst()
            .orElseThrow();
    double deepMs = graph.ownMicros().getOrDefault("lib.deep", 0L) / 1000.0;
    assertTrue(graph.millis(graph.brought(candidate.edges())) >= deepMs, graph.toString());
  }

  @Test
  void whatACompiledModuleImports_isItsOwn_andNotImportlibs() throws IOException {
    PythonBench programs =
        program("import importlib\nimport xml.etree.ElementTree\ndef handler(e, c):\n  return 1\n");
    ImportGraph graph = programs.graph();
    assertEquals(Set.of(), graph.imported().getOrDefault("importlib._bootstrap", Set.of()));
    assertTrue(importers(graph, "copy").contains("_elementtree"), graph.imported().toString());
  }

  @Test
  void importWithinALibrary_thatRanNoCode_isNamedWithWhatItBrings() throws IOException {
    PythonBench programs = programOfLibrary("lib.answer()");
    Path lib = Files.createDirectories(folder.resolve("site-packages/lib"));
    Files.writeString(
        lib.resolve("__init__.py"),
        "from . import docs, core\ndef answer():\n  return core.answer()\n");
    Files.writeString(lib.resolve("core.py"), "def answer():\n  return 1\n");
    String loop = "for i in range(300000): pass\ndef never():\n  pass\n";
    Files.writeString(lib.resolve("docs.py"), "from . import deep\n" + loop);
    Files.writeString(lib.resolve("deep.py"), loop);
    ImportGraph graph = programs.graph();
    programs.candidates(List.of());
    assertEquals(Set.of("lib", "lib.core", "lib.docs", "lib.deep"), programs.libraries());
    List<ImportGraph.Idle> idle = graph.idle(programs.libraries(), List.of(), 0.1);
    assertEquals(
        List.of("lib.docs", "lib.deep"), idle.stream().map(ImportGraph.Idle::module).toList());
    assertEquals(Set.of("lib"), idle.get(0).importers());
    assertEquals(Set.of("lib.docs", "lib.deep"), idle.get(0).brought());
    double ownMs = graph.ownMicros().getOrDefault("lib.deep", 0L) / 1000.0;
    assertTrue(idle.get(0).exclusiveMs() > ownMs, idle.toString());
  }

  @Test
  void functionThatALibrarysClassTakes_isForwardedToFromAMethod() throws IOException {
    PythonBench programs = programOfLibrary("lib.Graph().size()");
    Path lib = Files.createDirectories(folder.resolve("site-packages/lib"));
    Files.writeString(
        lib.resolve("__init__.py"),
        """
        from .core import size, rank
        from .plots import draw, read

        class Graph:
            size = size
            __plot__ = draw
            Read = classmethod(read)

        del (
            size,
            draw,
            read,
            rank,
        )
        """);
    Files.writeString(
        lib.resolve("core.py"), "def size(graph):\n  return 1\ndef rank(graph):\n  return 2\n");
    Files.writeString(
        lib.resolve("plots.py"), "def draw(graph):\n  pass\ndef read(kind):\n  pass\n");
    Variant variant = programs.make(Change.defer(List.of("lib.plots")));
    assertEquals(List.of(), variant.stays());
    assertEquals(
        """
         from .core import size, rank
        -from .plots import draw, read
        \s
         class Graph:
             size = size
        -    __plot__ = draw
        -    Read = classmethod(read)
        +    def __plot__(*args, **kwargs):
        +        from .plots import draw
        +        return draw(*args, **kwargs)
        +    @classmethod
        +    def Read(*args, **kwargs):
        +        from .plots import read
        +        return read(*args, **kwargs)
        \s
         del (
             size,
        -    draw,
        -    read,
             rank,
         )
        """,
        variant.diff().lines().skip(3).map(line -> line + "\n").collect(Collectors.joining()));
    Played run = programs.run(variant);
    assertEquals(0, run.exit(), run.stderr());
    assertEquals(Map.of(), run.loaded());
  }

  private static Set<String> importers(ImportGraph graph, String module) {
    return graph.imported().entrySet().stream()
        .filter(importer -> importer.getValue().contains(module))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static String plain(String text) {
    return text.replaceAll("(?m)^\\+|\\s+|¶", "").replace("+", "");
  }

  /** Each of two imports that bind one name is put where it is asked for. */
  @ParameterizedTest
  @CsvSource({"lib, 3 2", "lib.low, 3", "lib.deep, 2"})
  void importsOfOnePackage_areApart(String module, String events) throws IOException {
    PythonBench programs =
        program(
            """
            import lib.deep, lib.low
            T = lambda e: lib.deep.f(e)
            def handler(e, c):
              return lib.low.f(e) if e['n'] == 3 else T(e) if e['n'] == 2 else 0
            """);
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.writeString(lib.resolve("__init__.py"), "");
    Files.writeString(lib.resolve("low.py"), "def f(e):\n  return e\n");
    Files.writeString(lib.resolve("deep.py"), "def f(e):\n  return e\n");
    programs.graph();
    Played asItIs = programs.run(programs.make(Change.NONE));
    Variant deferred = programs.make(Change.defer(List.of(module)));
    Played run = programs.run(deferred);
    assertEquals(asItIs.stdout(), run.stdout(), deferred.diff() + run.stderr());
    Set<Integer> needing =
        Stream.of(events.split(" ", -1)).map(Integer::valueOf).collect(Collectors.toSet());
    assertEquals(Map.of(module, needing), run.used());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `from big import *` | all of its names are taken over
          `import big¶class A(big.Oops): pass` | A is made from it
          `import big¶@big.f¶class A: pass` | it decorates A
          `import big¶def g(x=big.Oops): pass` | it is a default argument of g
          `import big¶X = big.f(1)` | the module uses it when it is imported
          `import big¶big = None` | the name big is bound again
          `import big¶def g(): return globals()['big']` | globals() may look the name up
          `import big¶f'{big.h()}'` | the module uses it when it is imported
          `from big import f¶def f(e): pass` | the name f is bound again
          `try:¶  import big¶except ValueError:¶  big = 0` | a try around it catches more than its absence
          """)
  void whatInitNeeds_stays_andSaysWhy(String top, String why) throws IOException {
    PythonBench programs = program(top + "\ndef handler(e, c):\n  return 1\n");
    programs.graph();
    Variant deferred = programs.make(Change.defer(List.of("big")));
    assertEquals("", deferred.diff());
    assertEquals(why, deferred.stays().get(0).why());
    assertEquals(Map.of("big", -1), programs.run(deferred).loaded());
  }

  private PythonBench programOfLibrary(String answer) throws IOException {
    return program(
        """
        import sys
        sys.path.insert(0, sys.path[0] + '/site-packages')
        import lib
        def handler(e, c):
          return\s"""
            + answer);
  }

  private PythonBench program(String handler) throws IOException {
    Files.writeString(
        folder.resolve("app.py"),
        handler.replace('¶', '\n') + "\nfor n in range(6):\n  print(handler({'n': n}, None))\n");
    Files.writeString(
        folder.resolve("big.py"),
        "class Oops(Exception): pass\ndef f(e):\n  return e\ndef h():\n  pass\n");
    PythonCommand command = new PythonCommand(List.of("python3", "app.py"), folder, null, null);
    return new PythonBench(command, bench, 60);
  }
}
