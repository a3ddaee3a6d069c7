package io.rekindle.plan.step.data;

import io.rekindle.plan.shape.Component.Says;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a database that is made in a Region is found by, beside Rekindle's own tags. */
public record OwnTags(
    @Says(
            "The application's own tags, such as the one by which a plan of AWS Backup selects"
                + " the database: a restore brings none along. Snapshots of it get them too.")
        Map<String, String> tags) {
  /** AWS takes fifty; Rekindle needs some itself. */
  private static final int MOST = 40;

  private static final int LONGEST_KEY = 128;
  private static final List<String> RESERVED = List.of("aws:", "rekindle:");

  public OwnTags {
    if (tags.size() > MOST) {
      throw new IllegalArgumentException(
          "tags are at most " + MOST + ", because AWS takes 50 and Rekindle needs some itself");
    }
    tags.keySet().forEach(OwnTags::check);
  }

  private static void check(String key) {
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "the key of a tag has 1 to " + LONGEST_KEY + " characters");
    }
    RESERVED.stream()
        .filter(key.toLowerCase(Locale.ROOT)::startsWith)
        .findFirst()
        .ifPresent(prefix -> {
          throw new IllegalArgumentException(
              "the tag '%s' begins with %s, which is not the application's to set"
                  .formatted(key, prefix));
        });
  }
}
