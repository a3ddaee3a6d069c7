package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall.Names;
import org.junit.jupiter.api.Test;

class FittedNameTest {
  private static final Names REAL = new Names("a1b2c3", 1, false);
  private static final Names AGAIN = new Names("a1b2c3", 12, false);
  private static final Names DRILL = new Names("a1b2c3", 1, true);

  @Test
  void shortNamesStayAsTheyAre() {
    assertThat(FittedName.of(REAL, "orders", 63)).isEqualTo("orders-a1b2c3");
    assertThat(FittedName.of(DRILL, "orders", 63)).isEqualTo("drill-a1b2c3-orders");
  }

  @Test
  void longNamesAreCutAndStayApart() {
    String one = "orders-of-the-customers-of-the-very-big-company-in-the-north";
    String other = "orders-of-the-customers-of-the-very-big-company-in-the-south";
    for (Names names : new Names[] {REAL, AGAIN, DRILL}) {
      String name = FittedName.of(names, one, 63);
      assertThat(name).hasSizeLessThanOrEqualTo(63).contains("a1b2c3").doesNotContain("--");
      assertThat(name).isEqualTo(FittedName.of(names, one, 63));
      assertThat(name).isNotEqualTo(FittedName.of(names, other, 63));
    }
  }
}
