package dev.frostline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "sync")
final class SyncCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
