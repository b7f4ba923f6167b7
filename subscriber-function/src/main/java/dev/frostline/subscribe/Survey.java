package dev.frostline.subscribe;

import dev.frostline.account.Account;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.LogGroup;
import dev.frostline.account.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An account's functions and log groups, and which belong together: by each function's own
 * LoggingConfig; where that names none, by the platform's own default.
 */
final class Survey {
  private final Map<String, LogGroup> groups;
  private final Map<String, List<String>> wanted = new TreeMap<>();
  private final Set<String> unnamed = new HashSet<>();
  private final Set<String> own = new HashSet<>();
  private final Set<String> unwanted = new TreeSet<>();
  private final Set<String> orphans = new TreeSet<>();

  private int functions;
  private int meant;

  private Survey(Map<String, LogGroup> groups) {
    this.groups = groups;
  }

  static Survey of(Account account, Selection selection, String destination) {
    Survey survey = new Survey(account.logGroups());
    List<LambdaFunction> functions = account.functions();
    Set<String> names = new HashSet<>();
    for (LambdaFunction function : functions) {
      names.add(function.name());
      survey.functions++;
      survey.add(function, selection, account, destination);
    }
    survey.wanted.keySet().removeAll(survey.own);
    survey.unwanted.removeAll(survey.own);
    survey.unwanted.removeAll(survey.wanted.keySet());
    for (LogGroup group : survey.groups.values()) {
      String function = group.functionByName();
      boolean meant = selection.wrapped() || selection.holdsName(function);
      if (!function.isEmpty() && !names.contains(function) && meant) {
        survey.orphans.add(group.name());
      }
    }
    survey.orphans.removeAll(survey.own);
    survey.orphans.removeAll(survey.wanted.keySet());
    survey.orphans.removeAll(survey.unwanted);
    return survey;
  }

  private void add(
      LambdaFunction function, Selection selection, Account account, String destination) {
    String named = function.logGroup();
    String group = named == null ? LogGroup.defaultOf(function.name()) : named;
    if (named == null) {
      unnamed.add(group);
    }
    boolean isDestination = LambdaFunction.nameOf(destination).equals(function.name());
    if (isDestination || Selection.isOwn(function)) {
      own.add(group);
    } else if (selection.holds(function, account)) {
      meant++;
      wanted.computeIfAbsent(group, key -> new ArrayList<>()).add(function.name());
    } else if (selection.wrapped()) {
      unwanted.add(group);
    }
  }

  /** Log groups of the functions that are meant, with their names. */
  Map<String, List<String>> wanted() {
    return wanted;
  }

  /** Whether AWS did not say that this is the group of its function. */
  boolean isAssumed(String group) {
    return unnamed.contains(group);
  }

  /** How many functions there are. */
  int functions() {
    return functions;
  }

  /** How many of them are meant. */
  int meant() {
    return meant;
  }

  /** Log groups that existing functions log to and none that is meant. */
  Set<String> unwanted() {
    return unwanted;
  }

  /** Log groups that are named after functions which are gone. */
  Set<String> orphans() {
    return orphans;
  }

  /** Log groups of Frostline's own functions. */
  Set<String> own() {
    return own;
  }

  Map<String, LogGroup> groups() {
    return groups;
  }
}
