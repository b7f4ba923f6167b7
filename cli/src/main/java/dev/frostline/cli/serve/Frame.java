package dev.frostline.cli.serve;

/** What stands around every view. */
record Frame(
    View view, Address address, String asOf, String formToken, String css, String script) {
  String title() {
    return view.title() + " – Frostline";
  }

  String twin(String ending) {
    return address.twin(ending).toString();
  }

  /** aria-current of a part of the page's menu. */
  String current(String section) {
    return view.section().equals(section) ? "page" : "false";
  }
}
