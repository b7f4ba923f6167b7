package dev.frostline.page;

import java.util.Map;

/**
 * What a view answers: the page, and the same for programs.
 *
 * @param section the part of the menu it belongs to
 * @param template name of the page's template
 * @param model what the template reads
 * @param command the command that answers the same on the terminal
 * @param questions the queries behind it: the tables of its twins
 * @param more what the JSON twin has besides
 * @param judging whether verdicts are missing because they are being worked out
 */
record View(
    String title,
    String section,
    String template,
    Map<String, Object> model,
    String command,
    Questions questions,
    Map<String, Object> more,
    boolean judging) {

  /** The same, its command on that store. */
  View onStore(String store) {
    return new View(
        title,
        section,
        template,
        model,
        store.isEmpty() ? command : command + " " + store,
        questions,
        more,
        judging);
  }

  /** A view without verdicts, or with all of them. */
  View(
      String title,
      String section,
      String template,
      Map<String, Object> model,
      String command,
      Questions questions,
      Map<String, Object> more) {
    this(title, section, template, model, command, questions, more, false);
  }
}
