package io.rekindle.simulator.seed;

import java.util.Locale;

/** What a database speaks. */
public enum Engine {
  MYSQL("mariadb"),
  POSTGRES("postgresql");

  private final String driver;

  Engine(String driver) {
    this.driver = driver;
  }

  /**
   * @param name as RDS calls it
   */
  static Engine called(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** As RDS calls it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param where host, port and database
   */
  String url(String where) {
    return "jdbc:" + driver + "://" + where;
  }
}
