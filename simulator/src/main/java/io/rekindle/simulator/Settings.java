package io.rekindle.simulator;

/**
 * How to simulate.
 *
 * @param port where to listen on the loopback address; 0 for any free port
 * @param dnsPort where its DNS server is asked; 0 for any free port
 * @param tempo what the likely durations of changes are multiplied by
 * @param databases whether a real database stands behind each instance of MySQL or MariaDB
 */
public record Settings(int port, int dnsPort, double tempo, boolean databases) {
  /** On any free port, a thousand times as fast as AWS, without databases. */
  public static final Settings FAST = new Settings(0, 0, 0.001, false);

  public Settings withPort(int other) {
    return new Settings(other, dnsPort, tempo, databases);
  }

  public Settings withPace(double other) {
    return new Settings(port, dnsPort, other, databases);
  }

  public Settings withDatabases() {
    return new Settings(port, dnsPort, tempo, true);
  }
}
