package io.rekindle.plan.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rekindle.plan.shape.Binder;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "us-east-1",
        "us-west-2",
        "eu-central-1",
        "ap-southeast-7",
        "us-gov-west-1",
        "cn-north-1",
        "eusc-de-east-1",
        "us-iso-east-1",
        "mx-central-1"
      })
  void takesTheRegionsOfAws(String name) {
    assertThat(new RegionName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ap-southeast-9", "eu-northeast-1", "sa-west-1", "us-central-12"})
  void takesARegionThatAwsMayOpenTomorrow(String name) {
    assertThat(new RegionName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "us",
        "us-west",
        "us-west-",
        "us-west-2a",
        "us-west-123",
        "us_west_2",
        "US-WEST-2",
        " us-west-2",
        "us-west-2\n",
        "us-middle-1",
        "xx-west-1",
        "moon-west-1",
        "eu-de-east-1",
        "global",
        "*"
      })
  void refusesWhatIsNoRegion(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegionName(name))
        .withMessage("is not a Region such as us-west-2");
  }

  @ParameterizedTest
  @CsvSource({
    "us-wset-2, us-west-2",
    "us-west-2a, us-west-2",
    "US-WEST-2, us-west-2",
    "us_west_2, us-west-2",
    "eu-centrl-1, eu-central-1",
    "uswest2, us-west-2",
    "eu-frankfurt-1, ",
  })
  void suggestsTheNearestRegion(String written, String meant) {
    assertThat(suggestion(written)).isEqualTo(meant == null ? List.of() : List.of(meant));
  }

  private record Where(RegionName region) {}

  private static List<String> suggestion(String written) {
    Place at = Place.START;
    Node.Fields fields =
        new Node.Fields(at, List.of(new Node.Field(at, "region", Node.Scalar.text(at, written))));
    return Binder.bind(fields, Where.class, "").problems().stream()
        .map(Problem::nearest)
        .flatMap(Optional::stream)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, aws",
    "cn-northwest-1, aws-cn",
    "us-gov-east-1, aws-us-gov",
    "eusc-de-east-1, aws-eusc",
  })
  void knowsItsPartition(String name, String partition) {
    assertThat(new RegionName(name).partition()).isEqualTo(partition);
  }
}
