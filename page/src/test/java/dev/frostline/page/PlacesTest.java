package dev.frostline.page;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.frostline.page.Places.FullException;
import dev.frostline.page.Places.Limits;
import dev.frostline.page.Places.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two answers at once for a client, three in all, and one request may wait. */
final class PlacesTest {
  private final Places places = new Places(new Limits(3, 2, 1, 4, 1, 10));

  @Test
  void placesOfOneClient_leaveSomeToOthers() throws FullException {
    taken("a");
    Request second = taken("a");
    assertThrows(FullException.class, () -> taken("a"));
    Request other = taken("b");
    assertThrows(FullException.class, () -> taken("c"));
    other.close();
    second.leave();
    taken("a");
    taken("c");
  }

  @Test
  void requestThatWaitsForOthers_holdsNoPlace_andTakesOneAgain() throws FullException {
    Request waits = taken("a");
    waits.leave();
    List<Request> all = new ArrayList<>(List.of(taken("a"), taken("b"), taken("b")));
    assertThrows(FullException.class, waits::take);
    all.remove(0).close();
    waits.take();
  }

  @Test
  void requestsOfOneClient_areCounted_untilTheyAreSent() throws FullException {
    List<Request> four = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Request request = taken("a");
      request.sending(1);
      four.add(request);
    }
    assertThrows(FullException.class, () -> places.admit("a"));
    four.remove(0).close();
    places.admit("a");
  }

  @Test
  void answersNotTaken_areBounded_inSize() throws FullException {
    Request large = taken("a");
    large.sending(1 << 30);
    Request next = taken("b");
    assertThrows(FullException.class, () -> next.sending(1));
    large.close();
    next.sending(1);
  }

  private Request taken(String client) throws FullException {
    Request request = places.admit(client);
    try {
      request.take();
      return request;
    } catch (FullException e) {
      request.close();
      throw e;
    }
  }
}
