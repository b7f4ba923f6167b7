package dev.frostline.page;

import dev.frostline.report.Asset;
import java.util.List;

/** What stands around every view. */
record Frame(
    View view,
    Address address,
    Freshness freshness,
    Reader reader,
    Asset style,
    List<Asset> scripts) {
  /**
   * Who reads the page.
   *
   * @param name as it will stand beside what they accept; empty for who started the page
   * @param formToken what their forms carry back
   */
  record Reader(String name, String formToken) {}

  String formToken() {
    return reader.formToken();
  }

  String title() {
    return view.title() + " – Frostline";
  }

  String twin(String ending) {
    return address.twin(ending).toString();
  }
}
