import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives the classes of a jar that were compiled for Java 5 the stack maps that Java 6 brought:
 * {@code java StackMaps.java JAR}. Without them the virtual machine verifies such a class anew at
 * every start, and keeps no lambda that needs it. What the methods do stays as it is.
 */
final class StackMaps {
  private static final int JAVA_6 = 50;
  private static final int JAVA_8 = 52;

  public static void main(String[] arguments) throws Exception {
    Path jar = Path.of(arguments[0]);
    try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        FileSystem zip = FileSystems.newFileSystem(jar);
        Stream<Path> files = Files.walk(zip.getPath("/"))) {
      ClassFile format =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
      List<Path> all = files.filter(file -> file.toString().endsWith(".class")).toList();
      for (Path file : all) {
        byte[] old = Files.readAllBytes(file);
        if (((old[6] & 255) << 8 | old[7] & 255) < JAVA_6) {
          Files.write(file, withStackMaps(format, old));
        }
      }
    }
  }

  private static byte[] withStackMaps(ClassFile format, byte[] old) {
    ClassTransform newer =
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
            .andThen(
                (made, part) -> {
                  if (part instanceof ClassFileVersion) {
                    made.withVersion(JAVA_8, 0);
                  } else {
                    made.with(part);
                  }
                });
    return format.transformClass(format.parse(old), newer);
  }
}
