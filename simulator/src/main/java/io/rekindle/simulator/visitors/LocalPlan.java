package io.rekindle.simulator.visitors;

import io.rekindle.simulator.site.Site;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plan of the application, with everything that names AWS replaced by what was seeded. */
public final class LocalPlan {
  private static final Pattern VALUE =
      Pattern.compile("(?m)^( +)(alb|albZone|albMetric|key|databaseGroup|verifierGroup): .*$");
  private final World world;
  private final Site site;

  public LocalPlan(World world, Site site) {
    this.world = world;
    this.site = site;
  }

  /**
   * @param plan the text of {@code examples/visitor-counter.yaml}
   */
  public String of(String plan) {
    int recovery = plan.indexOf("\n  recovery:\n");
    String text =
        withValues(plan.substring(0, recovery), world.primary())
            + withValues(plan.substring(recovery), world.recovery());
    for (Map.Entry<String, String> each : replacements().entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return text;
  }

  private static String withValues(String text, Estate estate) {
    return VALUE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                "%s%s: \"%s\""
                    .formatted(found.group(1), found.group(2), value(found.group(2), estate))));
  }

  private static String value(String name, Estate estate) {
    return switch (name) {
      case "alb" -> estate.balancer().name();
      case "albZone" -> estate.balancer().zone();
      case "albMetric" -> estate.balancer().metric();
      case "key" -> estate.key();
      case "databaseGroup" -> estate.databaseGroup();
      case "verifierGroup" -> estate.verifierGroup();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Map<String, String> replacements() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("https://" + World.NAME, site.everybody().https().toString());
    balancer(all, "primary", site.primary().https());
    balancer(all, "recovery", site.recovery().https());
    all.put("Z08417392ABCDEXAMPLE", world.zone().id());
    all.put("8a4f1c73-2be6-49d0-95a7-d36e0b82c51f", world.healthCheck());
    all.put("sg-07c1e4b95d82fa036", world.recovery().verifierGroup());
    all.put("123456789012", world.account());
    return all;
  }

  /** A load balancer has no port of its own here, and no name that leads to it. */
  private static void balancer(Map<String, String> all, String side, URI address) {
    all.put("https://${%s.alb}".formatted(side), address.toString());
    all.put(
        "host: \"${%s.alb}\"".formatted(side),
        "host: %s, port: %d".formatted(address.getHost(), address.getPort()));
  }
}
