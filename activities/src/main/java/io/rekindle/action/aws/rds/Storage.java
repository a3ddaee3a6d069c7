package io.rekindle.action.aws.rds;

import io.rekindle.plan.step.data.Rds;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/**
 * The storage of a restored instance: as the step says, else as the snapshot's database had it.
 * Told nothing, AWS takes gp3, "otherwise io1 if the Iops parameter is specified", whatever the
 * snapshot says.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html">
 *     RestoreDBInstanceFromDBSnapshot</a>
 */
record Storage(@Nullable String type, @Nullable Integer iops, @Nullable Integer throughput) {
  private static final String GP3 = "gp3";

  /** What small gp3 volumes have unasked; AWS refuses to be asked for it there. */
  private static final Storage BASE = new Storage(GP3, 3000, 125);

  static Storage of(Rds.RestoreInstance with, DBSnapshot snapshot) {
    Storage former =
        new Storage(snapshot.storageType(), snapshot.iops(), snapshot.storageThroughput())
            .asProvisioned();
    String type = with.storageType() == null ? former.type : with.storageType();
    boolean same = type != null && type.equals(former.type);
    Storage wanted =
        new Storage(
            type,
            with.iops() == null && same ? former.iops : with.iops(),
            with.throughput() == null && same ? former.throughput : with.throughput());
    return with.storageType() == null ? wanted.unlessByDefault() : wanted;
  }

  private Storage asProvisioned() {
    boolean provisioned = type != null && (type.startsWith("io") || type.equals(GP3));
    return provisioned && !equals(BASE) ? this : new Storage(type, null, null);
  }

  /** AWS wants to hear no gp3 without its iops. */
  private Storage unlessByDefault() {
    return equals(new Storage(GP3, null, null)) ? new Storage(null, null, null) : this;
  }
}
