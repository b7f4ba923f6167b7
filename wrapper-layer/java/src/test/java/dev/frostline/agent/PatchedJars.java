package dev.frostline.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads and links every class of the given jars, with calls in its initialiser and in all of its
 * constructors, and prints each class that only the patched form cannot be linked of. A program of
 * its own, so that several JVMs can run it.
 */
final class PatchedJars extends ClassLoader {
  private static final String[] METHODS = {"<clinit>", "<init>"};
  private static final int[] IDS = {2, 3};

  private final Map<String, JarFile> classes;
  private final boolean patching;
  private final Map<String, Integer> counts = new TreeMap<>();

  private PatchedJars(Map<String, JarFile> classes, boolean patching) {
    super(PatchedJars.class.getClassLoader());
    this.classes = classes;
    this.patching = patching;
  }

  public static void main(String[] jars) throws IOException {
    Map<String, JarFile> classes = new LinkedHashMap<>();
    for (String jar : jars) {
      JarFile file = new JarFile(new File(jar));
      file.stream()
          .filter(e -> e.getName().endsWith(".class") && !e.getName().startsWith("META-INF/"))
          .filter(e -> !e.getName().endsWith("module-info.class"))
          .forEach(entry -> classes.putIfAbsent(name(entry), file));
    }
    PatchedJars patched = new PatchedJars(classes, true);
    PatchedJars plain = new PatchedJars(classes, false);
    for (String name : classes.keySet()) {
      String with = patched.outcome(name);
      if (!with.isEmpty()) {
        String without = plain.outcome(name);
        patched.count(without.equals(with) ? "linked by neither" : "broken");
        if (!without.equals(with)) {
          System.out.println("BROKEN " + name + ": " + with + ", unpatched: " + without);
        }
      }
    }
    System.out.println("jars=" + jars.length + " classes=" + classes.size() + " " + patched.counts);
  }

  private static String name(JarEntry entry) {
    String name = entry.getName();
    return name.substring(0, name.length() - ".class".length()).replace('/', '.');
  }

  /** Empty when the class links; asking for its methods links it without running it. */
  private String outcome(String name) {
    try {
      Class<?> type = Class.forName(name, false, this);
      return type.getDeclaredConstructors().length + type.getDeclaredMethods().length < 0
          ? "?"
          : "";
    } catch (NoClassDefFoundError e) {
      return "needs a class that is not there";
    } catch (LinkageError
        | ClassNotFoundException
        | TypeNotPresentException
        | SecurityException e) {
      return String.valueOf(e).lines().findFirst().orElse("").replaceAll("@[0-9a-fx]+", "");
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    Class<?> known = findLoadedClass(name);
    if (known != null) {
      return known;
    }
    return classes.containsKey(name) ? findClass(name) : super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    JarFile jar = classes.get(name);
    if (jar == null) {
      throw new ClassNotFoundException(name);
    }
    JarEntry entry = jar.getJarEntry(name.replace('.', '/') + ".class");
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] file = in.readAllBytes();
      byte[] defined = patching ? patched(file) : file;
      return defineClass(name, defined, 0, defined.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] patched(byte[] file) {
    try {
      boolean initializer = ClassPatch.recording(file, new String[] {"<clinit>"}, IDS) != null;
      if (initializer && !ConstantPool.namesInitializer(file)) {
        System.out.println("BROKEN: an initializer was overlooked");
      }
      byte[] patched = ClassPatch.recording(file, METHODS, IDS);
      count(patched == null ? "without either" : "patched");
      return patched == null ? file : patched;
    } catch (UnpatchableException e) {
      count("left alone: " + e.getMessage());
      return file;
    }
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }
}
