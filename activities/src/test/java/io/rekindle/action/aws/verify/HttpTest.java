package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.VerifyContract;
import io.rekindle.action.aws.net.LocalSite;
import io.rekindle.action.aws.net.Trust;
import io.rekindle.action.aws.net.Web;
import io.rekindle.plan.step.proof.Verify;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpTest extends VerifyContract<Verify.Http> {
  private final ActionHandler<Verify.Http> handler =
      new Http(new Web(Trust.OF_JAVA), new Sightings());
  private LocalSite site = LocalSite.open();

  @AfterEach
  void anotherSite() {
    site.close();
    site = LocalSite.open();
  }

  @Override
  protected ActionHandler<Verify.Http> handler() {
    return handler;
  }

  @Override
  protected String with() {
    return "{url: '%s', contains: 'us-west-2', name: 'orders.example.com'}".formatted(site.url());
  }

  @Override
  protected void given() {
    site.answers(200, "{\"region\":\"us-west-2\"}");
  }

  @Override
  protected void notYet() {
    site.answers(503, "us-west-2");
  }

  @Override
  protected String[] said() {
    return new String[] {site.url(), "orders.example.com", "status 503, not 200"};
  }

  @Test
  void itMustPassSeveralTimesInARow() {
    given();
    site.answersFirst(200, 200, 503, 200, 200);
    assertThat(step().look()).isEqualTo(Settled.of(new Verify.Http.Outputs(200)));
    assertThat(site.asked()).hasSize(6);
  }

  @Test
  void whatAnEarlierLookSawDoesNotCount() {
    given();
    assertThat(failure(step()).getOriginalMessage()).contains("passed 1 of 3 times in a row");
    assertThat(failure(step()).getOriginalMessage()).contains("passed 1 of 3 times in a row");
  }

  @Test
  void aBodyWithoutTheMarkerDoesNotPass() {
    site.answers(200, "us-east-2");
    assertThat(failure(step()).getOriginalMessage())
        .contains("answers status 200, but without 'us-west-2' in the body");
  }

  @Test
  void whoDoesNotAnswerDoesNotPass() {
    String with = with();
    site.close();
    assertThat(failure(step(with)).getOriginalMessage())
        .contains(site.url(), "it refused the connection");
  }

  @Test
  void anotherStatusMayBeExpected() {
    site.answers(301, "");
    assertThat(step("{url: '%s', expect: 301, passes: 1}".formatted(site.url())).observe())
        .isEqualTo(Settled.of(new Verify.Http.Outputs(301)));
  }
}
