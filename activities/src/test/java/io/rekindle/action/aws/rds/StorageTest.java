package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Trees;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.step.data.Rds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** What the snapshot says is the default; what the step says goes before it. */
class StorageTest {
  private static final String NETWORK =
      """
      {"snapshot": {"latestCopyOf": "orders"}, "target": "orders", "class": ["db.t3.micro"],
       "subnetGroup": "dr", "securityGroups": ["sg-0dr"], "parameterGroup": "mysql8"%s}
      """;

  private static Rds.RestoreInstance with(String more) {
    try {
      return (Rds.RestoreInstance)
          Binding.bind(
                  Kinds.of(Rds.RestoreInstance.class),
                  Trees.node(new JsonMapper().readTree(NETWORK.formatted(more))),
                  word -> new Node.Unknown(Place.START),
                  "with")
              .value()
              .orElseThrow();
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(more, unreadable);
    }
  }

  private static Storage restored(
      String more, String type, @Nullable Integer iops, @Nullable Integer throughput) {
    DBSnapshot snapshot =
        DBSnapshot.builder().storageType(type).iops(iops).storageThroughput(throughput).build();
    return Storage.of(with(more), snapshot);
  }

  @Test
  void provisionedStorageStaysAsFast() {
    assertThat(restored("", "io2", 8000, null)).isEqualTo(new Storage("io2", 8000, null));
    assertThat(restored("", "gp3", 12000, 500)).isEqualTo(new Storage("gp3", 12000, 500));
  }

  @Test
  void aTypeWithoutProvisionIsNotConverted() {
    assertThat(restored("", "gp2", null, null)).isEqualTo(new Storage("gp2", null, null));
    assertThat(restored("", "gp2", 600, null)).isEqualTo(new Storage("gp2", null, null));
  }

  /** "You can't specify IOPS or storage throughput" for small volumes, which have it unasked. */
  @Test
  void smallGp3IsLeftToAws() {
    assertThat(restored("", "gp3", 3000, 125)).isEqualTo(new Storage(null, null, null));
  }

  @Test
  void theStepGoesBeforeTheSnapshot() {
    assertThat(restored(", \"iops\": 16000", "gp3", 12000, 500))
        .isEqualTo(new Storage("gp3", 16000, 500));
    assertThat(restored(", \"storageType\": \"io1\", \"iops\": 5000", "gp3", 12000, 500))
        .isEqualTo(new Storage("io1", 5000, null));
    assertThat(restored(", \"storageType\": \"gp2\"", "io1", 5000, null))
        .isEqualTo(new Storage("gp2", null, null));
  }
}
