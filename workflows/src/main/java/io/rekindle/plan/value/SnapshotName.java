package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import java.util.regex.Pattern;

/** The base of the name of a snapshot, of whose whole RDS takes 255 letters. */
@Text(
    value = "a name of letters, digits and single '-' such as orders-db-final",
    example = "orders-db-final",
    pattern = SnapshotName.FORM)
public record SnapshotName(String value) implements NewName {
  static final String FORM = "^(?=.{1,248}$)[A-Za-z](-?[A-Za-z0-9])*$";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  public SnapshotName {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "cannot name a snapshot: use letters, digits and single '-' between them, begin with a"
              + " letter, at most 248 in all, because the run is appended");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
