package io.rekindle.plan.iam;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What only a run will know is a wildcard in just its place of an ARN. */
final class Wildcards {
  /** They have the form of what they stand for, and nobody calls anything so. */
  static final String RUN = "zqxjkw";

  static final String TEXT = "zqxjkv";
  static final String ACCOUNT = "000000000000";

  /** What secrets end with in the facts: six letters that AWS draws. */
  private static final Pattern END_OF_SECRET = Pattern.compile("-AbCdEf$");

  private Wildcards() {}

  static String in(String resource) {
    String open = resource.replaceAll(RUN + "|" + TEXT + "|" + ACCOUNT, "*");
    return END_OF_SECRET.matcher(open).replaceFirst("-??????").replaceAll("\\*+", "*");
  }

  /** Those that no other one covers. */
  static SortedSet<String> widest(SortedSet<String> resources) {
    return resources.stream()
        .filter(each ->
            resources.stream().noneMatch(other -> !other.equals(each) && covers(other, each)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean covers(String pattern, String resource) {
    return resource.matches(
        Arrays.stream(pattern.split("(?<=[*?])|(?=[*?])"))
            .map(part ->
                switch (part) {
                  case "*" -> ".*";
                  case "?" -> "[^*]";
                  default -> Pattern.quote(part);
                })
            .collect(Collectors.joining()));
  }
}
