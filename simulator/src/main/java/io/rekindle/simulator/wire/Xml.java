package io.rekindle.simulator.wire;

/** Text within XML. */
public final class Xml {
  private Xml() {}

  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
