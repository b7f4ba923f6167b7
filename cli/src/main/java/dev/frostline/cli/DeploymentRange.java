package dev.frostline.cli;

/** Two deployments, written {@code 41..42}. */
record DeploymentRange(String before, String after) {
  static DeploymentRange parse(String text) {
    int dots = text.indexOf("..");
    if (dots <= 0 || dots + 2 == text.length()) {
      throw new Failure(
          Failure.USAGE, "Write two deployments as A..B, for instance 41..42, not " + text);
    }
    return new DeploymentRange(text.substring(0, dots), text.substring(dots + 2));
  }

  @Override
  public String toString() {
    return before + ".." + after;
  }
}
