package io.rekindle.simulator.site;

import io.rekindle.plan.Region.Side;
import io.rekindle.simulator.seed.Estate;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The plan of an application as it must read here: whatever names AWS is replaced by what was
 * seeded, and nothing else.
 */
public record LocalPlan(Application application, Site site) {
  /** A value may also stand on the next line. */
  private static final Pattern VALUE = Pattern.compile("(?m)^( +)(\\w+): (?:>-\\n +)?\\S.*$");

  /** A step that opens a load balancer gives its name to later ones. */
  private static final Pattern DOOR =
      Pattern.compile(
          "(?s)- id: (\\S+)\\n +uses: alb[.]enableIngress\\n.*?listener: \"\\$\\{(\\w+)[.]");

  private static final Pattern RECOVERY = Pattern.compile("\\n(?=  recovery:\\n)");
  private static final Pattern NEXT_KEY = Pattern.compile("\\n(?=[a-z#])");

  /**
   * @param plan the text of its example
   */
  public String of(String plan) {
    String[] sides = RECOVERY.split(plan, 2);
    String[] rest = NEXT_KEY.split(sides[1], 2);
    String text =
        String.join(
            "\n",
            with(application.world().primary(), sides[0]),
            with(application.world().recovery(), rest[0]),
            rest[1]);
    for (Map.Entry<String, String> each : replacements(text).entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return text;
  }

  private static String with(Estate estate, String text) {
    Map<String, String> values = estate.values();
    return VALUE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                values.containsKey(found.group(2))
                    ? "%s%s: \"%s\""
                        .formatted(found.group(1), found.group(2), values.get(found.group(2)))
                    : found.group()));
  }

  private Map<String, String> replacements(String plan) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("https://" + application.name(), site.everybody().https().toString());
    for (Side side : Side.values()) {
      balancer(all, side.name().toLowerCase(Locale.ROOT), address(side));
    }
    DOOR.matcher(plan)
        .results()
        .forEach(door ->
            all.put(
                "https://${%s.target}".formatted(door.group(1)),
                address(Side.valueOf(door.group(2).toUpperCase(Locale.ROOT))).toString()));
    all.putAll(application.words());
    return all;
  }

  private URI address(Side side) {
    return switch (side) {
      case PRIMARY -> site.primary().https();
      case RECOVERY -> site.recovery().https();
    };
  }

  /** A load balancer has no port of its own here, and no name that leads to it. */
  private static void balancer(Map<String, String> all, String side, URI address) {
    all.put("https://${%s.alb}".formatted(side), address.toString());
    all.put(
        "host: \"${%s.alb}\"".formatted(side),
        "host: %s, port: %d".formatted(address.getHost(), address.getPort()));
  }
}
