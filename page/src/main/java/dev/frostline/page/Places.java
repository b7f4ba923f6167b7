package dev.frostline.page;

import dev.frostline.page.visitor.Recent;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many answers are worked out and kept at once: some for each client, some in all. Who finds
 * them taken waits a little in turn, and is then sent away; who finds too many waiting is sent away
 * at once. Without it 500 clients take memory and processors from all pages.
 */
final class Places {
  private static final int KNOWN_CLIENTS = 1000;
  private final Limits limits;
  private final Semaphore inAll;
  private final Semaphore room;
  private final Semaphore unsent;
  private final Map<String, Client> clients = Recent.map(KNOWN_CLIENTS);

  Places(Limits limits) {
    this.limits = limits;
    inAll = new Semaphore(limits.inAll(), true);
    room = new Semaphore(limits.inAll() + limits.waiting(), true);
    unsent = new Semaphore(limits.unsentKb(), true);
  }

  /**
   * Lets a request in; it has no place yet.
   *
   * @throws FullException when as many of its client are on their way as may be
   */
  Request admit(String client) throws FullException {
    Client known =
        clients.computeIfAbsent(
            client,
            name ->
                new Client(
                    new Semaphore(limits.requestsAClient()),
                    new Semaphore(limits.aClient(), true)));
    if (!known.requests().tryAcquire()) {
      throw new FullException();
    }
    return new Request(known);
  }

  /**
   * What may be at once.
   *
   * @param inAll answers worked out
   * @param aClient of these, for one client
   * @param waiting requests that wait for it
   * @param requestsAClient of one client's, from the first look to the last byte sent
   * @param patienceMillis how long one waits
   * @param unsentKb of answers that their clients have not taken yet
   */
  record Limits(
      int inAll, int aClient, int waiting, int requestsAClient, long patienceMillis, int unsentKb) {
    static final Limits DEFAULT = new Limits(8, 4, 56, 32, 5000, 128 << 10);
  }

  private record Client(Semaphore requests, Semaphore answers) {}

  /** One request on its way. */
  final class Request implements AutoCloseable {
    private final Client client;
    private boolean hasPlace;
    private int kb;

    private Request(Client client) {
      this.client = client;
    }

    /**
     * Takes a place to work out an answer.
     *
     * @throws FullException when too many wait already, or none is free in time
     */
    void take() throws FullException {
      if (!room.tryAcquire()) {
        throw new FullException();
      }
      try {
        long until = System.nanoTime() + patience();
        await(client.answers(), 1, until);
        try {
          await(inAll, 1, until);
          hasPlace = true;
        } finally {
          client.answers().release(hasPlace ? 0 : 1);
        }
      } finally {
        room.release(hasPlace ? 0 : 1);
      }
    }

    /** Gives the place back, as while others work for this answer. */
    void leave() {
      if (hasPlace) {
        hasPlace = false;
        inAll.release();
        client.answers().release();
        room.release();
      }
    }

    /**
     * Gives the place back and counts the answer until it is sent.
     *
     * @throws FullException when clients leave too much untaken
     */
    void sending(int bytes) throws FullException {
      leave();
      int most = Math.min(limits.unsentKb(), bytes / 1024 + 1);
      await(unsent, most, System.nanoTime() + patience());
      kb = most;
    }

    @Override
    public void close() {
      leave();
      unsent.release(kb);
      client.requests().release();
    }
  }

  private long patience() {
    return TimeUnit.MILLISECONDS.toNanos(limits.patienceMillis());
  }

  private static void await(Semaphore permits, int wanted, long until) throws FullException {
    try {
      if (!permits.tryAcquire(wanted, until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new FullException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FullException();
    }
  }

  /** As much is on its way as may be. */
  static final class FullException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
