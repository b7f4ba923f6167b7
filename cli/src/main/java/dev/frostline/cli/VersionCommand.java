package dev.frostline.cli;

import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What runs here: what a bug report needs. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Prints the versions of frostline, Java and the system.")
final class VersionCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();

  @Override
  public void run() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("frostline", spec.root().version()[0].replaceFirst("^frostline ", ""));
    versions.put("java", System.getProperty("java.version", ""));
    versions.put("os", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
    PrintWriter out = spec.commandLine().getOut();
    if (output.format == OutputFormat.JSON) {
      Map<String, Object> answer = JsonOutput.answer();
      answer.putAll(versions);
      JsonOutput.print(out, answer);
    } else if (output.format != OutputFormat.OFF) {
      versions.forEach((name, version) -> out.println(name + " " + version));
    }
    out.flush();
  }
}
