package io.rekindle.simulator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Simulates AWS with the visitor counter in it until it is stopped. */
public final class Main {
  private static final String USAGE =
      "usage: simulator [--port PORT] [--pace FACTOR] [--plan FILE --local-plan FILE]";
  private static final double PACE = 0.01;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    try {
      run(options(arguments));
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
    } catch (SimulatorUnavailable missing) {
      System.err.println(missing.getMessage());
      System.exit(1);
    }
  }

  private static void run(Map<String, String> options) throws IOException, InterruptedException {
    int port = Integer.parseInt(options.getOrDefault("--port", "0"));
    double pace = Double.parseDouble(options.getOrDefault("--pace", Double.toString(PACE)));
    CountDownLatch stopped = new CountDownLatch(1);
    Simulator simulator = Simulator.start(new Settings(port, pace, true));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              simulator.close();
              stopped.countDown();
            }));
    VisitorCounter counter = simulator.seedVisitorCounter();
    if (options.containsKey("--plan")) {
      Files.writeString(
          Path.of(options.getOrDefault("--local-plan", "visitor-counter.local.yaml")),
          counter.plan().of(Files.readString(Path.of(options.getOrDefault("--plan", "")))));
    }
    tell(simulator.endpoint(), counter);
    stopped.await();
  }

  private static void tell(URI endpoint, VisitorCounter counter) {
    System.out.printf(
        """
        endpoint %s
        public   %s/health
        primary  %s/health
        recovery %s/health
        ready
        """,
        endpoint, counter.site().everybody(), counter.site().primary(), counter.site().recovery());
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
      case "--port", "--pace", "--plan", "--local-plan" -> option;
      default -> throw new IllegalArgumentException("There is no option " + option + ". " + USAGE);
    };
  }
}
