package io.rekindle.plan.step.proof;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Text;
import io.rekindle.plan.shape.Component.Written;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Does;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.JdbcUrl;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Proof by a row of our own that what was written up to a moment came along. */
public sealed interface VerifyCanary extends Verify {

  /** Where the rows are. */
  record CanaryTable(
      @Says("The database; the worker must be able to reach it.") JdbcUrl url,
      @Says("The secret in this Region with username and password, by name or ARN.") String secret,
      @Says(
              "The table, which the application's owner makes beforehand: create table"
                  + " rekindle_canary "
                  + CanaryTable.COLUMNS
                  + ". The user needs select, and insert to write.")
          @Default("rekindle_canary")
          TableName table) {
    /** Its columns, as they are made. */
    public static final String COLUMNS =
        "(token varchar(190) primary key, written timestamp not null)";
  }

  /** A table, with its schema or without. */
  @Text(
      value = "the name of a table such as rekindle_canary or billing.rekindle_canary",
      example = "rekindle_canary",
      pattern = TableName.FORM)
  record TableName(String value) {
    private static final String WORD = "[A-Za-z_][A-Za-z0-9_]{0,62}";
    static final String FORM = "^(" + WORD + "\\.)?" + WORD + "$";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    public TableName {
      if (!PATTERN.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "cannot name a table here: use letters, digits and '_', such as rekindle_canary, with"
                + " its schema before a '.' where it needs one");
      }
    }

    @Override
    public String toString() {
      return value;
    }
  }

  @Facts(
      kind = "verify.writeCanary",
      says =
          "Writes one row of its own into a table that was made for it, right before something"
              + " happens to the data; a later step finds it in what came of them. One row speaks"
              + " for all that was committed before it where a copy keeps the order: in snapshots,"
              + " physical replicas and binary logs, not where tables are copied one by one. Write"
              + " where the application writes: a replica refuses.",
      role = Role.CONFIG,
      plane = Plane.DATA,
      guard = Guard.STATE,
      thing = {"url", "table"},
      undo = Undo.NOTHING,
      undoing = "The row stays: nobody but this run looks for it, and the report names it.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill writes into no database that somebody uses.",
      budget = "5m")
  record WriteCanary(@Written(inline = true) CanaryTable in) implements VerifyCanary {
    public enum Change implements Action.Change {
      @Does("INSERT of the token and the time of the database, unless the token is there.")
      @Lasts(min = "1s", likely = "1s", max = "30s", source = ESTIMATE)
      WRITE
    }

    public record Outputs(
        @Says("What tells the row from all others: no other step of any run writes it.")
            @Like("orders/{run}/canary/g1")
            String token,
        @Says("When it was written, by the clock of the database.") @Like("2027-01-01T00:00:00Z")
            Instant written)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String login = VerifyData.credentials(in.secret(), at);
      return List.of(
          look("secretsmanager:GetSecretValue", login),
          change(Change.WRITE, "secretsmanager:GetSecretValue", login),
          implied(Change.WRITE, "kms:Decrypt", at.arn("kms", "key/*")));
    }
  }

  @Facts(
      kind = "verify.canary",
      says =
          "Waits until a row that an earlier step wrote is in this database: then all that was"
              + " committed before it came along, as far as the copy keeps the order. A replica may"
              + " lag; a copy that was taken too early never has it.",
      role = Role.VERIFY,
      plane = Plane.DATA,
      settles = @Lasts(min = "1s", likely = "5s", max = "5m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill writes no row that could be found.",
      budget = "20m")
  record Canary(
      @Written(inline = true) CanaryTable in,
      @Says("Which row: the output 'token' of the step that wrote it.") String token)
      implements VerifyCanary {
    public record Outputs(
        @Says("When it was written, by the clock of the database that it was written into.")
            @Like("2027-01-01T00:00:00Z")
            Instant written,
        @Says("How old it was when it was found, for people.") @Like("1h30m") String age)
        implements Action.Outputs {}

    public Canary {
      if (token.isBlank()) {
        throw new IllegalArgumentException(
            "the token is empty: give the output 'token' of the step that wrote the row");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return VerifyData.login(in.secret(), at);
    }
  }
}
