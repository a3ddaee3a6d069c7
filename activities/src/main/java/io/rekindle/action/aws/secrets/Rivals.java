package io.rekindle.action.aws.secrets;

import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.secrets.SyncFromRds.Before;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.plan.step.data.Secrets.SyncFromRds.Change;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/** Whoever else writes the secret while the step is under way: its rotation above all. */
record Rivals(Work<Secrets.SyncFromRds> work, StoredSecret stored) {

  /** What was staged and is listed no more is not staged again: its password may be in use. */
  Optional<String> lost() {
    if (work.hasJustMade(Change.STAGE)) {
      throw work.underWay(
          "AWS accepted the new version of the secret %s and does not show it yet"
              .formatted(stored.name()),
          SyncFromRds.LOOK);
    }
    return work.isAnswered(Change.STAGE)
        ? Optional.of(
            ("somebody else has taken the label off the version %s of the secret %s in %s that this"
                    + " step staged: start over (retry --anew)")
                .formatted(stored.version(), stored.name(), work.call().region()))
        : Optional.empty();
  }

  /** Who has made another version current since the step began. */
  Optional<String> overtaken(DescribeSecretResponse secret) {
    String current = StoredSecret.current(secret);
    return work.before(Change.STAGE, Before.class)
        .filter(before -> !stored.isCurrent(secret) && !before.current().equals(current))
        .map(before ->
            ("a rotation, or somebody else, has made the version %s of the secret %s in %s current"
                    + " since this step began: it is not certain whose password the database has."
                    + " Switch the rotation off, then start over (retry --anew)")
                .formatted(current, stored.name(), work.call().region()));
  }
}
