package io.rekindle.action.aws.dns;

import io.rekindle.action.Failures;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
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
   * What every authoritative server of the name's zone answers.
   *
   * @param type such as A
   * @throws ApplicationFailure when it cannot be found out which servers these are
   */
  public List<Answer> authoritative(String name, String type) {
    Name asked = read(name);
    return all(
        authorities(asked).stream().map(server -> server.answer(asked, Type.value(type))).toList());
  }

  /**
   * The addresses that users of a name get.
   *
   * @param type A or AAAA
   * @throws ApplicationFailure when nobody answers
   */
  public SortedSet<String> addresses(String name, String type) {
    Name asked = read(name);
    Answer answer = resolver().answer(asked, Type.value(type)).join();
    if (answer.values().isEmpty()) {
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
    return servers.instead().map(Server::simulated).orElseGet(Server::ofThisMachine);
  }

  private List<Server> authorities(Name name) {
    if (servers.instead().isPresent()) {
      return List.of(Server.simulated(servers.instead().get()));
    }
    Server resolver = resolver();
    for (Name zone = name; zone.labels() > SHORTEST_ZONE; zone = new Name(zone, 1)) {
      List<Server> found = authorities(zone, resolver);
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
  private static List<Server> authorities(Name zone, Server resolver) {
    List<Name> names =
        Server.records(answered(resolver, zone, Type.NS), Type.NS).stream()
            .filter(record -> record.getName().equals(zone))
            .map(record -> ((NSRecord) record).getTarget())
            .toList();
    return all(names.stream().map(each -> located(each, resolver)).toList()).stream()
        .flatMap(List::stream)
        .toList();
  }

  private static Message answered(Server resolver, Name name, int type) {
    try {
      return resolver.ask(name, type).join();
    } catch (CompletionException silence) {
      throw Failures.passing(
          "NoResolver",
          "%s did not name the servers of %s; check the worker's DNS."
              .formatted(resolver.name(), name.toString(true)));
    }
  }

  /** A server without an address can be asked by nobody. */
  private static CompletableFuture<List<Server>> located(Name server, Server resolver) {
    return resolver
        .ask(server, Type.A)
        .thenApply(message ->
            Server.records(message, Type.A).stream()
                .limit(1)
                .map(record -> Server.authoritative(server.toString(true), address(record)))
                .toList())
        .exceptionally(silence -> List.of());
  }

  private static InetSocketAddress address(Record record) {
    return new InetSocketAddress(((ARecord) record).getAddress(), DNS_PORT);
  }

  private static <T> List<T> all(List<CompletableFuture<T>> futures) {
    return futures.stream().map(CompletableFuture::join).toList();
  }
}
