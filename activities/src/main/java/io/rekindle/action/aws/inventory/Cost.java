package io.rekindle.action.aws.inventory;

import java.util.Locale;

/**
 * What something costs a day, about, by the list prices of us-east-1.
 *
 * @param dollars not a number where nobody knows
 */
public record Cost(double dollars) {
  public static final Cost NOTHING = new Cost(0);
  public static final Cost UNKNOWN = new Cost(Double.NaN);
  private static final double DAYS_OF_A_MONTH = 30.4;

  static Cost monthly(double dollars) {
    return new Cost(dollars / DAYS_OF_A_MONTH);
  }

  static Cost hourly(double dollars) {
    return new Cost(dollars * 24);
  }

  Cost and(Cost other) {
    return new Cost(dollars + other.dollars);
  }

  public String words() {
    if (Double.isNaN(dollars)) {
      return "its cost is not known";
    }
    return dollars == 0
        ? "costs nothing by itself"
        : String.format(Locale.ROOT, "about $%.2f a day", Math.max(dollars, 0.01));
  }
}
