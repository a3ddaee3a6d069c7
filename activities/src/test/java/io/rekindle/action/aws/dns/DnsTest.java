package io.rekindle.action.aws.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.action.aws.SimulatedAws;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatedAws.class)
class DnsTest {
  private final Dns dns = new Dns(NameServers.at(SimulatedAws.aws().dns()));

  @Test
  void whatAServerDoesNotKnowIsAnAnswerToo() {
    assertThat(dns.authoritative("www.example.com", "A"))
        .singleElement()
        .satisfies(answer -> assertThat(answer.values()).isEmpty())
        .satisfies(answer -> assertThat(answer.inWords()).endsWith(" answers NXDOMAIN"));
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() throws IOException {
    try (DatagramSocket mute = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Dns other = new Dns(NameServers.at("127.0.0.1:" + mute.getLocalPort()));
      assertThat(other.authoritative("www.example.com", "A"))
          .singleElement()
          .satisfies(answer ->
              assertThat(answer.inWords())
                  .isEqualTo(
                      "127.0.0.1:%d answers nothing in time".formatted(mute.getLocalPort())));
    }
  }

  @Test
  void aNameWithoutAddressesIsAFailureThatPasses() {
    assertThatThrownBy(() -> dns.addresses("www.example.com", "A"))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable()).isFalse())
        .hasMessageContaining("www.example.com")
        .hasMessageContaining("NXDOMAIN");
  }

  @Test
  void expectedValuesAreReadAsServersWriteThem() {
    assertThat(Values.of("CNAME", List.of("WWW.Example.com"))).containsExactly("www.example.com");
    assertThat(Values.of("MX", List.of("10 mail.example.com.")))
        .containsExactly("10 mail.example.com");
    assertThat(Values.of("AAAA", List.of("2001:db8::1"))).containsExactly("2001:db8:0:0:0:0:0:1");
    assertThat(Values.of("TXT", List.of("v=spf1 -all"))).containsExactly("\"v=spf1 -all\"");
    assertThatThrownBy(() -> Values.of("A", List.of("www.example.com")))
        .hasMessage("'www.example.com' is not the value of a record of type A");
  }

  @Test
  void manyAddressesAreAnsweredAFewAtATime() {
    assertThat(answering("192.0.2.1").leadsTo(Set.of("192.0.2.1", "192.0.2.2"))).isTrue();
    assertThat(answering("192.0.2.1", "192.0.2.3").leadsTo(Set.of("192.0.2.1"))).isFalse();
    assertThat(answering().leadsTo(Set.of("192.0.2.1"))).isFalse();
    Set<String> eight = new TreeSet<>();
    for (int i = 1; i <= 8; i++) {
      eight.add("192.0.2." + i);
    }
    assertThat(answering("192.0.2.8", "192.0.2.9").leadsTo(eight)).isTrue();
    assertThat(answering("192.0.2.9").leadsTo(eight)).isFalse();
  }

  private static Answer answering(String... values) {
    return new Answer(
        "ns.example.com", true, new TreeSet<>(Set.of(values)), Duration.ofSeconds(60), "");
  }

  @Test
  void anAddressOfAServerIsReadOrRefused() {
    assertThat(NameServers.at("127.0.0.1:5353").instead().orElseThrow().getPort()).isEqualTo(5353);
    assertThatThrownBy(() -> NameServers.at("localhost"))
        .hasMessage("'localhost' is not the address of a DNS server such as 127.0.0.1:5353.");
  }
}
