package io.rekindle.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Simulates AWS with an application of the examples in it until it is stopped. */
public final class Main {
  private static final String USAGE =
      "usage: simulator [--example NAME] [--port PORT] [--dns-port PORT] [--pace FACTOR]"
          + " [--scenario FILE] [--plan FILE --local-plan FILE] [--trust FILE]";
  private static final String EXAMPLE = "--example";
  private static final String NORMAL_PACE = "0.01";
  private static final String PORT = "--port";
  private static final String DNS_PORT = "--dns-port";
  private static final String PACE = "--pace";
  private static final String SCENARIO = "--scenario";
  private static final String PLAN = "--plan";
  private static final String LOCAL_PLAN = "--local-plan";
  private static final String TRUST = "--trust";

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    try {
      run(options(arguments));
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
    } catch (SimulatorUnavailable | IllegalStateException | UncheckedIOException failed) {
      System.err.println(failed.getMessage());
      System.exit(1);
    }
  }

  private static void run(Map<String, String> options) throws IOException, InterruptedException {
    Scenario scenario = scenario(options);
    Example example = example(options);
    Simulator simulator = Simulator.start(settings(options));
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    if (options.containsKey(TRUST)) {
      Path trust = Path.of(options.getOrDefault(TRUST, ""));
      Files.writeString(trust, simulator.authority().pem());
      System.out.println("trust    " + trust);
    }
    Seeded seeded = simulator.seed(example);
    scenario.begin(simulator.faults());
    if (options.containsKey(PLAN)) {
      Path local = Path.of(options.getOrDefault(LOCAL_PLAN, example.plan() + ".local.yaml"));
      String plan = Files.readString(Path.of(options.getOrDefault(PLAN, "")));
      Files.writeString(local, seeded.plan().of(plan));
    }
    tell(simulator, seeded);
    new CountDownLatch(1).await();
  }

  private static Example example(Map<String, String> options) {
    return options.containsKey(EXAMPLE)
        ? Example.named(options.getOrDefault(EXAMPLE, ""))
        : Example.VISITOR_COUNTER;
  }

  private static Scenario scenario(Map<String, String> options) throws IOException {
    return options.containsKey(SCENARIO)
        ? Scenario.read(Files.readString(Path.of(options.getOrDefault(SCENARIO, ""))))
        : Scenario.NONE;
  }

  private static Settings settings(Map<String, String> options) {
    try {
      return new Settings(
          Integer.parseInt(options.getOrDefault(PORT, "0")),
          Integer.parseInt(options.getOrDefault(DNS_PORT, "0")),
          Double.parseDouble(options.getOrDefault(PACE, NORMAL_PACE)),
          true);
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException("Ports and " + PACE + " are numbers. " + USAGE, wrong);
    }
  }

  private static void tell(Simulator simulator, Seeded seeded) {
    System.out.printf(
        """
        endpoint %s
        dns      127.0.0.1:%d
        public   %s/health
        primary  %s/health
        recovery %s/health
        ready
        """,
        simulator.endpoint(),
        simulator.dns().getPort(),
        seeded.site().everybody().http(),
        seeded.site().primary().http(),
        seeded.site().recovery().http());
  }

  private static Map<String, String> options(String[] arguments) {
    if (arguments.length % 2 != 0) {
      throw new IllegalArgumentException(USAGE);
    }
    return IntStream.range(0, arguments.length / 2)
        .map(pair -> 2 * pair)
        .boxed()
        .collect(Collectors.toMap(i -> known(arguments[i]), i -> arguments[i + 1]));
  }

  private static String known(String option) {
    return switch (option) {
      case EXAMPLE, PORT, DNS_PORT, PACE, SCENARIO, PLAN, LOCAL_PLAN, TRUST -> option;
      default -> throw new IllegalArgumentException("There is no option " + option + ". " + USAGE);
    };
  }
}
