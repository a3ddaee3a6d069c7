package io.rekindle.plan.step.compute;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.OneOrMany;
import io.rekindle.plan.shape.Component.Says;
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
import io.rekindle.plan.value.Arn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AWS Lambda functions. */
public sealed interface Lambda extends Action, Action.Listed {

  @Override
  default List<Permission> inventory(Realm at) {
    return List.of(look("lambda:ListFunctions", Realm.ANYTHING));
  }

  @Facts(
      kind = "lambda.assertReady",
      says =
          "Waits until functions can be invoked: Active, with their last update successful. A"
              + " function that was idle for weeks may be Inactive: its first invocation fails and"
              + " wakes it, so invoke it once and retry.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      settles = @Lasts(min = "1s", likely = "5s", max = "2m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: it only looks.",
      budget = "15m")
  record AssertReady(
      @Says("The functions, by their names in this Region.") @OneOrMany @AtLeast(1)
          List<String> functions)
      implements Lambda {
    public record Outputs(@Says("How many functions are ready.") @Like("1") int ready)
        implements Action.Outputs {}

    public AssertReady {
      functions.forEach(Lambda::requirePlainName);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look(
              "lambda:GetFunctionConfiguration",
              functions.stream()
                  .map(each -> at.arn("lambda", "function:" + each))
                  .toArray(String[]::new)));
    }
  }

  @Facts(
      kind = "lambda.configure",
      says =
          "Sets environment variables of a function, such as the restored database's endpoint, and"
              + " keeps all others; AWS replaces warm environments. Only $LATEST changes: an alias"
              + " keeps the version that it points to. The values of these variables, the"
              + " former ones too, stay readable in the run's history, so name secrets and never"
              + " write them.",
      role = Role.CONFIG,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "function",
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former values of these variables back and removes those that were new.",
      drill = Drill.IN_PLACE,
      drilling =
          "Sets them on the recovery Region's own function, which serves nobody yet, and puts the"
              + " former values back at the end.",
      budget = "15m")
  record Configure(
      @Says("The function, by its name in this Region.") String function,
      @Says("The environment variables to set; never a secret value.")
          Map<String, String> environment)
      implements Lambda {
    public enum Change implements Action.Change {
      @Does(
          "UpdateFunctionConfiguration on the revision that was read, until"
              + " LastUpdateStatus is Successful.")
      @Lasts(min = "2s", likely = "10s", max = "2m", source = ESTIMATE)
      CONFIGURE
    }

    public record Outputs(
        @Says("The function.") @Like("{function}") String function,
        @Says("Its ARN.") @Like("arn:{partition}:lambda:{region}:{account}:function:{function}")
            Arn arn,
        @Says("The revision of the function with the new variables.")
            @Like("11111111-2222-3333-4444-555555555555")
            String revision)
        implements Action.Outputs {}

    public Configure {
      requirePlainName(function);
      if (environment.isEmpty()) {
        throw new IllegalArgumentException("environment names no variable to set");
      }
      for (String name : environment.keySet()) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_]+")) {
          throw new IllegalArgumentException(
              "'" + name + "' is no name of an environment variable: letters, digits and '_'");
        }
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("lambda", "function:" + function);
      return List.of(
          look("lambda:GetFunctionConfiguration", it),
          change(Change.CONFIGURE, "lambda:UpdateFunctionConfiguration", it),
          implied(Change.CONFIGURE, "kms:Decrypt", at.arn("kms", "key/*")),
          implied(Change.CONFIGURE, "kms:Encrypt", at.arn("kms", "key/*")),
          implied(Change.CONFIGURE, "kms:CreateGrant", at.arn("kms", "key/*")),
          undo("lambda:UpdateFunctionConfiguration", it));
    }
  }

  @Facts(
      kind = "lambda.setConcurrency",
      says =
          "Sets a function's reserved concurrency (0 stops it: a fence) or the provisioned"
              + " concurrency of an alias, which keeps environments warm. Both are taken from the"
              + " account's limit in this Region.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "function",
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former concurrency back, or removes it where there was none.",
      drill = Drill.LEFT_OUT,
      drilling =
          "Left out: it would take concurrency from production functions of the same account.",
      budget = "15m")
  record SetConcurrency(
      @Says("The function, by its name in this Region.") String function,
      @Says("Which concurrency to set, and to how much.") Concurrency concurrency)
      implements Lambda {
    public enum Change implements Action.Change {
      @Does(
          "PutFunctionConcurrency, which holds at once, or PutProvisionedConcurrencyConfig,"
              + " until it is READY.")
      @Lasts(min = "1s", likely = "1m", max = "5m", source = ESTIMATE)
      SET
    }

    public record Outputs(@Says("The function.") @Like("{function}") String function)
        implements Action.Outputs {}

    public SetConcurrency {
      requirePlainName(function);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("lambda", "function:" + function);
      return switch (concurrency) {
        case Concurrency.Reserved reserved ->
            List.of(
                look("lambda:GetFunctionConcurrency", it),
                change(Change.SET, "lambda:PutFunctionConcurrency", it),
                undo("lambda:PutFunctionConcurrency", it),
                undo("lambda:DeleteFunctionConcurrency", it));
        case Concurrency.Unreserved unreserved ->
            List.of(
                look("lambda:GetFunctionConcurrency", it),
                change(Change.SET, "lambda:DeleteFunctionConcurrency", it),
                undo("lambda:PutFunctionConcurrency", it));
        case Concurrency.Provisioned provisioned -> {
          String alias = it + ":" + provisioned.alias();
          yield List.of(
              look("lambda:GetProvisionedConcurrencyConfig", alias),
              change(Change.SET, "lambda:PutProvisionedConcurrencyConfig", alias),
              change(Change.SET, "lambda:DeleteProvisionedConcurrencyConfig", alias),
              undo("lambda:PutProvisionedConcurrencyConfig", alias),
              undo("lambda:DeleteProvisionedConcurrencyConfig", alias));
        }
      };
    }
  }

  /** How many invocations a function may, or always can, serve at once. */
  sealed interface Concurrency {
    record Reserved(
        @Says("How many invocations are reserved for the function, and its limit; 0 stops it.")
            @AtLeast(0)
            int reserved)
        implements Concurrency {}

    record Unreserved(
        @Says("Write true to lift the reservation, so that a function stopped with 0 runs again.")
            boolean unreserved)
        implements Concurrency {
      public Unreserved {
        if (!unreserved) {
          throw new IllegalArgumentException(
              "unreserved can only be true; to reserve, write reserved");
        }
      }
    }

    record Provisioned(
        @Says("How many environments are kept warm; 0 removes the setting.") @AtLeast(0)
            int provisioned,
        @Says("The alias, or the number of a version, that is kept warm.") String alias)
        implements Concurrency {}
  }

  @Facts(
      kind = "lambda.eventSource",
      says =
          "Enables or disables event source mappings, by which functions read queues and streams."
              + " Enable them in the recovery Region only when the database is writable and the"
              + " primary's are disabled, or messages are processed twice.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "mappings",
      undo = Undo.PUTS_BACK,
      undoing = "Puts each mapping back into its former state.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would consume production's messages.",
      budget = "15m")
  record EventSource(
      @Says("The event source mappings, by their UUIDs in this Region.") @OneOrMany @AtLeast(1)
          List<String> mappings,
      @Says("Whether the functions shall read from them or not.") MappingState state)
      implements Lambda {
    public enum Change implements Action.Change {
      @Does("UpdateEventSourceMapping for each that differs, until all have the wanted" + " state.")
      @Lasts(min = "5s", likely = "30s", max = "3m", source = ESTIMATE)
      SET
    }

    public record Outputs(@Says("How many mappings have the wanted state.") @Like("1") int mappings)
        implements Action.Outputs {}

    public EventSource {
      for (String mapping : mappings) {
        if (!mapping.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
          throw new IllegalArgumentException(
              "'" + mapping + "' is not the UUID of an event source mapping");
        }
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String[] them =
          mappings.stream()
              .map(each -> at.arn("lambda", "event-source-mapping:" + each))
              .toArray(String[]::new);
      return List.of(
          look("lambda:GetEventSourceMapping", them),
          change(Change.SET, "lambda:UpdateEventSourceMapping", them),
          undo("lambda:UpdateEventSourceMapping", them));
    }
  }

  /** Whether functions read from an event source. */
  enum MappingState {
    ENABLED,
    DISABLED
  }

  @Facts(
      kind = "lambda.invoke",
      says =
          "Invokes a function with a payload and compares what it returns. It may be invoked more"
              + " than once: the payload carries application, run, step, generation and attempt"
              + " under rekindle; all but the attempt are the same in a repetition, by which the"
              + " function must recognise it. It must answer within 25 seconds; let it start longer"
              + " work and return.",
      role = Role.COMPUTE,
      plane = Plane.DATA,
      guard = Guard.NONE,
      thing = "function",
      undo = Undo.ONE_WAY,
      undoing = "One-way: only the function's owner knows what it did and how to reverse it.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: what the function touches is not known.",
      budget = "15m")
  record Invoke(
      @Says("The function, by its name in this Region.") String function,
      @Says("The alias, or the number of a version; without it $LATEST is invoked.")
          @Nullable String alias,
      @Says("The fields of the JSON object that the function receives; never a secret value.")
          Map<String, String> payload,
      @Says("Fields that the returned JSON object must have with these values; others are ignored.")
          Map<String, String> expect)
      implements Lambda {
    public enum Change implements Action.Change {
      @Does("Invoke, until the function has returned the expected result without an error.")
      @Lasts(min = "1s", likely = "5s", max = "25s", source = ESTIMATE)
      INVOKE
    }

    public record Outputs(
        @Says("What the function returned, as JSON text; what is longer than 4000 is cut.")
            @Like("true")
            String result)
        implements Action.Outputs {}

    public Invoke {
      requirePlainName(function);
      if (payload.containsKey("rekindle")) {
        throw new IllegalArgumentException(
            "the payload's field 'rekindle' is filled in by the engine");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("lambda", "function:" + function + (alias == null ? "" : ":" + alias));
      return List.of(
          look("lambda:GetFunctionConfiguration", it),
          change(Change.INVOKE, "lambda:InvokeFunction", it));
    }
  }

  private static void requirePlainName(String function) {
    if (function.contains(":")) {
      throw new IllegalArgumentException(
          "'"
              + function
              + "' is not the plain name of a function: leave out ARN, Region and alias");
    }
  }
}
