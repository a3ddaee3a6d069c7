package io.rekindle.simulator.dns;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Xml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The public zones of one account, and the names of its load balancers.
 *
 * @param healthy whether Route 53 takes a health check for healthy, by its id
 */
public record Zones(Client client, Predicate<String> healthy) {
  private static final long TTL = 60;
  private static final int LONGEST_CHAIN = 8;

  /** What is answered; empty when there is no such name. */
  Optional<List<Record>> answer(Name name, int type) {
    return answer(name, name, type, LONGEST_CHAIN);
  }

  /**
   * @param as the name under which the records are answered
   */
  private Optional<List<Record>> answer(Name name, Name as, int type, int chain) {
    if (Balancers.isOne(name)) {
      return new Balancers(client)
          .addresses(name, type)
          .map(all -> records(as, type, type == Type.AAAA ? Type.AAAA : Type.A, TTL, all));
    }
    List<Element> sets = setsOf(name);
    if (sets.isEmpty() || chain == 0) {
      return Optional.empty();
    }
    return Optional.of(
        chosen(sets, Type.string(type))
            .map(set -> records(set, as, type, chain))
            .or(() -> chosen(sets, "CNAME").map(set -> alias(set, as, type, chain)))
            .orElseGet(List::of));
  }

  private List<Record> alias(Element set, Name as, int type, int chain) {
    List<Record> own = records(set, as, Type.CNAME, chain);
    Name target = name(own.getFirst().rdataToString());
    List<Record> others = answer(target, target, type, chain - 1).orElseGet(List::of);
    return Stream.concat(own.stream(), others.stream()).toList();
  }

  private List<Record> records(Element set, Name as, int type, int chain) {
    return Xml.child(set, "AliasTarget")
        .map(target -> name(Xml.text(target, "DNSName")))
        .map(target -> answer(target, as, type, chain - 1).orElseGet(List::of))
        .orElseGet(() ->
            records(
                as,
                type,
                type,
                Xml.text(set, "TTL").isEmpty() ? TTL : Long.parseLong(Xml.text(set, "TTL")),
                Xml.within(set, "ResourceRecord")
                    .map(record -> Xml.text(record, "Value"))
                    .toList()));
  }

  private static List<Record> records(
      Name name, int asked, int type, long ttl, List<String> values) {
    return asked != type
        ? List.of()
        : values.stream().map(value -> record(name, type, ttl, value)).toList();
  }

  private static Record record(Name name, int type, long ttl, String value) {
    try {
      return Record.fromString(name, type, DClass.IN, ttl, value, Name.root);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private List<Element> setsOf(Name name) {
    return Xml.all(client.route53("GET", "/hostedzone", "ListHostedZones", ""), "HostedZone")
        .stream()
        .filter(zone ->
            Xml.within(zone, "PrivateZone")
                .noneMatch(config -> config.getTextContent().equals("true")))
        .filter(zone -> name.subdomain(name(Xml.text(zone, "Name"))))
        .max(Comparator.comparingInt(zone -> Xml.text(zone, "Name").length()))
        .map(zone -> setsOf(zone, name))
        .orElseGet(List::of);
  }

  private List<Element> setsOf(Element zone, Name name) {
    String path = Xml.text(zone, "Id") + "/rrset";
    return Xml.all(client.route53("GET", path, "ListResourceRecordSets", ""), "ResourceRecordSet")
        .stream()
        .filter(set -> name(Xml.text(set, "Name")).equals(name))
        .toList();
  }

  /** Of a failover pair the healthy one; if none is, the primary. */
  private Optional<Element> chosen(List<Element> sets, String type) {
    List<Element> all =
        sets.stream()
            .filter(set -> Xml.text(set, "Type").equals(type))
            .sorted(Comparator.comparing(set -> Xml.text(set, "Failover")))
            .toList();
    return all.stream().filter(this::isHealthy).findFirst().or(() -> all.stream().findFirst());
  }

  private boolean isHealthy(Element set) {
    String id = Xml.text(set, "HealthCheckId");
    return id.isEmpty() || healthy.test(id);
  }
}
