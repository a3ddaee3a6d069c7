package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Phase;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.local.StockTools.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide for operators tells people to type works, by Temporal's own command line. */
class StockToolsIT {
  private static final List<String> AFTER_RECOVERY = List.of("reject", "retry", "skip", "done");

  /** What the server answers while a run goes on in another execution: then send it again. */
  private static final String GOING_ON = "workflow is closing";

  private static final int AGAIN = 20;

  @TempDir private static Path folder;
  private static final RealServers SERVERS = RealServers.shared();

  @Test
  void aRunIsStartedWatchedAndDecidedOnBySignals() throws Exception {
    aWholeRun("signal");
  }

  @Tag("sweep")
  @Test
  void aRunIsStartedWatchedAndDecidedOnByUpdates() throws Exception {
    aWholeRun("update execute");
  }

  @Tag("sweep")
  @Test
  void aRunIsAborted() throws Exception {
    for (String how : List.of("signal", "update execute")) {
      try (RealRun run = new RealRun(SERVERS)) {
        startsByThePrintedCommand(run);
        succeeds(run, documented(how, "abort"));
        run.awaitEnd();
      }
    }
  }

  private static void aWholeRun(String how) throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      startsByThePrintedCommand(run);
      for (String command : looks()) {
        assertThat(succeeds(run, command)).contains(run.application());
      }
      succeeds(run, documented(how, "pause"));
      run.await("it is paused", RunState::paused);
      succeeds(run, documented(how, "resume"));
      run.await("it goes on", state -> !state.paused());
      succeeds(run, documented(how, "approve"));
      run.recovered();
      int before = rulings(run);
      for (String verb : AFTER_RECOVERY) {
        succeeds(run, documented(how, verb));
      }
      run.await(
          "all of it is ruled on",
          state -> state.rulings().size() == before + AFTER_RECOVERY.size());
      succeeds(run, documented(how, "failback"));
      run.await("it is brought back", state -> state.phase() == Phase.FAILING_BACK);
      succeeds(run, documented(how, "abort"));
      run.await("it serves on", state -> state.phase() == Phase.SERVING);
      succeeds(run, documented(how, "close"));
      run.awaitEnd();
    }
  }

  private static int rulings(RealRun run) {
    return run.await("it answers", state -> true).rulings().size();
  }

  private static void startsByThePrintedCommand(RealRun run) throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), run.plan());
    String printed = CommandFixture.run("request", plan.toString()).exits(ExitCode.DONE).out();
    String start = last(printed);
    succeeds(run, start);
    run.await("it asks", state -> state.gates().stream().anyMatch(Gate::open));
    assertThat(shell(start).exitCode()).as("a second one while the first is open").isNotZero();
  }

  private static String last(String printed) {
    List<String> commands = StockTools.commands(printed);
    assertThat(commands).as(printed).isNotEmpty();
    return commands.getLast();
  }

  private static List<String> looks() throws IOException {
    List<String> looks = new ArrayList<>(StockTools.guide());
    looks.removeIf(command -> !command.matches("(?s)temporal workflow (query|describe|list) .*"));
    assertThat(looks).hasSize(3);
    return looks;
  }

  private static String documented(String how, String verb) throws IOException {
    String begin = "temporal workflow " + how + " ";
    return StockTools.guide().stream()
        .filter(command -> command.startsWith(begin) && command.contains("--name " + verb + " "))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the guide has no " + how + " " + verb));
  }

  private static String succeeds(RealRun run, String command) throws Exception {
    String mine = command.contains("a1b2c3") ? command.replace("a1b2c3", name(run)) : command;
    Said said = shell(mine);
    for (int again = 0; again < AGAIN && said.out().contains(GOING_ON); again++) {
      said = shell(mine);
    }
    assertThat(said.exitCode()).as("%s%n%s", mine, said.out()).isZero();
    return said.out();
  }

  private static String name(RealRun run) {
    return run.await("it answers", state -> true).run();
  }

  private static Said shell(String command) throws Exception {
    return new StockTools(SERVERS.temporal(), folder).type(command);
  }
}
