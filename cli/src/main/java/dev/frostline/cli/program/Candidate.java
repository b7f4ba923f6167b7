package dev.frostline.cli.program;

import java.util.List;

/**
 * A module that the program's own files import.
 *
 * @param edges what would go with its imports
 * @param stays imports of it that cannot be deferred
 */
public record Candidate(String module, List<ImportGraph.Edge> edges, List<Variant.Stay> stays) {
  public Candidate {
    edges = List.copyOf(edges);
    stays = List.copyOf(stays);
  }
}
