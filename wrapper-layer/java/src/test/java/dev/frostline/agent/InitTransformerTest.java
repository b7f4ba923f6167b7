package dev.frostline.agent;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the transformer keeps its hands off. */
final class InitTransformerTest {
  private static final Settings SETTINGS = Settings.of("id=12345678,t=1,mode=clinit");

  private static final ClassLoader HIDING =
      new ClassLoader(ClassLoader.getPlatformClassLoader()) {};

  private final InitTransformer transformer = new InitTransformer(new Init(SETTINGS), SETTINGS);

  @Test
  void initializer_isPatched() throws Exception {
    assertNotNull(transform(getClass().getClassLoader(), file()));
  }

  @Test
  void loaderThatHidesTheAgent_keepsItsClasses() throws Exception {
    assertNull(transform(HIDING, file()));
  }

  @Test
  void classesOfTheRuntimeItself_areLeftAlone() throws Exception {
    assertNull(transform(null, file()));
    assertNull(transform(ClassLoader.getPlatformClassLoader(), file()));
  }

  @Test
  void whatIsNoClass_isLeftAlone() {
    assertNull(transform(getClass().getClassLoader(), new byte[0]));
    assertNull(transform(getClass().getClassLoader(), new byte[200]));
  }

  private byte @Nullable [] transform(@Nullable ClassLoader loader, byte[] file) {
    return transformer.transform(loader, "some/Name", null, null, file);
  }

  private byte[] file() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("InitTransformerTest.class")) {
      return in.readAllBytes();
    }
  }
}
