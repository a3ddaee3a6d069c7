package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.Repository;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever adds a kind of step declares it, and touches nothing of the workflow: one source file is
 * compiled with a kind more, and a plan that uses it is failed over.
 */
class MadeUpKindTest {
  private static final String SERVICE =
      "workflows/src/main/java/io/rekindle/plan/step/data/Kms.java";
  private static final String KIND =
      """
        @Facts(
            kind = "kms.openDoor",
            says = "Opens a door of the vault.",
            role = Role.CONFIG,
            plane = Plane.CONTROL,
            guard = Guard.STATE,
            undo = Facts.Undo.PUTS_BACK,
            undoing = "Turns the key back.",
            drill = Drill.ISOLATED,
            drilling = "Opens another door.",
            budget = "10m")
        record OpenDoor(@Says("The door.") String door) implements Kms {
          public enum Change implements Action.Change {
            @io.rekindle.plan.step.Action.Does("Inserts the key.")
            @Lasts(min = "1s", likely = "2s", max = "3s", source = ESTIMATE)
            INSERT,

            @io.rekindle.plan.step.Action.Does("Turns the key.")
            @Lasts(min = "1m", likely = "2m", max = "3m", source = ESTIMATE)
            TURN
          }

          public record Outputs(
              @Says("What lies behind.") @Like("room-of-{door}") String room)
              implements Action.Outputs {}

          @Override
          public List<Permission> permissions(Realm at) {
            return List.of();
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void needsNoChangeOfTheWorkflow() throws Exception {
    assertThat(Kinds.named("kms.openDoor")).isEmpty();
    String service = Repository.read(Repository.path(SERVICE)).stripTrailing();
    compile(service.substring(0, service.length() - 1) + KIND);

    try (URLClassLoader world = new OtherWorld(folder)) {
      Class<?> failover = world.loadClass(Failing.class.getName());
      assertThat((List<?>) ((Callable<?>) failover.getDeclaredConstructor().newInstance()).call())
          .isEqualTo(List.of("insert", "turn", "activate", "scale", "RECOVERED", "/room-of-vault"));
    }
  }

  private void compile(String source) {
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("memory:/Kms.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return source;
          }
        };
    List<String> options =
        List.of(
            "-parameters",
            "-proc:none",
            "-d",
            folder.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    StringWriter said = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(said, null, null, options, null, List.of(file))
            .call();
    assertThat(compiled).as("%s", said).isTrue();
  }

  /** Loads this project anew, and what was compiled last before all else. */
  private static final class OtherWorld extends URLClassLoader {
    OtherWorld(Path first) throws Exception {
      super(new URL[] {first.toUri().toURL(), home(Kinds.class), home(MadeUpKindTest.class)});
    }

    private static URL home(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.rekindle.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }

  /** A whole failover, to be loaded where the kind is known; gives what came of it. */
  public static final class Failing implements Callable<List<String>> {
    private static final String PLAN =
        """
        application: vault
        regions: { primary: us-east-2, recovery: us-west-2 }
        failover:
          - { id: approve, uses: approval, with: { question: "Open the vault?" } }
          - { id: open, uses: kms.openDoor, with: { door: vault } }
          - { id: tell, uses: config.publish, with: { prefix: "/${open.room}" } }
          - { id: serve, uses: ecs.scaleService, with: { cluster: vault, service: web, desired: 1 } }
        """;

    @Override
    public List<String> call() {
      assertThat(PlanReader.read("vault", PLAN).problems()).isEmpty();
      try (Story story = Story.of(PLAN, Script.SMOOTH)) {
        story.pass(Duration.ofMinutes(1));
        story.tell(new Decision.Approve(null, false, null, "anna", null));
        story.pass(Duration.ofHours(1));
        List<String> seen = new ArrayList<>();
        story.cloud().log().stream().map(Oracle::change).forEach(seen::add);
        seen.add(String.valueOf(story.status().outcome()));
        seen.add(story.step("tell").outputs().getOrDefault("prefix", ""));
        return List.copyOf(seen);
      }
    }
  }
}
