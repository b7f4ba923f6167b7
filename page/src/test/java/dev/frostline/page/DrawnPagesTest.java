package dev.frostline.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A page is drawn once for all its readers, and each gets their own. */
class DrawnPagesTest {
  private final DrawnPages pages = new DrawnPages(1000);
  private final AtomicInteger drawings = new AtomicInteger();

  @Test
  void everyReaderGetsTheirOwnNameAndToken() {
    Frame.Reader any = Drawn.anyReader(true);
    Drawn page = new Drawn("<p>" + any.name() + "</p><i>" + any.formToken() + "</i>é", true);

    assertEquals("<p>jo</p><i>token-1</i>é", text(page, new Frame.Reader("jo", "token-1")));
    assertEquals(
        "<p>&lt;b&gt;\\u202e</p><i>token-2</i>é",
        text(page, new Frame.Reader("<b>\u202e", "token-2")));
  }

  @Test
  void isDrawnOnceHoweverManyAskAtTheSameTime() throws Exception {
    CountDownLatch everybodyIsHere = new CountDownLatch(20);
    List<CompletableFuture<Drawn>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(
          CompletableFuture.supplyAsync(
              () -> {
                everybodyIsHere.countDown();
                return got("/", () -> awaited(everybodyIsHere));
              },
              task -> new Thread(task).start()));
    }

    for (CompletableFuture<Drawn> one : asked) {
      assertSame(asked.get(0).get(), one.get());
    }
    assertEquals(1, drawings.get());
  }

  @Test
  void keepsThoseAskedForLast() {
    got("a", () -> drawn(400));
    got("b", () -> drawn(400));
    got("a", () -> drawn(400));
    got("c", () -> drawn(400));
    assertEquals(3, drawings.get());

    got("a", () -> drawn(400));
    assertEquals(3, drawings.get(), "a is kept");
    got("b", () -> drawn(400));
    assertEquals(4, drawings.get(), "b was asked for longest ago");
    got("large", () -> drawn(2000));
    got("large", () -> drawn(2000));
    assertEquals(6, drawings.get(), "what is larger than all of them is not kept");
  }

  @Test
  void failureIsNotKept() {
    assertThrows(
        SQLException.class,
        () ->
            pages.of(
                "/",
                () -> {
                  throw new SQLException("no");
                }));
    assertTrue(got("/", () -> drawn(10)).isSettled());
  }

  @Test
  void pageWithoutItsVerdictsIsNotKept() {
    assertFalse(got("/", () -> new Drawn("judging", false)).isSettled());
    assertTrue(got("/", () -> new Drawn("judged", true)).isSettled());
  }

  private Drawn got(String key, DrawnPages.Drawing drawing) {
    try {
      return pages.of(key, drawing);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Drawn awaited(CountDownLatch latch) {
    try {
      latch.await();
      Thread.sleep(50); // they are at the door: let them in
      return drawn(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Drawn drawn(int bytes) {
    drawings.incrementAndGet();
    return new Drawn("x".repeat(bytes), true);
  }

  private static String text(Drawn page, Frame.Reader reader) {
    return new String(page.to(reader).body(), StandardCharsets.UTF_8);
  }
}
