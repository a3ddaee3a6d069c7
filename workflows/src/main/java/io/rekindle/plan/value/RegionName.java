package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Suggesting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An AWS Region. Names made of AWS's own words are believed even when they are not on our list,
 * because AWS opens Regions faster than people upgrade their recovery tool.
 */
@Text(value = "a Region such as us-west-2", example = "us-west-2", pattern = RegionName.FORM)
public record RegionName(String value) {
  static final String FORM = "^([a-z]{2,4}(?:-[a-z]+)?)-([a-z]+)-\\d{1,2}$";
  private static final Pattern PATTERN = Pattern.compile(FORM);
  private static final Set<String> DIRECTIONS =
      Set.of(
          "central",
          "north",
          "south",
          "east",
          "west",
          "northeast",
          "northwest",
          "southeast",
          "southwest");
  private static final Set<String> PARTS_OF_THE_WORLD =
      Set.of(
          "af", "ap", "ca", "cn", "eu", "eusc-de", "il", "me", "mx", "sa", "us", "us-gov", "us-iso",
          "us-isob", "us-isof", "eu-isoe");
  private static final List<String> KNOWN =
      List.of(
          "af-south-1",
          "ap-east-1",
          "ap-east-2",
          "ap-northeast-1",
          "ap-northeast-2",
          "ap-northeast-3",
          "ap-south-1",
          "ap-south-2",
          "ap-southeast-1",
          "ap-southeast-2",
          "ap-southeast-3",
          "ap-southeast-4",
          "ap-southeast-5",
          "ap-southeast-6",
          "ap-southeast-7",
          "ca-central-1",
          "ca-west-1",
          "cn-north-1",
          "cn-northwest-1",
          "eu-central-1",
          "eu-central-2",
          "eu-north-1",
          "eu-south-1",
          "eu-south-2",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "eusc-de-east-1",
          "il-central-1",
          "me-central-1",
          "me-south-1",
          "mx-central-1",
          "sa-east-1",
          "us-east-1",
          "us-east-2",
          "us-gov-east-1",
          "us-gov-west-1",
          "us-west-1",
          "us-west-2");

  public RegionName {
    check(value);
  }

  static void check(String name) {
    Matcher form = PATTERN.matcher(name);
    if (!form.matches()
        || !PARTS_OF_THE_WORLD.contains(form.group(1))
        || !DIRECTIONS.contains(form.group(2))) {
      Optional<String> nearest = Nearest.to(name, KNOWN);
      throw new Suggesting("is not a Region such as us-west-2", nearest);
    }
  }

  /** The partition whose ARNs name this Region. */
  public String partition() {
    return in().arns;
  }

  /** What the names of AWS's own servers end with here. */
  public String dnsSuffix() {
    return in().suffix;
  }

  private Partition in() {
    return Arrays.stream(Partition.values())
        .filter(each -> value.startsWith(each.prefix))
        .findFirst()
        .orElse(Partition.COMMERCIAL);
  }

  /** The parts of AWS that know nothing of each other. */
  private enum Partition {
    CHINA("cn-", "aws-cn", "amazonaws.com.cn"),
    GOVERNMENT("us-gov-", "aws-us-gov", "amazonaws.com"),
    SOVEREIGN("eusc-", "aws-eusc", "amazonaws.eu"),
    ISO("us-iso-", "aws-iso", "c2s.ic.gov"),
    ISO_B("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
    ISO_E("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"),
    ISO_F("us-isof-", "aws-iso-f", "csp.hci.ic.gov"),
    COMMERCIAL("", "aws", "amazonaws.com");

    private final String prefix;
    private final String arns;
    private final String suffix;

    Partition(String prefix, String arns, String suffix) {
      this.prefix = prefix;
      this.arns = arns;
      this.suffix = suffix;
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
