package io.rekindle.action.aws.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * One that can be asked.
 *
 * @param isResolver whether it asks others for what it does not know
 */
record Server(String name, Resolver resolver, boolean isResolver) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  static Server authoritative(String name, InetSocketAddress address) {
    Resolver resolver = new SimpleResolver(address);
    resolver.setTimeout(PATIENCE);
    return new Server(name, resolver, false);
  }

  /** One that answers in place of all authoritative ones. */
  static Server instead(InetSocketAddress address) {
    return authoritative(written(address), address);
  }

  /** The same one, asked as users' machines ask their resolver. */
  static Server resolverInstead(InetSocketAddress address) {
    return new Server(
        "the resolver at " + written(address), authoritative("", address).resolver(), true);
  }

  private static String written(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  static Server ofThisMachine() {
    ExtendedResolver resolver = new ExtendedResolver();
    resolver.setTimeout(PATIENCE);
    resolver.setRetries(1);
    return new Server("the resolver of this machine", resolver, true);
  }

  /** Its answer; an exception when there is none. */
  CompletableFuture<Message> ask(Name name, int type) {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    if (!isResolver) {
      query.getHeader().unsetFlag(Flags.RD);
    }
    return resolver.sendAsync(query).toCompletableFuture();
  }

  /** Its answer; also that there is none. */
  CompletableFuture<Answer> answer(Name name, int type) {
    return ask(name, type)
        .thenApply(message -> read(message, type))
        .exceptionally(silence -> Answer.silent(name(), "nothing in time"));
  }

  private Answer read(Message message, int type) {
    SortedSet<String> values =
        records(message, type).stream()
            .map(Values::of)
            .collect(Collectors.toCollection(TreeSet::new));
    Duration ttl =
        records(message, type).stream()
            .map(record -> Duration.ofSeconds(record.getTTL()))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return new Answer(
        name, spoke(message), values, ttl, values.isEmpty() ? trouble(message, type) : "");
  }

  /** A server that refuses, or has trouble of its own, says nothing about the name. */
  private static boolean spoke(Message message) {
    return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
  }

  private static String trouble(Message message, int type) {
    if (message.getRcode() != Rcode.NOERROR) {
      return Rcode.string(message.getRcode());
    }
    String none = "no record of type " + Type.string(type);
    return records(message, Type.CNAME).stream()
        .findFirst()
        .map(alias -> none + " but a CNAME of " + Values.of(alias))
        .orElse(none);
  }

  static List<Record> records(Message message, int type) {
    return message.getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() == type)
        .toList();
  }
}
