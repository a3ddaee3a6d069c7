package io.rekindle.action.aws.dns;

import io.rekindle.action.Failures;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks about names. All of it ends within an attempt, whoever does not answer. */
@Singleton
public final class Dns {
  private static final int DNS_PORT = 53;
  private static final int SHORTEST_ZONE = 2;

  private final NameServers servers;

  public Dns(NameServers servers) {
    this.servers = servers;
  }

  /**
   * What every authoritative server of the name's zone answers, and in place of those that are
   * silent the resolver: where egress on port 53 is closed, it is all that can be asked.
   *
   * @param type such as A
   * @throws ApplicationFailure when the zone has no authoritative server
   */
  public Answers ask(String name, String type) {
    List<Answer> authoritative = authoritative(name, type);
    Stream<Answer> instead =
        authoritative.stream().allMatch(Answer::spoke)
            ? Stream.empty()
            : Stream.of(resolver().answer(read(name), Type.value(type)).join());
    return new Answers(Stream.concat(authoritative.stream(), instead).toList());
  }

  /**
   * What every authoritative server of the name's zone answers, or that it is silent.
   *
   * @param type such as A
   * @throws ApplicationFailure when the zone has none
   */
  public List<Answer> authoritative(String name, String type) {
    Name asked = read(name);
    try {
      return all(
          authorities(asked).stream()
              .map(server -> answer(server, asked, Type.value(type)))
              .toList());
    } catch (CompletionException silence) {
      return List.of(
          Answer.silent(
              "an unknown name server of " + name,
              "nothing: " + resolver().name() + " did not name it"));
    }
  }

  private CompletableFuture<Answer> answer(Authority authority, Name asked, int type) {
    return authority
        .located()
        .thenCompose(server ->
            server
                .map(each -> each.answer(asked, type))
                .orElseGet(() ->
                    CompletableFuture.completedFuture(
                        Answer.silent(authority.name(), "nothing: its address is not known"))));
  }

  /**
   * A server of a zone.
   *
   * @param located empty when its address cannot be found: nobody can ask it then
   */
  private record Authority(String name, CompletableFuture<Optional<Server>> located) {}

  /**
   * The addresses that users of a name get; empty when the resolver is silent.
   *
   * @param type A or AAAA
   * @throws ApplicationFailure when there are none
   */
  public SortedSet<String> addresses(String name, String type) {
    Name asked = read(name);
    Answer answer = resolver().answer(asked, Type.value(type)).join();
    if (answer.spoke() && answer.values().isEmpty()) {
      throw Failures.passing(
          "NoAddress",
          "The addresses of %s are not known: %s. Rekindle retries."
              .formatted(name, answer.inWords()));
    }
    return answer.values();
  }

  private static Name read(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException notAName) {
      throw new IllegalArgumentException("'" + name + "' is not a DNS name", notAName);
    }
  }

  private Server resolver() {
    return servers.instead().map(Server::resolverInstead).orElseGet(Server::ofThisMachine);
  }

  /**
   * @throws CompletionException when the resolver is silent
   */
  private List<Authority> authorities(Name name) {
    if (servers.instead().isPresent()) {
      Server instead = Server.instead(servers.instead().get());
      return List.of(
          new Authority(instead.name(), CompletableFuture.completedFuture(Optional.of(instead))));
    }
    Server resolver = resolver();
    for (Name zone = name; zone.labels() > SHORTEST_ZONE; zone = new Name(zone, 1)) {
      List<Authority> found = authorities(zone, resolver);
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw Failures.passing(
        "NoNameServers",
        "No authoritative DNS server of %s was found: the zone must be public."
            .formatted(name.toString(true)));
  }

  /** Empty when no zone begins at the name. */
  private static List<Authority> authorities(Name zone, Server resolver) {
    return Server.records(resolver.ask(zone, Type.NS).join(), Type.NS).stream()
        .filter(record -> record.getName().equals(zone))
        .map(record -> ((NSRecord) record).getTarget())
        .map(each -> new Authority(each.toString(true), located(each, resolver)))
        .toList();
  }

  private static CompletableFuture<Optional<Server>> located(Name server, Server resolver) {
    return resolver
        .ask(server, Type.A)
        .thenApply(message ->
            Server.records(message, Type.A).stream()
                .findFirst()
                .map(record -> Server.authoritative(server.toString(true), address(record))))
        .exceptionally(silence -> Optional.empty());
  }

  private static InetSocketAddress address(Record record) {
    return new InetSocketAddress(((ARecord) record).getAddress(), DNS_PORT);
  }

  private static <T> List<T> all(List<CompletableFuture<T>> futures) {
    return futures.stream().map(CompletableFuture::join).toList();
  }
}
