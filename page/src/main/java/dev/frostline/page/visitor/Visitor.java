package dev.frostline.page.visitor;

/**
 * Who asks.
 *
 * @param name as it stands beside what they accept; empty for who started the page
 * @param client whose share of the answers it is: one browser, or one program
 */
public record Visitor(String name, String client) {}
