package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An Amazon Resource Name. */
@Text(
    value = "an ARN such as arn:aws:sns:us-west-2:123456789012:incidents",
    example = "arn:aws:sns:us-west-2:123456789012:incidents",
    pattern = Arn.FORM)
public record Arn(String value) {
  static final String FORM = "^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\\d{12}|aws|):(\\S+)$";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  public Arn {
    Matcher form = PATTERN.matcher(value);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "is not an ARN such as arn:aws:sns:us-west-2:123456789012:incidents");
    }
    if (!form.group(3).isEmpty()) {
      RegionName.check(form.group(3));
    }
  }

  private String part(int index) {
    return List.of(value.split(":", 6)).get(index);
  }

  public String partition() {
    return part(1);
  }

  public String service() {
    return part(2);
  }

  /** The Region, or empty for what belongs to none. */
  public String region() {
    return part(3);
  }

  /** The account, or empty where the ARN names none. */
  public String account() {
    return part(4);
  }

  public String resource() {
    return part(5);
  }

  @Override
  public String toString() {
    return value;
  }
}
