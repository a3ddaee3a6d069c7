package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What Route 53's checkers see, and versions of health checks that count up. */
public final class HealthChecks implements Fake {
  private static final int CHECKERS = 16;
  private static final Pattern BUCKET =
      Pattern.compile(
          "(.+)\\.s3(?:-website)?[.-](?:dualstack\\.)?[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?");
  private final Map<String, BooleanSupplier> healthy = new ConcurrentHashMap<>();
  private final Map<String, Integer> updates = new ConcurrentHashMap<>();

  /** From now on this decides what all checkers see; without it they see success. */
  public void see(String id, BooleanSupplier isHealthy) {
    healthy.put(id, isHealthy);
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("route53")) {
      return next.answer(request);
    }
    return switch (request.operation()) {
      case "GetHealthCheckStatus" -> status(request, next);
      case "UpdateHealthCheck" -> update(request, next);
      case "GetHealthCheck", "ListHealthChecks" -> counted(next.answer(request));
      default -> next.answer(request);
    };
  }

  private Reply status(Request request, Cloud next) {
    String id = id(request.path().replaceFirst("/status$", ""));
    Reply check = next.answer(request.asGet("GetHealthCheck", "/2013-04-01/healthcheck/" + id));
    if (!check.succeeded()) {
      return check;
    }
    Element config = Xml.all(Xml.parse(check.text()), "HealthCheckConfig").getFirst();
    return Reply.xml(observations(isSeen(id, config, Client.as(request, next))));
  }

  /**
   * What all checkers see: what a test decides; else whether anybody can read the object of S3 that
   * the check names; else success.
   */
  private boolean isSeen(String id, Element config, Client client) {
    return Optional.ofNullable(healthy.get(id))
        .map(BooleanSupplier::getAsBoolean)
        .or(() -> object(config).map(path -> client.anybody(path).succeeded()))
        .orElse(true);
  }

  /** The place of an object, where the check is of a name of its bucket. */
  private static Optional<String> object(Element config) {
    Matcher host = BUCKET.matcher(Xml.text(config, "FullyQualifiedDomainName"));
    return host.matches()
        ? Optional.of("/" + host.group(1) + Xml.text(config, "ResourcePath"))
        : Optional.empty();
  }

  /**
   * Whether Route 53 takes a check for healthy. One that is disabled sees nothing, and counts as if
   * it saw success:
   * https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html
   */
  public boolean isHealthy(String id, Client client) {
    Document check = client.route53("GET", "/healthcheck/" + id, "GetHealthCheck", "");
    Element config = Xml.all(check, "HealthCheckConfig").getFirst();
    return (is(config, "Disabled") || isSeen(id, config, client)) != is(config, "Inverted");
  }

  private static boolean is(Element config, String name) {
    return Xml.text(config, name).equalsIgnoreCase("true");
  }

  private static String observations(boolean success) {
    String status =
        success
            ? "Success: HTTP Status Code 200, OK"
            : "Failure: The health checker could not establish a connection within the timeout"
                + " limit.";
    String each =
        IntStream.range(0, CHECKERS)
            .mapToObj(number -> observation(number, status))
            .collect(Collectors.joining());
    return "<GetHealthCheckStatusResponse><HealthCheckObservations>"
        + each
        + "</HealthCheckObservations></GetHealthCheckStatusResponse>";
  }

  private static String observation(int number, String status) {
    return """
    <HealthCheckObservation><Region>us-east-1</Region><IPAddress>192.0.2.%d</IPAddress>\
    <StatusReport><Status>%s</Status><CheckedTime>%s</CheckedTime></StatusReport>\
    </HealthCheckObservation>\
    """
        .formatted(number + 1, status, Instant.now());
  }

  private Reply update(Request request, Cloud next) {
    String id = id(request.path());
    String expected =
        Xml.text(Xml.parse(request.text()).getDocumentElement(), "HealthCheckVersion");
    if (!expected.isEmpty() && Integer.parseInt(expected) != version(id)) {
      return new Refusal(
              409, "HealthCheckVersionMismatch", "The health check has version " + version(id))
          .to(request);
    }
    Reply reply = next.answer(request);
    if (reply.succeeded()) {
      updates.merge(id, 1, Integer::sum);
    }
    return counted(reply);
  }

  private int version(String id) {
    return 1 + updates.getOrDefault(id, 0);
  }

  private Reply counted(Reply reply) {
    if (!reply.succeeded()) {
      return reply;
    }
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "HealthCheck")
        .forEach(check ->
            Xml.set(check, "HealthCheckVersion", Integer.toString(version(Xml.text(check, "Id")))));
    return reply.with(Xml.print(answer));
  }

  private static String id(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void forget() {
    healthy.clear();
    updates.clear();
  }
}
