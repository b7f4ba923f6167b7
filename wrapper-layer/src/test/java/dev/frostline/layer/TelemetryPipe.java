package dev.frostline.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pipe through which Lambda's clients hand over whole log events, kept in a file. */
record TelemetryPipe(Path file) {
  private static final int FRAME_HEADER = 16;

  /** The same start with the pipe open and named as the platform does. */
  FunctionStart of(FunctionStart start) {
    List<String> command = new ArrayList<>(List.of("/bin/bash", "-c"));
    command.add("exec \"$0\" \"$@\" 7>'" + file + "'");
    command.addAll(start.command());
    return new FunctionStart(command, start.environment(), start.directory())
        .with("_LAMBDA_TELEMETRY_LOG_FD", "7");
  }

  /** What was written: frames of a type, a length and a time before the bytes of an event. */
  List<String> events() throws IOException {
    ByteBuffer frames = ByteBuffer.wrap(Files.readAllBytes(file));
    List<String> events = new ArrayList<>();
    while (frames.remaining() > FRAME_HEADER) {
      int length = frames.getInt(frames.position() + 4);
      frames.position(frames.position() + FRAME_HEADER);
      byte[] event = new byte[length];
      frames.get(event);
      events.add(new String(event, StandardCharsets.UTF_8));
    }
    return events;
  }
}
