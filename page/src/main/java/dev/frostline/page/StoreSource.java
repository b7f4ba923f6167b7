package dev.frostline.page;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.store.Store;
import dev.frostline.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** A store that others write to; what is accepted is kept in it. */
public record StoreSource(Path file) implements Source {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public void renew() {
    // who ingests writes the file itself
  }

  @Override
  public void accept(Acknowledgement one) throws IOException {
    write(acknowledgements -> acknowledgements.add(one));
  }

  @Override
  public void takeBack(Acknowledgement one) throws IOException {
    write(
        acknowledgements ->
            acknowledgements.remove(
                one.account(), one.region(), one.function(), one.before(), one.after()));
  }

  private void write(Change change) throws IOException {
    try (Store store = Store.open(file, PATIENCE)) {
      change.on(new Acknowledgements(store.connection()));
    } catch (StoreException | SQLException e) {
      throw new IOException("The store takes nothing now: " + e.getMessage(), e);
    }
  }

  private interface Change {
    void on(Acknowledgements acknowledgements) throws SQLException;
  }
}
