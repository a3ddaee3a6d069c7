package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address of a database: {@code jdbc:mysql://host/database}. Credentials come from a secret,
 * never from here.
 */
@Text(
    value = "a database URL such as jdbc:mysql://host:3306/database",
    example = "jdbc:mysql://host:3306/database",
    pattern = JdbcUrl.FORM)
public record JdbcUrl(String value) {
  static final String FORM = "^jdbc:(mysql|mariadb|postgresql)://([^\\s/@:]+)(:\\d{1,5})?/[^\\s]*$";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  public JdbcUrl {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "is not a database URL such as jdbc:mysql://host:3306/database (mysql, mariadb or"
              + " postgresql)");
    }
    if (value.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new IllegalArgumentException("holds a password: name a secret instead");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
