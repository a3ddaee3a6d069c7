package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import java.util.regex.Pattern;

/** The base of the name of a database, of whose whole RDS takes 63 letters. */
@Text(
    value = "a name of letters, digits and single '-' such as orders-db",
    example = "orders-db",
    pattern = DatabaseName.FORM)
public record DatabaseName(String value) implements NewName {
  static final String FORM = "^(?=.{1,56}$)[A-Za-z](-?[A-Za-z0-9])*$";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  public DatabaseName {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "cannot name a database: use letters, digits and single '-' between them, begin with a"
              + " letter, at most 56 in all, because the run is appended");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
