package io.rekindle.action.aws.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.dns.Answer;
import io.rekindle.action.aws.dns.Answers;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.action.aws.dns.NameServers;
import io.rekindle.action.aws.dns.Route53World;
import io.rekindle.plan.step.traffic.Route53;
import io.rekindle.simulator.dns.NameServer.Silence;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.RRType;

/**
 * Silence proves nothing: egress on port 53 may be closed while users have long moved. Route 53's
 * word on the change and the resolver decide then, and the outputs say who was silent.
 */
class SilentNameServersTest extends ActionWorld<Route53.Upsert> {
  private static final String NAME = "www.example.com";
  private final Route53World route53 = new Route53World(in("us-east-1", Route53Client::builder));
  private String zone = "";

  @Override
  protected ActionHandler<Route53.Upsert> handler() {
    return new Upsert(new Dns(NameServers.at(SimulatedAws.aws().dns())));
  }

  @Override
  protected String with() {
    return "{ zone: '%s', record: '%s', values: '192.0.2.2' }".formatted(zone, NAME);
  }

  @Override
  protected void world() {
    zone = route53.zone();
    stands("192.0.2.1");
  }

  private void stands(String value) {
    route53.put(Route53World.record(NAME, RRType.A, value));
  }

  @BeforeEach
  void aZone() {
    given();
  }

  private static void fallSilent(Silence those) {
    SimulatedAws.aws().nameServer().fallSilent(those);
  }

  private static String seen(Settled settled) {
    return String.valueOf(settled.outputs().get("seen"));
  }

  @Test
  void whereAllSpeakTheirAnswersAreGivenOn() {
    assertThat(seen(step().settled())).endsWith(" answers 192.0.2.2");
  }

  @Test
  void behindAClosedPortTheResolverAndRoute53Decide() {
    fallSilent(Silence.AUTHORITIES);
    assertThat(seen(step().settled()))
        .contains("answers nothing in time; the resolver at", " answers 192.0.2.2; ")
        .contains("Route 53 says that the change C", "is INSYNC");
  }

  @Test
  void aChangeThatIsPendingIsWaitedFor() {
    fallSilent(Silence.AUTHORITIES);
    lasts("ChangeResourceRecordSets", Duration.ofMinutes(2));
    StepDriver step = step();
    step.apply(step.due());
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(waiting.getOriginalMessage()).contains("Route 53 says", NAME, "is PENDING");
    pass(Duration.ofMinutes(2));
    assertThat(step.observe()).isInstanceOf(Settled.class);
  }

  @Test
  void whereNobodySpeaksRoute53Decides() {
    fallSilent(Silence.EVERYBODY);
    assertThat(seen(step().settled()))
        .contains("the resolver at", "answers nothing in time", "is INSYNC");
  }

  @Test
  void whoSpeaksAndIsWrongIsWaitedForHoweverTheOthersAre() {
    Answers answers =
        new Answers(
            List.of(
                answer("ns-1", false), answer("ns-2", true, "192.0.2.2"), answer("ns-3", true)));
    assertThat(answers.otherThan(answer -> answer.is(Set.of("192.0.2.2"))).map(Answer::server))
        .contains("ns-3");
    assertThat(answers.lacksAny()).isTrue();
    assertThat(answers.isSilence()).isFalse();
  }

  private static Answer answer(String server, boolean spoke, String... values) {
    return new Answer(
        server, spoke, new TreeSet<>(Set.of(values)), Duration.ofSeconds(60), "no record");
  }

  @Test
  void aChangeWhoseAnswerWasLostIsWaitedForByItsTime() {
    fallSilent(Silence.AUTHORITIES);
    StepDriver step = step().withoutReceipts();
    assertThat(seen(step.settled()))
        .contains("answers nothing in time", "answers 192.0.2.2")
        .contains("Route 53 was not asked: it has no name for the change");
  }
}
