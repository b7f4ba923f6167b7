package dev.frostline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "regressions")
final class RegressionsCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
