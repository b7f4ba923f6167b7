package dev.frostline.verdict.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.frostline.verdict.fleet.SharedFactor.Member;
import dev.frostline.verdict.history.Configuration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SharedFactorTest {
  private static final Traits IMAGE = traits("python3.13", null, "x86_64", 1024);
  private final List<Member> running = new ArrayList<>();

  @Test
  void containerImagesOfOneArchitecture_areTheFactor_notTheirManyRuntimes() {
    for (int i = 0; i < 10; i++) {
      running.add(new Member(traits("runtime" + i, null, "x86_64", 1024), i != 4));
      running.add(new Member(traits("runtime" + i, null, "arm64", 1024), false));
      running.add(new Member(traits("runtime" + i, "v1", "x86_64", 1024), i == 7));
    }
    assertEquals(
        "9 of 10 functions with x86_64, no managed runtime (a container image or custom)", words());
  }

  @Test
  void oneRuntime_isSaidInOneTrait_whereAPairWouldSayNoMore() {
    for (int i = 0; i < 8; i++) {
      running.add(new Member(traits("python3.13", "v1", "x86_64", 128 << (i % 4)), true));
      running.add(new Member(traits("java21", "v1", "x86_64", 128 << (i % 4)), false));
    }
    SharedFactor factor = SharedFactor.of(traits("python3.13", "v1", "x86_64", 512), running);
    assertNotNull(factor);
    assertEquals("8 of 8 functions with python3.13", factor.words());
  }

  @Test
  void fourFunctions_areNoCrowd_andHalfAreNeeded() {
    for (int i = 0; i < 4; i++) {
      running.add(new Member(IMAGE, true));
    }
    assertNull(SharedFactor.of(IMAGE, running));
    for (int i = 0; i < 5; i++) {
      running.add(new Member(IMAGE, false));
    }
    assertNull(SharedFactor.of(IMAGE, running));
  }

  @Test
  void whatIsNotKnown_isShared_byNobody() {
    Traits unknown = traits(null, "v1", null, null);
    for (int i = 0; i < 6; i++) {
      running.add(new Member(unknown, true));
      running.add(new Member(traits("java21", "v1", "arm64", 512), false));
      running.add(new Member(traits("java21", "v1", "arm64", 512), false));
    }
    assertNull(SharedFactor.of(unknown, running));
  }

  private String words() {
    SharedFactor factor = SharedFactor.of(IMAGE, running);
    assertNotNull(factor);
    return factor.words();
  }

  private static Traits traits(
      @Nullable String runtime,
      @Nullable String patch,
      @Nullable String architecture,
      @Nullable Integer memory) {
    return Traits.of(
        "eu-west-1", new Configuration(runtime, patch, architecture, memory, null, "on-demand"));
  }
}
