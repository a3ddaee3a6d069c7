package io.rekindle.worker;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.rekindle.run.Failover;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.security.Security;
import java.util.Map;
import java.util.stream.Stream;

/** Runs a worker until it is told to stop. */
public final class Main {
  private static final String CREATE = "--create";

  private Main() {}

  public static void main(String... arguments) {
    if (!Stream.of(arguments).allMatch(CREATE::equals)) {
      exit(
          new Exit(
              Exit.BAD_INPUT,
              "Usage: worker [--create]. Everything else is set in application.yml or the"
                  + " environment."));
    }
    // Java remembers names for 30 s: after traffic has moved that would be the old Region's
    // address.
    Security.setProperty("networkaddress.cache.ttl", "0");
    try {
      start(arguments.length > 0 ? Map.of("rekindle.create", true) : Map.of());
    } catch (RuntimeException failed) {
      exit(Exit.of(failed));
    }
  }

  private static void start(Map<String, Object> settings) {
    ApplicationContext context =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .properties(settings)
            .start();
    EmbeddedServer health = context.getBean(EmbeddedServer.class).start();
    context.getBean(WarmUp.class).run();
    TemporalWorker worker = context.getBean(TemporalWorker.class);
    context.getBean(StartupChecks.class).pass();
    worker.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, context), "stop"));
    context.getBean(PollsHealth.class).awaitReady();
    System.out.printf(
        "ready: polling %s on %s, namespace %s, health on http://127.0.0.1:%d/health%n",
        Failover.TASK_QUEUE,
        context.getBean(WorkflowServiceStubs.class).getOptions().getTarget(),
        context.getBean(Namespace.class).name(),
        health.getPort());
  }

  /** To be told to stop is no failure, whatever the JVM makes of the signal. */
  private static void stop(TemporalWorker worker, ApplicationContext context) {
    worker.close();
    context.close();
    Runtime.getRuntime().halt(0);
  }

  private static void exit(Exit exit) {
    System.err.println(exit.sentence());
    System.exit(exit.code());
  }
}
