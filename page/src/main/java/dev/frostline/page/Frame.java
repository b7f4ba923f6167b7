package dev.frostline.page;

import dev.frostline.report.Asset;
import java.util.List;

/** What stands around every view. */
record Frame(
    View view,
    Address address,
    Freshness freshness,
    String formToken,
    Asset style,
    List<Asset> scripts) {
  String title() {
    return view.title() + " – Frostline";
  }

  String twin(String ending) {
    return address.twin(ending).toString();
  }
}
