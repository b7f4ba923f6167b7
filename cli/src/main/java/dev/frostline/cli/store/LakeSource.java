package dev.frostline.cli.store;

import dev.frostline.lake.AcceptedBeside;
import dev.frostline.lake.LakeCopy;
import dev.frostline.lake.Place;
import dev.frostline.lake.PolicyFile;
import dev.frostline.page.Source;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A lake for the page: its copy on this machine, and beside it, above the lake, what people accept
 * and the file of owners and budgets.
 */
public final class LakeSource implements Source {
  private static final LakeCopy.Listener QUIET =
      new LakeCopy.Listener() {
        @Override
        public void found(int days) {}

        @Override
        public void done() {}
      };

  private final String lake;
  private final Path file;

  public LakeSource(String lake, Path file) {
    this.lake = lake;
    this.file = file;
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public void renew() throws IOException {
    try (Place place = Place.at(lake, null);
        Place beside = beside()) {
      LakeCopy copy = new LakeCopy(place, file);
      copy.update(QUIET);
      copy.updateBeside(beside);
    }
  }

  @Override
  public void accept(Acknowledgement one) throws IOException {
    change(accepted -> accepted.add(one));
  }

  @Override
  public void takeBack(Acknowledgement one) throws IOException {
    change(accepted -> accepted.remove(one.account(), one.region(), one.function(), one.after()));
  }

  /** Beside the lake first, whatever the copy knows of it by then. */
  private void change(Change change) throws IOException {
    try (Place place = Place.at(lake, null);
        Place beside = beside()) {
      change.of(new AcceptedBeside(beside));
      new LakeCopy(place, file).updateBeside(beside);
    }
  }

  private interface Change {
    void of(AcceptedBeside accepted) throws IOException;
  }

  /** Owners and budgets; none where there is no file. */
  public Policy policy() throws IOException {
    try (Place beside = beside()) {
      return PolicyFile.beside(beside);
    }
  }

  private Place beside() {
    return Place.at(Place.above(lake), null);
  }
}
