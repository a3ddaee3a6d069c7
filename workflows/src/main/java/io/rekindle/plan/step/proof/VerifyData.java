package io.rekindle.plan.step.proof;

import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.OneOrMany;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Fingerprint;
import io.rekindle.plan.value.JdbcUrl;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proof that a copy holds what the original held. */
public sealed interface VerifyData extends Verify {

  @Facts(
      kind = "verify.tables",
      says =
          "Reads whole tables in one read-only snapshot: of each the number of its rows, a checksum"
              + " over all of them in any order, and a digest of its columns, keys and indexes. A"
              + " later step compares a copy with it, on another server of the same engine, and"
              + " names every table that differs. It reads every byte: right after a restore that"
              + " is as slow as AWS loads the data, and one look may take ten minutes. Where that"
              + " is too short, name the tables that matter, or count only. Defaults, foreign keys,"
              + " triggers, views, routines, sequences and rights are not compared.",
      role = Role.VERIFY,
      plane = Plane.DATA,
      settles = @Lasts(min = "1s", likely = "1m", max = "10m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: the transaction is read-only.",
      budget = "30m",
      look = "10m")
  record Tables(
      @Says("The database; the worker must be able to reach it.") JdbcUrl url,
      @Says("The secret in this Region with username and password, by name or ARN.") String secret,
      @Says(
              "The tables, at most 200, or 'all' for those that there are. PostgreSQL's outside the"
                  + " first schema of the search path are written with theirs: billing.invoices.")
          @OneOrMany
          List<String> tables,
      @Says("Whether rows are counted only, which is faster and tells less.") boolean countOnly,
      @Says(
              "What the original held: the output 'tables' of another step of this kind. What was"
                  + " counted only, here or there, is compared by its count.")
          @Nullable Fingerprint sameAs,
      @Says(
              "All of it must stay the same for this time, at most 10m: proof that writing has"
                  + " stopped.")
          @Nullable Duration unchangedFor)
      implements VerifyData {
    public record Outputs(
        @Says("What each table holds, to be compared with sameAs.")
            @Like("visits=2:9f3c5e0a1b2c3d4e:1a2b3c4d")
            Fingerprint tables,
        @Says("How many rows each table has, for people.") @Like("visits=2") String counts,
        @Says("All of it in one short text.") @Like("9f3c5e0a1b2c3d4e") String digest)
        implements Action.Outputs {}

    /** How the tables are written when they are all that there are. */
    private static final String ALL = "all";

    /** What later steps read must be remembered by the run, and has little room there. */
    public static final int MOST = 200;

    private static final Duration LONGEST = Duration.ofMinutes(10);

    public Tables {
      if (tables.isEmpty() || tables.size() > MOST) {
        throw new IllegalArgumentException("tables are 1 to " + MOST + ", or 'all'");
      }
      if (tables.size() > 1 && tables.contains(ALL)) {
        throw new IllegalArgumentException("tables are either 'all' or named one by one");
      }
      if (new HashSet<>(tables).size() < tables.size()) {
        throw new IllegalArgumentException("tables name one of them twice");
      }
      if (unchangedFor != null
          && (!unchangedFor.isPositive() || unchangedFor.compareTo(LONGEST) > 0)) {
        throw new IllegalArgumentException("unchangedFor is more than nothing and at most 10m");
      }
    }

    public boolean isOfAll() {
      return tables.equals(List.of(ALL));
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return login(secret, at);
    }
  }

  /** To read a login for a database. */
  static List<Permission> login(String secret, Realm at) {
    return List.of(
        look("secretsmanager:GetSecretValue", credentials(secret, at)),
        look("kms:Decrypt", at.arn("kms", "key/*")));
  }

  /** The secret that holds one. */
  static String credentials(String secret, Realm at) {
    return secret.startsWith("arn:")
        ? secret
        : at.arn("secretsmanager", "secret:" + secret + "-??????");
  }
}
