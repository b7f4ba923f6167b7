package dev.frostline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Owner;
import dev.frostline.policy.Policy;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.Store;
import dev.frostline.verdict.comparison.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
  private static final FunctionId SHOP = new FunctionId("1", "eu-west-1", "a/b..c");

  @ParameterizedTest
  @CsvSource({
    "https://github.com/acme/shop,     9f3c2ab, 41d0e77,"
        + " https://github.com/acme/shop/compare/9f3c2ab...41d0e77",
    "https://github.com/acme/shop.git, 9f3c2ab, 41d0e77,"
        + " https://github.com/acme/shop/compare/9f3c2ab...41d0e77",
    "https://github.com/acme/shop/,    7,       41d0e77,"
        + " https://github.com/acme/shop/commit/41d0e77",
    "https://gitlab.acme.org/a/shop,   9f3c2ab, 41d0e77,"
        + " https://gitlab.acme.org/a/shop/-/compare/9f3c2ab...41d0e77",
    "https://github.com/acme/gitlab,   7,       41d0e77,"
        + " https://github.com/acme/gitlab/commit/41d0e77",
    "https://bitbucket.org/a/shop,     9f3c2ab, 41d0e77,"
        + " https://bitbucket.org/a/shop/branches/compare/41d0e77..9f3c2ab",
    "https://github.com/acme/shop,     7,       8,       ''",
    "'',                               9f3c2ab, 41d0e77, ''"
  })
  void commits_areComparedWhereTheCodeIs(String repo, String before, String after, String link) {
    assertEquals(link, links("", repo).commits("a/b..c", before, after));
  }

  @Test
  void names_areSegments_whateverTheyHold() {
    Links links = links("https://page.example", "");
    assertEquals(
        "https://page.example/f/1/eu-west-1/a%2Fb..c/1%2E%2E2..x%2Fy",
        links.comparison(SHOP, "1..2", "x/y"));
    assertEquals("https://page.example/i/python/pandas", links.imported("python module", "pandas"));
    assertEquals("", links.imported("pause", "pandas"));
    assertEquals("", new Links(null, Policy.NONE).function(SHOP));
  }

  @Test
  void repository_isAnAddress() {
    for (String wrong :
        List.of("javascript:alert(1)", "http://a.b", "https://a.b/\"x", "acme/shop")) {
      assertThrows(IllegalArgumentException.class, () -> links("", wrong), wrong);
    }
  }

  @Test
  void report_leadsToThePage_theTeamAndTheImport() throws Exception {
    try (Store store = Fleet.store()) {
      WeeklyReport report =
          Fleet.report(
              store,
              links("", "").policy(),
              Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100));
      String page = ReportPage.html(report, links("https://page.example", ""));
      for (String link :
          List.of(
              "/f/123456789012/eu-west-1/checkout-api/before..2",
              "/f/123456789012/eu-west-1/checkout-api",
              "/i/python/pandas",
              "/?owner=payments",
              "/changes?week=2026-W41")) {
        assertTrue(page.contains("<a href=\"https://page.example" + link + "\">"), link);
      }
    }
  }

  private static Links links(String page, String repo) {
    Owner owner = new Owner(new FunctionPattern("*"), "payments", repo);
    return new Links(page, new Policy(List.of(), List.of(owner)));
  }
}
