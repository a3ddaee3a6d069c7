package io.rekindle.action.aws.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ProbeContract;
import io.rekindle.action.aws.net.LocalSite;
import io.rekindle.action.aws.net.Trust;
import io.rekindle.action.aws.net.Web;
import io.rekindle.plan.step.proof.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpTest extends ProbeContract<Probe.Http> {
  private final LocalSite site = LocalSite.open();
  private String url = site.url();

  @AfterEach
  void theSiteAgain() {
    url = site.url();
    site.answers(200, "");
  }

  @Override
  protected ActionHandler<Probe.Http> handler() {
    return new Http(new Web(Trust.OF_JAVA));
  }

  @Override
  protected String with() {
    return "{url: '%s', timeout: '1s'}".formatted(url);
  }

  @Override
  protected void given() {
    site.answers(200, "");
  }

  @Override
  protected void failing() {
    site.answers(502, "");
  }

  @Override
  protected void dark() {
    url = "http://no.such.invalid/health";
  }

  @Override
  protected String subject() {
    return url;
  }

  @Test
  void healthIsShownWithWhatItLookedLike() {
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Settled.class,
            seen ->
                assertThat(seen.outputs().values())
                    .singleElement()
                    .asString()
                    .matches("status 200 in \\d+ ms"));
  }

  @Test
  void anotherStatusIsShownBesideTheExpectedOne() {
    failing();
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Broken.class,
            seen ->
                assertThat(seen.why()).matches(".*: status 502 in \\d+ ms, and 200 is expected"));
  }

  @Test
  void silenceIsNoEvidence() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + mute.getLocalPort();
      assertThat(failure(step()).getOriginalMessage())
          .isEqualTo(url + ": it did not answer in time");
    }
  }
}
