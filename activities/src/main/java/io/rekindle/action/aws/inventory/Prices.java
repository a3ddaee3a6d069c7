package io.rekindle.action.aws.inventory;

import java.util.Map;

/**
 * List prices of us-east-1 in dollars, as AWS's pricing pages had them in November 2026: good
 * enough to say what it costs to leave something, and no more.
 */
public final class Prices {
  private static final double DATABASE_STORAGE = 0.115;
  private static final double SNAPSHOT_STORAGE = 0.095;
  private static final double SECRET = 0.40;

  /** The least that a serverless cache is billed for, an hour. */
  private static final double VALKEY = 0.0084;

  private static final double OTHER_CACHE = 0.125;

  /** An hour of the size "large", for MySQL in one Availability Zone. */
  private static final Map<String, Double> LARGE =
      Map.of(
          "t3", 0.136, "t4g", 0.129, "m5", 0.171, "m6g", 0.152, "m6i", 0.171, "m7g", 0.168, "r5",
          0.24, "r6g", 0.215, "r6i", 0.24, "r7g", 0.239);

  /** An hour of the size "large", for Linux on demand. */
  private static final Map<String, Double> LARGE_INSTANCE =
      Map.ofEntries(
          Map.entry("t3", 0.0832),
          Map.entry("t4g", 0.0672),
          Map.entry("m5", 0.096),
          Map.entry("m6g", 0.077),
          Map.entry("m6i", 0.096),
          Map.entry("m7g", 0.0816),
          Map.entry("c5", 0.085),
          Map.entry("c6g", 0.068),
          Map.entry("c6i", 0.085),
          Map.entry("r5", 0.126),
          Map.entry("r6g", 0.1008),
          Map.entry("r6i", 0.126));

  /** How much larger than "large" a size is. */
  private static final Map<String, Double> SIZES =
      Map.of(
          "micro",
          0.125,
          "small",
          0.25,
          "medium",
          0.5,
          "large",
          1.0,
          "xlarge",
          2.0,
          "2xlarge",
          4.0,
          "4xlarge",
          8.0,
          "8xlarge",
          16.0,
          "12xlarge",
          24.0,
          "16xlarge",
          32.0);

  private Prices() {}

  /**
   * @param type such as db.t3.micro
   * @param gibibytes its storage
   */
  public static Cost database(String type, boolean multiAz, int gibibytes) {
    String[] parts = type.split("\\.");
    double large = parts.length == 3 ? LARGE.getOrDefault(parts[1], Double.NaN) : Double.NaN;
    double size = parts.length == 3 ? SIZES.getOrDefault(parts[2], Double.NaN) : Double.NaN;
    int copies = multiAz ? 2 : 1;
    return Cost.hourly(large * size * copies)
        .and(Cost.monthly(DATABASE_STORAGE * gibibytes * copies));
  }

  /**
   * @param type such as t3.medium
   */
  public static Cost instances(String type, int count) {
    String[] parts = type.split("\\.");
    double large =
        parts.length == 2 ? LARGE_INSTANCE.getOrDefault(parts[0], Double.NaN) : Double.NaN;
    double size = parts.length == 2 ? SIZES.getOrDefault(parts[1], Double.NaN) : Double.NaN;
    return Cost.hourly(large * size * count);
  }

  /** At most: only what has changed since the snapshot before is stored. */
  public static Cost snapshot(int gibibytes) {
    return Cost.monthly(SNAPSHOT_STORAGE * gibibytes);
  }

  /** Of an empty serverless cache. */
  public static Cost serverlessCache(String engine) {
    return Cost.hourly(engine.equals("valkey") ? VALKEY : OTHER_CACHE);
  }

  public static Cost secret() {
    return Cost.monthly(SECRET);
  }
}
