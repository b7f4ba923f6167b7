package dev.frostline.policy;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Budgets and owners of a fleet, in the order they were written, and how long its data is kept.
 *
 * @param owners the first one that covers a function is its owner
 * @param retention how long what was delivered stays as it is; absent: for ever
 */
public record Policy(List<Budget> budgets, List<Owner> owners, @Nullable Retention retention) {
  /** No budgets, no owners. */
  public static final Policy NONE = new Policy(List.of(), List.of());

  public Policy {
    budgets = List.copyOf(budgets);
    owners = List.copyOf(owners);
  }

  /** Budgets and owners, where everything stays for ever. */
  public Policy(List<Budget> budgets, List<Owner> owners) {
    this(budgets, owners, null);
  }

  /** The team that owns a function; empty when nobody is known. */
  public String ownerOf(String function) {
    return owners.stream()
        .filter(owner -> owner.functions().covers(function))
        .map(Owner::team)
        .findFirst()
        .orElse("");
  }

  /** Where the code of a function is; empty where nobody says. */
  public String repoOf(String function) {
    return owners.stream()
        .filter(owner -> owner.functions().covers(function))
        .map(Owner::repo)
        .findFirst()
        .orElse("");
  }

  /** Whether any budget can fail a gate: warnings alone never do. */
  public boolean canFail() {
    return budgets.stream().anyMatch(budget -> budget.level() == Budget.Level.ERROR);
  }

  /** The imports that budgets limit, divided by commas; empty without any. */
  public String imports() {
    return budgets.stream()
        .map(budget -> budget.limit().importName())
        .filter(name -> !name.isEmpty())
        .distinct()
        .collect(Collectors.joining(","));
  }
}
