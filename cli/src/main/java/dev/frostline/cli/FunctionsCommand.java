package dev.frostline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "functions")
final class FunctionsCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
