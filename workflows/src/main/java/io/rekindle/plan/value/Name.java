package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import java.util.regex.Pattern;

/**
 * The name of an application, a step, a drill: it becomes part of workflow ids, tags and
 * expressions.
 */
@Text(
    value = "a name of letters, digits and '-' that begins with a letter",
    example = "orders",
    pattern = Name.FORM)
public record Name(String value) {
  static final String FORM = "^[A-Za-z][A-Za-z0-9-]{0,62}$";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  public Name {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "is not a name: use letters, digits and '-', begin with a letter, at most 63 in all");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
